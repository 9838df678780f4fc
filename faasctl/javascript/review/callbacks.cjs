'use strict';
// V1: a result leaves a function through its callback alone (functions-api §10).

const { advice, problem } = require('../parsing.cjs');
const { exits } = require('./paths.cjs');

const CHANGE = 'call callback(null, result), or callback(error), on every way through the function';

// What the platform checks when code is saved: the callback exists, and is called.
function callbackProblems(program, lambda) {
  if (lambda === null || lambda.params.some((parameter) => parameter.type === 'RestElement')) return [];
  if (lambda.params.length < 2) return usesArguments(program, lambda) ? [] : [problem(
    'no-callback', (lambda.id || lambda).loc.start,
    'lambda takes no callback: in V1 what it returns is ignored, and the function runs until its time is over',
    `write function lambda(input, callback), and ${CHANGE}`,
  )];
  const parameter = lambda.params[1];
  if (parameter.type !== 'Identifier' || program.usesOf(program.binding(parameter)).length > 0) return [];
  return [problem(
    'no-callback', parameter.loc.start,
    `${parameter.name} is never called: the function runs until its time is over, and has no result`, CHANGE,
  )];
}

// Ways through lambda on which nothing that could call the callback is met.
function missedCallbacks(program, lambda) {
  if (lambda === null || lambda.params.length < 2 || lambda.params[1].type !== 'Identifier') return [];
  const binding = program.binding(lambda.params[1]);
  const uses = program.usesOf(binding);
  if (uses.length === 0 || lambda.body.type !== 'BlockStatement') return [];
  const places = uses.map((node) => node.start);
  for (const use of callsOfReaching(program, lambda, uses)) places.push(use.start);
  const reached = (node) => places.some((start) => start >= node.start && start < node.end);
  return exits(lambda.body, reached).filter((exit) => !exit.marked)
    .map(({ node }) => advice(
      'no-callback', node === lambda.body ? { line: node.loc.end.line, column: node.loc.end.column - 1 } : node.loc.start,
      'the function can end here without having called its callback; it would run until its time is over', CHANGE,
    ));
}

// Where functions are named that are declared inside lambda, and from whose body a callback can be called.
function callsOfReaching(program, lambda, uses) {
  const inside = program.all('FunctionDeclaration')
    .filter((fn) => fn !== lambda && fn.id && program.isInside(fn, lambda));
  const calls = [];
  for (let reaching = uses; reaching.length > 0;) {
    const found = inside.filter((fn) => reaching.some((use) => program.isInside(use, fn)));
    for (const fn of found) inside.splice(inside.indexOf(fn), 1);
    reaching = found.flatMap((fn) => program.usesOf(program.binding(fn.id)));
    calls.push(...reaching);
  }
  return calls;
}

function usesArguments(program, fn) {
  return program.all('Identifier').some((node) => node.name === 'arguments' && program.isInside(node, fn));
}

module.exports = { callbackProblems, missedCallbacks };
