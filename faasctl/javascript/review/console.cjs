'use strict';
// Methods of console that the platform does not have, and on which a function crashes (functions-api §10).

const { problem } = require('../parsing.cjs');
const { guardOf, keyOf, propertyName, textOf } = require('../tree.cjs');

const COMPARISONS = new Set(['==', '===', '!=', '!==']);

function consoleProblems(program, { console: methods }) {
  if (isReplaced(program)) return [];
  const uses = [
    ...program.all('MemberExpression').flatMap((node) => use(program, node)),
    ...program.all('VariableDeclarator').flatMap((node) => takenOut(program, node)),
  ];
  const given = new Set(uses.filter(({ assigned }) => assigned).map(({ method }) => method));
  const choices = methods.map((name) => `console.${name}`).join(', ');
  return uses.filter(({ method }) => !methods.includes(method) && !given.has(method)).map(({ method, place }) => problem(
    'forbidden-console-method', place,
    `console.${method} does not exist on the platform: calling it crashes the function`, `use one of ${choices}`,
  ));
}

function isConsole(program, node) {
  return node !== null && program.isGlobalOrMember(program.settled(node), 'console');
}

// `console = …` and `globalThis.console = …`: what it is then is not for us to know.
function isReplaced(program) {
  return program.all('AssignmentExpression').some(({ left }) => program.isGlobalOrMember(left, 'console'));
}

// `console.x`; asking whether a method exists is no use, and where it was asked for none that is looked at.
function use(program, node) {
  const method = methodOf(program, node);
  if (method === null) return [];
  const parent = program.parent(node);
  const assigned = parent.type === 'AssignmentExpression' && parent.left === node;
  if (!assigned && (asksOnly(program, node) || isAskedFor(program, node, method))) return [];
  return [{ method, place: node.property.loc.start, assigned }];
}

function methodOf(program, node) {
  if (!isConsole(program, node.object)) return null;
  const method = propertyName(node) || (node.computed ? textOf(program.settled(node.property)) : null);
  return method === null || method in Object.prototype ? null : method;
}

// `const {x} = console`; one with a default asks.
function takenOut(program, { id, init }) {
  if (init === null || id.type !== 'ObjectPattern' || !isConsole(program, init)) return [];
  return id.properties
    .filter((entry) => entry.type === 'Property' && keyOf(entry) !== null && entry.value.type === 'Identifier')
    .map((entry) => ({ method: keyOf(entry), place: entry.loc.start, assigned: false }));
}

function asksOnly(program, node) {
  const parent = program.parent(node);
  switch (parent.type) {
    case 'UnaryExpression': return parent.operator === 'typeof' || parent.operator === '!';
    case 'BinaryExpression': return COMPARISONS.has(parent.operator);
    case 'CallExpression': return parent.callee === node && parent.optional;
    case 'LogicalExpression': return parent.left === node || asksOnly(program, parent);
    case 'IfStatement': case 'ConditionalExpression': return parent.test === node;
    default: return false;
  }
}

// `if (console.time) …`, `typeof console.time === 'function' && …` and their like, around the node.
function isAskedFor(program, node, method) {
  for (let at = node, above = program.parent(node); above !== null; at = above, above = program.parent(at)) {
    const test = guardOf(above, at);
    if (test !== null && program.all('MemberExpression').some((asked) => program.isInside(asked, test)
      && methodOf(program, asked) === method)) return true;
  }
  return false;
}

module.exports = { consoleProblems };
