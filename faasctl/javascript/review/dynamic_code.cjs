'use strict';
// Code made of text: `eval` is refused when code is saved (functions-api §10), and `new Function` is its like.

const { problem } = require('../parsing.cjs');
const { propertyName } = require('../tree.cjs');

const EVAL = 'the platform refuses code that uses eval';
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
    .map((node) => problem(
      'forbidden-eval', node.loc.start, 'Function makes code of text, which the platform refuses as it does eval', INSTEAD,
    ));
}

function isAsked(program, node) {
  const parent = program.parent(node);
  return parent.type === 'UnaryExpression' && parent.operator === 'typeof';
}

module.exports = { evalProblems, madeFunctions };
