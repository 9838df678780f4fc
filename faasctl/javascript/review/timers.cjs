'use strict';
// Waiting in steps: the platform advises against setTimeout, and a bot ought to answer within a second
// (functions-api §10, best practice). One timer, as for a deadline, is left alone.

const { advice } = require('../parsing.cjs');
const { FUNCTIONS, LOOPS } = require('../tree.cjs');

const TIMERS = /^(node:)?timers(\/promises)?$/;
const INSTEAD = 'answer at once, and let the event source or a schedule call again';

function timerProblems(program) {
  const timers = program.all('CallExpression').filter((node) => isTimer(program, node.callee));
  const waits = waitsOf(program, timers);
  const places = [
    ...timers.filter((node) => isChained(program, node, timers)),
    ...waits.filter((node) => isRepeated(program, node)),
    ...followers(program, waits),
  ];
  const chains = [...new Set(places)].map((node) => advice(
    'timer-chain', node.loc.start,
    'waiting step by step with setTimeout uses up the time in which a bot must answer', INSTEAD,
  ));
  const intervals = program.all('CallExpression')
    .filter((node) => program.isGlobalOrMember(node.callee, 'setInterval') && program.functionAround(node) !== null)
    .map((node) => advice(
      'timer-chain', node.loc.start, 'setInterval goes on after the answer, when nothing is to run', INSTEAD,
    ));
  return [...chains, ...intervals];
}

function isTimer(program, callee) {
  if (program.isGlobalOrMember(callee, 'setTimeout')) return true;
  if (callee.type !== 'Identifier') return false;
  const found = program.binding(callee);
  if (found === null || found.kind !== 'import' || !TIMERS.test(found.from.source.value)) return false;
  const { imported } = found.from.specifiers.find((each) => each.local === found.node);
  return imported !== undefined && imported.name === 'setTimeout';
}

// Set by another timer, by itself, or in a loop.
function isChained(program, node, timers) {
  if (isRepeated(program, node)) return true;
  for (let at = program.parent(node); at !== null; at = program.parent(at)) {
    if (!FUNCTIONS.has(at.type)) continue;
    const parent = program.parent(at);
    if (timers.includes(parent) && parent.arguments[0] === at) return true;
    if (setsItself(program, at, node)) return true;
  }
  return false;
}

function setsItself(program, fn, timer) {
  const called = timer.arguments.length > 0 ? timer.arguments[0] : null;
  if (called === null) return false;
  if (called.type === 'Identifier') return program.functionOf(called) === fn;
  return FUNCTIONS.has(called.type) && program.all('CallExpression').some((node) => program.isInside(node, called)
    && node.callee.type === 'Identifier' && program.functionOf(node.callee) === fn);
}

// In a loop of the function around it; functions that stand in a call, such as a promise's executor, are looked through.
function isRepeated(program, node) {
  for (let at = node, above = program.parent(at); above !== null; at = above, above = program.parent(at)) {
    if (LOOPS.has(above.type) && (above.body === at || above.test === at)) return true;
    if (!FUNCTIONS.has(above.type)) continue;
    const parent = program.parent(above);
    if (parent === null || !(parent.type === 'CallExpression' || parent.type === 'NewExpression')) return false;
  }
  return false;
}

// Calls of functions that do nothing but wait: `const sleep = (ms) => new Promise((done) => setTimeout(done, ms))`.
function waitsOf(program, timers) {
  const sleepers = new Set(timers.map((timer) => {
    const executor = program.functionAround(timer);
    const made = executor && program.parent(executor);
    return made && made.type === 'NewExpression' ? program.functionAround(made) : null;
  }).filter((fn) => fn !== null && isSmall(fn)));
  return program.all('CallExpression').filter(({ callee }) => callee.type === 'Identifier'
    && sleepers.has(program.functionOf(callee)));
}

function isSmall(fn) {
  return fn.body.type !== 'BlockStatement' || fn.body.body.length === 1;
}

// In one function, every wait after the first.
function followers(program, waits) {
  const seen = new Set();
  return waits.filter((node) => {
    const fn = program.functionAround(node);
    if (fn === null) return false;
    if (seen.has(fn)) return true;
    seen.add(fn);
    return false;
  });
}

module.exports = { timerProblems };
