'use strict';
// The ways through a function's body. They are followed without values: each branch may be taken, and `while (true)`
// alone is known to go on for ever.

const { LOOPS } = require('../tree.cjs');

// Where a body can end: {node (a return, or the body itself for its end), marked}. `marks(node)` tells whether a
// statement or expression does what is looked for; whatever throws is no end.
function exits(body, marks) {
  const found = [];
  const end = follow(body, { open: [false] }, { marks, found });
  for (const marked of end.open) found.push({ node: body, marked });
  return found;
}

// `state.open`: for each way that arrives here, whether it is marked already; empty where none arrives.
function follow(node, state, context) {
  if (node === null || state.open.length === 0) return state;
  switch (node.type) {
    case 'BlockStatement': return node.body.reduce((at, statement) => follow(statement, at, context), state);
    case 'ReturnStatement': {
      const here = node.argument === null ? state : mark(state, node.argument, context);
      for (const marked of here.open) context.found.push({ node, marked });
      return { open: [] };
    }
    case 'ThrowStatement': return { open: [] };
    case 'IfStatement': {
      const tested = mark(state, node.test, context);
      const otherwise = node.alternate ? follow(node.alternate, tested, context) : tested;
      return join(follow(node.consequent, tested, context), otherwise);
    }
    case 'TryStatement': return followTry(node, state, context);
    case 'SwitchStatement': return followSwitch(node, state, context);
    case 'LabeledStatement': return follow(node.body, state, context);
    case 'BreakStatement': case 'ContinueStatement': {
      context.left = true;
      return state; // lenient: as if what follows were reached all the same
    }
    case 'FunctionDeclaration': return state;
    default: return LOOPS.has(node.type) ? followLoop(node, state, context) : mark(state, node, context);
  }
}

function mark(state, node, { marks }) {
  return state.open.includes(false) && marks(node) ? { open: [true] } : state;
}

function join(...states) {
  return { open: [...new Set(states.flatMap(({ open }) => open))] };
}

function followTry(node, state, context) {
  const tried = follow(node.block, state, context);
  const caught = node.handler ? follow(node.handler.body, state, context) : { open: [] };
  const ended = join(tried, caught);
  if (node.finalizer === null) return ended;
  const after = follow(node.finalizer, ended.open.length > 0 ? ended : state, context);
  return ended.open.length > 0 ? after : { open: [] };
}

function followSwitch(node, state, context) {
  const start = mark(state, node.discriminant, context);
  let ended = node.cases.some((each) => each.test === null) ? { open: [] } : start;
  let falls = { open: [] };
  for (const each of node.cases) {
    const before = context.left;
    context.left = false;
    falls = each.consequent.reduce((at, statement) => follow(statement, at, context), join(start, falls));
    if (context.left) ended = join(ended, falls);
    context.left = before;
  }
  return join(ended, falls);
}

// Lenient: what a loop's body does counts as done, since it mostly runs.
function followLoop(node, state, context) {
  const before = context.left;
  context.left = false;
  const inside = follow(node.body, marked(state, node, context), context);
  const left = context.left;
  context.left = before;
  if (isEndless(node) && !left) return { open: [] };
  return join(inside.open.length > 0 ? inside : state, marked(state, node, context));
}

function marked(state, node, context) {
  const parts = [node.init, node.test, node.update, node.left, node.right, node.body];
  return parts.some((part) => part && context.marks(part)) ? mark(state, node, context) : state;
}

function isEndless(node) {
  const { test, type } = node;
  if (type === 'ForStatement' && test === null) return true;
  return (type === 'WhileStatement' || type === 'DoWhileStatement' || type === 'ForStatement')
    && test.type === 'Literal' && Boolean(test.value);
}

module.exports = { exits };
