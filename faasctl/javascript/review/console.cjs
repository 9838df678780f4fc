'use strict';
// Methods of console that the platform does not have, and on which a function crashes (functions-api §10).

const { problem } = require('../parsing.cjs');
const { keyOf, propertyName, textOf } = require('../tree.cjs');

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

// `console.x`; asking whether a method exists is no use.
function use(program, node) {
  if (!isConsole(program, node.object)) return [];
  const method = propertyName(node) || (node.computed ? textOf(program.settled(node.property)) : null);
  if (method === null || method in Object.prototype) return [];
  const parent = program.parent(node);
  const assigned = parent.type === 'AssignmentExpression' && parent.left === node;
  if (!assigned && asksOnly(node, parent)) return [];
  return [{ method, place: node.property.loc.start, assigned }];
}

// `const {x} = console`; one with a default asks.
function takenOut(program, { id, init }) {
  if (init === null || id.type !== 'ObjectPattern' || !isConsole(program, init)) return [];
  return id.properties
    .filter((entry) => entry.type === 'Property' && keyOf(entry) !== null && entry.value.type === 'Identifier')
    .map((entry) => ({ method: keyOf(entry), place: entry.loc.start, assigned: false }));
}

function asksOnly(node, parent) {
  if (parent.type === 'UnaryExpression' && (parent.operator === 'typeof' || parent.operator === '!')) return true;
  if (parent.type === 'CallExpression' && parent.callee === node) return parent.optional;
  if (parent.type === 'LogicalExpression' && parent.left === node) return true;
  return (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') && parent.test === node;
}

module.exports = { consoleProblems };
