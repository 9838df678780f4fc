'use strict';
// Replies that stand in the code as they are: [{line, column, value}]. Those are read that lambda returns, or gives
// to its callback, directly or through functions of the file. What a variable would fill in is left alone.

const { FUNCTIONS, keyOf, textOf } = require('../tree.cjs');

const DEEPEST = 50;
const UNKNOWN = Symbol('unknown');
const ANSWERING = new Set([
  'ReturnStatement', 'ConditionalExpression', 'LogicalExpression', 'AwaitExpression', 'ArrowFunctionExpression',
]);
const REPLY_KEYS = new Set(['messages', 'context']);

function replies(program, { lambda }) {
  if (lambda === null) return [];
  const found = new Map();
  for (const node of answersOf(program, lambda)) {
    const value = valueOf(program, node, 0);
    if (value !== UNKNOWN && isReply(value)) {
      found.set(node.start, { line: node.loc.start.line, column: node.loc.start.column + 1, value });
    }
  }
  return [...found.values()].sort((one, two) => one.line - two.line || one.column - two.column);
}

// What has none of the keys may be the payload of a hook, or anything.
function isReply(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    && Object.keys(value).some((key) => REPLY_KEYS.has(key));
}

// Every expression that becomes an answer, the functions that lambda returns through looked into as well.
function answersOf(program, lambda) {
  const answers = [];
  const seen = new Set();
  const pending = [lambda];
  const take = (expression) => {
    for (const node of choices(program, expression)) {
      const fn = node.type === 'CallExpression' ? program.functionOf(node.callee) : null;
      if (fn !== null) pending.push(fn);
      else answers.push(node);
    }
  };
  while (pending.length > 0) {
    const fn = pending.pop();
    if (seen.has(fn)) continue;
    seen.add(fn);
    if (fn.body.type !== 'BlockStatement') take(fn.body);
    for (const node of program.all('ReturnStatement')) {
      if (node.argument !== null && program.functionAround(node) === fn) take(node.argument);
    }
  }
  for (const node of callbackResults(program, lambda)) take(node);
  return answers;
}

// The second arguments of calls of V1's callback whose first is null or undefined.
function callbackResults(program, lambda) {
  const parameter = lambda.params[1];
  if (parameter === undefined || parameter.type !== 'Identifier') return [];
  const calls = program.usesOf(program.binding(parameter)).map((use) => program.parent(use));
  return calls.filter((node) => node.type === 'CallExpression' && node.callee.type === 'Identifier'
    && node.callee.name === parameter.name && node.arguments.length > 1).map((node) => node.arguments[1]);
}

// The expressions that one may be: both sides of `a ? b : c` and `a || b`, what is awaited, what a constant holds.
function choices(program, expression) {
  const found = [];
  const pending = [expression];
  for (let steps = 0; pending.length > 0 && steps < 1000; steps += 1) {
    const node = pending.pop();
    const held = node.type === 'Identifier' ? heldBy(program, node) : null;
    if (held !== null) pending.push(held);
    else if (node.type === 'ConditionalExpression') pending.push(node.consequent, node.alternate);
    else if (node.type === 'LogicalExpression') pending.push(node.left, node.right);
    else if (node.type === 'AwaitExpression') pending.push(node.argument);
    else if (!FUNCTIONS.has(node.type)) found.push(node);
  }
  return found;
}

// What a constant was given, null where something may have been put into it since.
function heldBy(program, identifier) {
  const binding = program.binding(identifier);
  if (binding === null || binding.assigned || !binding.init) return null;
  const onlyAnswered = program.usesOf(binding).every((use) => ANSWERING.has(program.parent(use).type) || use === identifier);
  return onlyAnswered ? binding.init : null;
}

// The JSON value of a literal, UNKNOWN where any part of it is not told by the code.
function valueOf(program, node, depth) {
  if (depth > DEEPEST) return UNKNOWN;
  const value = constant(program, node);
  switch (value.type) {
    case 'Literal': return isJson(value.value) && !value.regex ? value.value : UNKNOWN;
    case 'TemplateLiteral': return textOf(value) === null ? UNKNOWN : textOf(value);
    case 'UnaryExpression': {
      const number = value.operator === '-' ? valueOf(program, value.argument, depth + 1) : UNKNOWN;
      return typeof number === 'number' ? -number : UNKNOWN;
    }
    case 'ArrayExpression': return listOf(program, value, depth);
    case 'ObjectExpression': return objectOf(program, value, depth);
    default: return UNKNOWN;
  }
}

// A list or object that a name was given may be filled later, so that only plain values are taken from names.
function constant(program, node) {
  const value = program.settled(node);
  if (value === node || value.type === 'Literal' || value.type === 'TemplateLiteral') return value;
  return node;
}

function listOf(program, node, depth) {
  const values = node.elements.map((element) => {
    if (element === null) return UNKNOWN;
    if (element.type === 'TemplateLiteral' && element.quasis.some(({ value }) => /\S/.test(value.cooked || ''))) {
      return element.quasis.map(({ value }) => value.cooked).join('…'); // some text, whatever is filled in
    }
    return valueOf(program, element, depth + 1);
  });
  return values.includes(UNKNOWN) ? UNKNOWN : values;
}

function objectOf(program, node, depth) {
  const values = Object.create(null);
  for (const entry of node.properties) {
    const key = entry.type === 'Property' && entry.kind === 'init' && !entry.method ? keyOf(entry) : null;
    const value = key === null || key === '__proto__' ? UNKNOWN : valueOf(program, entry.value, depth + 1);
    if (value === UNKNOWN) return UNKNOWN;
    values[key] = value;
  }
  return values;
}

function isJson(value) {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

module.exports = { replies };
