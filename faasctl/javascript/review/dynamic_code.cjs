'use strict';
// Code made of text: `eval` is refused when code is saved (functions-api §10), and `new Function` is its like.

const { advice, problem } = require('../parsing.cjs');
const { propertyName, textOf } = require('../tree.cjs');

const EVAL = 'the platform refuses code that uses eval';
const MADE = 'Function makes code of text, which the platform refuses as it does eval';
const LIBRARY = 'Function makes code of text; the platform may refuse it as it does eval';
const INSTEAD = 'read data with JSON.parse, and choose among functions by name instead of making code';

function evalProblems(program) {
  const named = program.all('Identifier').filter((node) => node.name === 'eval' && program.isUse(node)
    && program.binding(node) === null && !isAsked(program, node));
  const members = program.all('MemberExpression').filter((node) => propertyName(node) === 'eval'
    && program.isGlobalOrMember(node, 'eval'));
  return [...named, ...members].map((node) => problem('forbidden-eval', node.loc.start, EVAL, INSTEAD));
}

function madeFunctions(program) {
  return [...program.all('NewExpression'), ...program.all('CallExpression')]
    .filter((node) => program.isGlobalOrMember(node.callee, 'Function'))
    .map((node) => (isWayToGlobals(node) ? advice('forbidden-eval', node.loc.start, LIBRARY, 'write globalThis')
      : problem('forbidden-eval', node.loc.start, MADE, INSTEAD)));
}

// `Function('return this')()`: how lodash and others in a bundle find the globals where nothing else names them.
function isWayToGlobals(node) {
  return node.arguments.length === 1 && textOf(node.arguments[0]) === 'return this';
}

function isAsked(program, node) {
  const parent = program.parent(node);
  return parent.type === 'UnaryExpression' && parent.operator === 'typeof';
}

module.exports = { evalProblems, madeFunctions };
