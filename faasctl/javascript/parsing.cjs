'use strict';
// Parsing: V8 decides whether code parses; Node's own acorn gives the tree. Without acorn only V8's verdict is given.

const vm = require('vm');

const FILE = 'index.js';
const acorn = internal('internal/deps/acorn/acorn/dist/acorn');
const binding = internal('internal/test/binding');
const arrowMessage = binding && binding.internalBinding('util').privateSymbols.arrow_message_private_symbol;

function internal(name) {
  try {
    return require(name);
  } catch {
    return null;
  }
}

// The tree, or the error that acorn has instead.
function parse(code, sourceType) {
  if (acorn === null) return {};
  try {
    const options = { ecmaVersion: 'latest', sourceType, locations: true, allowHashBang: true };
    if (sourceType === 'script') options.allowReturnOutsideFunction = true; // CommonJS is a function's body
    return { tree: acorn.parse(code, options) };
  } catch (error) {
    return { error };
  }
}

// V8's error, null where there is none.
function compile(code, module) {
  try {
    if (module === 'esm') new vm.SourceTextModule(code, { identifier: FILE });
    else {
      const parameters = ['exports', 'require', 'module', '__filename', '__dirname'];
      vm.compileFunction(code, parameters, { filename: FILE });
    }
    return null;
  } catch (error) {
    return error;
  }
}

function syntaxProblem(error, acornError) {
  let { line, column } = (acornError && acornError.loc) || { line: 1, column: 0 };
  const arrow = arrowMessage && error[arrowMessage];
  if (typeof arrow === 'string') {
    const lines = arrow.split('\n');
    const place = /^index\.js:(\d+)$/.exec(lines[0]); // another file: Node's own, as when the stack overflows
    const caret = lines.length > 2 ? lines[2].indexOf('^') : -1;
    if (place && caret !== -1) {
      line = Number(place[1]);
      column = caret;
    }
  }
  return problem('syntax-error', { line, column }, error.message, null);
}

// `place` is acorn's: lines from 1, columns from 0.
function problem(rule, place, message, suggestion, severity = 'error') {
  return { rule, line: place.line, column: place.column + 1, message, suggestion, severity };
}

const advice = (rule, place, message, suggestion) => problem(rule, place, message, suggestion, 'warning');

module.exports = { parse, compile, syntaxProblem, problem, advice };
