'use strict';
// Runs one function in this process. One JSON request a line on stdin: `load` first, then `invoke`s, one at a time.
// Answers go to stdout as `<nonce> <kind> <JSON>`, a line each. The function may write there too, and may change any
// global, so what is needed of the language is taken before its code runs, and the nonce tells our lines from its.

const fs = require('fs');
const Module = require('module');
const path = require('path');
const stream = require('stream');
const url = require('url');
const util = require('util');

const { parse, stringify } = JSON;
const { now } = Date;
const { isNativeError, isPromise } = util.types;
const { inspect } = util;
const { writeSync } = fs;
const BufferFrom = Buffer.from;
const then = Promise.prototype.then;
const { apply } = Reflect;
const { assign, create } = Object;
const endProcess = process.reallyExit.bind(process);

let nonce = null;
let settings = null;
let getLambda = null;
let showPath = (text) => text;
let current = null; // what runs now: {test, stage, entries, characters, capped}

// ---- answers -------------------------------------------------------------------------------------------------

function answer(kind, json) {
  // A line of its own even where the function wrote half a line before.
  const bytes = BufferFrom(`\n${nonce} ${kind} ${json}\n`);
  for (let sent = 0; sent < bytes.length;) {
    try {
      sent += writeSync(1, bytes, sent);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

function fields(pairs) {
  // No prototype: a toJSON that the function puts on Object.prototype must not change our lines.
  return stringify(assign(create(null), pairs));
}

// ---- console (functions-api §10) -----------------------------------------------------------------------------

function install(levels) {
  const target = {};
  for (const method of Object.keys(levels)) {
    target[method] = (...values) => {
      if (current !== null) log(current, levels[method], values);
    };
  }
  Object.defineProperty(globalThis, 'console', { value: target, writable: true, configurable: true });
}

function log(run, level, values) {
  if (run.capped || (level === 'Debug' && !run.test)) return;
  const message = values.length === 0 ? '' : messageOf(values[0]);
  let extras = '';
  for (let index = 1; index < values.length; index += 1) extras += (index > 1 ? ',' : '') + jsonOf(values[index]);
  run.entries += 1;
  run.characters += message.length + extras.length;
  if (run.entries > settings.logEntries || run.characters > settings.logCharacters) {
    run.capped = true;
    logLine('Warn', `Log limit reached: later entries of this invocation are dropped (the limit is ${
      settings.logEntries} entries and ${settings.logCharacters} characters)`, '');
  } else logLine(level, message, extras);
}

function logLine(level, message, extras) {
  answer('log', `{"level":${stringify(level)},"message":${stringify(message)},"extras":[${extras}],"timestamp":${now()}}`);
}

function messageOf(value) {
  if (typeof value === 'string') return value;
  if (isNativeError(value)) return showPath(withoutUs(shown(value)));
  return typeof value === 'object' && value !== null ? tryJson(value) || shown(value) : shown(value);
}

function jsonOf(value) {
  return value === undefined ? 'null' : tryJson(value) || stringify(shown(value));
}

function tryJson(value) {
  try {
    return stringify(value, replace); // undefined for a function
  } catch {
    return undefined; // circular, or a toJSON that throws
  }
}

function replace(_, value) {
  if (isNativeError(value)) return { name: value.name, message: value.message, stack: stackOf(value) };
  return typeof value === 'bigint' ? shown(value) : value;
}

function shown(value) {
  try {
    return inspect(value);
  } catch {
    return '[a value that cannot be shown]';
  }
}

// ---- endings -------------------------------------------------------------------------------------------------

// The stack down to our first frame, and without the frames of Node that led to it.
function withoutUs(stack) {
  const lines = stack.split('\n');
  let count = lines.findIndex((line) => line.includes(__filename));
  if (count === -1) count = lines.length;
  while (count > 1 && /^ +at .*\bnode:/.test(lines[count - 1])) count -= 1;
  return lines.slice(0, count).join('\n');
}

function stackOf(error) {
  try {
    return typeof error.stack === 'string' ? showPath(withoutUs(error.stack)) : null;
  } catch {
    return null;
  }
}

function describe(thrown) {
  const failure = { name: null, message: '', stack: null };
  try {
    if (isNativeError(thrown)) {
      failure.name = String(thrown.name);
      failure.message = showPath(String(thrown.message));
      failure.stack = stackOf(thrown);
    } else if (typeof thrown === 'object' && thrown !== null && typeof thrown.message === 'string') {
      failure.message = thrown.message;
    } else failure.message = typeof thrown === 'string' ? thrown : messageOf(thrown);
  } catch {
    failure.message = shown(thrown);
  }
  return failure;
}

function startRun(stage, test) {
  current = { stage, test, entries: 0, characters: 0, capped: false };
  return current;
}

function end(run, kind, json) {
  if (current !== run) return; // it ended before: by a callback, a time-out, an error in a timer
  current = null;
  answer(kind, json);
}

function fail(run, thrown) {
  if (current !== run) return;
  const failure = describe(thrown);
  if (run.stage === 'invoke') logLine('Error', `Received Error - ${failure.message}`, ''); // functions-api §7.2
  end(run, 'threw', fields(failure));
}

function succeed(run, value) {
  if (current !== run) return;
  let json;
  try {
    json = stringify(value);
  } catch (error) { // circular, a BigInt, a toJSON that throws
    fail(run, error);
    return;
  }
  if (json === undefined) json = 'null'; // functions-api §18, 15
  if (json.length > settings.resultCharacters) {
    const message = `the result has ${json.length} characters; at most ${settings.resultCharacters} can be returned`;
    end(run, 'broke', fields({ message }));
  } else end(run, 'result', json);
}

// A container does not outlive these on the platform, so neither does this process.
function endings() {
  for (const name of ['exit', 'reallyExit', 'abort']) {
    process[name] = (code) => {
      const message = `the function called process.${name}()`;
      if (current !== null) end(current, 'exiting', fields({ message }));
      endProcess(name === 'abort' ? 134 : code);
    };
  }
  process.on('uncaughtException', (error) => current !== null && fail(current, error));
  process.on('unhandledRejection', (reason) => current !== null && fail(current, reason));
}

// ---- loading -------------------------------------------------------------------------------------------------

function prepare(request) {
  ({ nonce, settings } = request);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, request.environment);
  const { file, shownAs } = request;
  const address = url.pathToFileURL(file).href;
  showPath = (text) => text.split(address).join(shownAs).split(file).join(shownAs);
  process.argv.length = 1;
  install(settings.levels);
  endings();
  answer('hello', stringify(process.versions.node));
}

function load(request) {
  prepare(request);
  const run = startRun('load', true);
  const loaded = () => {
    if (typeof getLambda() !== 'function') throw new TypeError('lambda is not a top-level function of the code');
    end(run, 'loaded', '{}');
  };
  try {
    if (request.module === 'esm') {
      const read = (namespace) => {
        getLambda = () => namespace[request.alias];
        loaded();
      };
      const imported = import(url.pathToFileURL(request.file).href);
      apply(then, apply(then, imported, [read]), [undefined, (error) => fail(run, unexported(error))]);
    } else {
      loadCommonJs(request);
      loaded();
    }
  } catch (error) {
    fail(run, error);
  }
}

// V8's words for a module without lambda are about an export that the author never wrote.
function unexported(error) {
  const missing = isNativeError(error) && /Export 'lambda' is not defined/.test(error.message);
  return missing ? new ReferenceError('the code has no top-level function named lambda') : error;
}

function loadCommonJs({ file, alias }) {
  const module = new Module(file, null);
  module.filename = file;
  module.paths = Module._nodeModulePaths(path.dirname(file));
  getLambda = () => undefined; // stays where the code returns before its end
  module[alias] = (get) => {
    getLambda = get;
  };
  module._compile(fs.readFileSync(file, 'utf8'), file, 'commonjs');
  delete module[alias];
}

// ---- invoking (functions-api §10) ----------------------------------------------------------------------------

function invoke({ input, test }) {
  const run = startRun('invoke', test);
  const failed = (error) => fail(run, error);
  const succeeded = (value) => succeed(run, value);
  try {
    const lambda = getLambda();
    // V1 ends by its callback alone; a promise that it returns counts only where it rejects.
    if (settings.interface === 'v1' && lambda.length !== 1) {
      const returned = lambda(input, (error, result) => {
        if (error) fail(run, error);
        else succeed(run, result);
      });
      if (isPromise(returned)) apply(then, returned, [undefined, failed]);
    } else {
      const returned = lambda(input);
      if (isPromise(returned)) apply(then, returned, [succeeded, failed]);
      else if (returned !== null && typeof returned === 'object' && typeof returned.then === 'function') {
        returned.then(succeeded, failed);
      } else succeeded(returned);
    }
  } catch (error) {
    failed(error);
  }
}

// ---- requests ------------------------------------------------------------------------------------------------

const requests = process.stdin;
let rest = [];
requests.setEncoding('utf8');
requests.on('data', (chunk) => {
  let from = 0;
  for (let to = chunk.indexOf('\n'); to !== -1; to = chunk.indexOf('\n', from)) {
    rest.push(chunk.slice(from, to));
    const request = parse(rest.join(''));
    rest = [];
    from = to + 1;
    if (nonce === null) load(request);
    else invoke(request);
  }
  if (from < chunk.length) rest.push(chunk.slice(from));
});
requests.on('end', () => endProcess(0)); // whoever started us is gone

// The function finds an empty stdin: ours is not for it.
Object.defineProperty(process, 'stdin', {
  configurable: true,
  get: () => new stream.Readable({ read() { this.push(null); } }),
});
