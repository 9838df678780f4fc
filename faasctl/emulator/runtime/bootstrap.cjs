'use strict';
// Runs one function in this process: `bootstrap.cjs <requests> <answers> <other pipes…>`, each the number of an open
// pipe. One JSON request a line: first our name for the answers, then `load`, then `invoke`s, one at a time.

const fs = require('fs');
const path = require('path');
const url = require('url');
const { types } = require('util');
const { answer, connect, endProcess, fields, introduce } = require('./answers.cjs');
const { install, log, logLine } = require('./console.cjs');
const { all, endRun, enter, running, shared, startRun, struck } = require('./runs.cjs');
const { defineProperty, indexOf, replaceAll, stringify, then } = require('./language.cjs');
const requests = require('./requests.cjs');
const { showAs } = require('./traces.cjs');
const { describe, isError } = require('./values.cjs');

const { isPromise } = types;

let settings = null;
let getLambda = null;
let outward = null;
let coverage = null;

// ---- endings -------------------------------------------------------------------------------------------------

function end(run, kind, json) {
  if (run.ended) return; // before: by a callback, a time-out, an error in a timer
  endRun(run);
  answer(run.id, kind, json);
  requests.done();
}

function fail(run, thrown) {
  if (!run.ended && !run.decided) endWith(run, failure(thrown));
}

function succeed(run, value) {
  if (!run.ended && !run.decided) endWith(run, success(value));
}

function endWith(run, ending) {
  if (run.ended) return;
  if (ending.kind === 'threw' && run.stage === 'invoke') {
    logLine(run, 'Error', `Received Error - ${ending.message}`, ''); // functions-api §7.2
  }
  end(run, ending.kind, ending.json);
}

function failure(thrown) {
  const told = describe(thrown);
  const reason = explained(thrown);
  if (reason !== null) {
    told.stack = told.stack && replaceAll(told.stack, told.message, reason);
    told.message = reason;
  }
  return { kind: 'threw', json: fields(told), message: told.message };
}

function explained(thrown) {
  try {
    return outward !== null && isError(thrown) ? outward.explain(thrown) : null;
  } catch {
    return null; // a getter of its own
  }
}

function success(value) {
  let json;
  try {
    json = stringify(value);
  } catch (error) { // circular, a BigInt, a toJSON that throws
    return failure(error);
  }
  if (json === undefined) json = 'null'; // functions-api §18, 15
  if (json.length <= settings.resultCharacters) return { kind: 'result', json, message: null };
  const message = `the result has ${json.length} characters; at most ${settings.resultCharacters} can be returned`;
  return { kind: 'broke', json: fields({ message }), message };
}

// What the platform says of the function itself: once in a run, and it does not count for the log limit.
function warn(message) {
  const run = running();
  if (run === null || run.warnings[message]) return;
  run.warnings[message] = true;
  logLine(run, 'Warn', message, '');
}

function each(runs, work) {
  for (let index = 0; index < runs.length; index += 1) work(runs[index]);
}

// A container does not outlive these on the platform, so neither does this process.
function endings() {
  for (const name of ['exit', 'reallyExit', 'abort']) {
    process[name] = (code) => {
      const message = `the function called process.${name}()`;
      each(all(), (run) => end(run, 'exiting', fields({ message })));
      endProcess(name === 'abort' ? 134 : code);
    };
  }
  const strike = (error) => each(struck(), (run) => fail(run, error));
  process.on('uncaughtException', strike);
  process.on('unhandledRejection', strike);
}

// ---- loading -------------------------------------------------------------------------------------------------

function prepare(request) {
  ({ settings } = request);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, request.environment);
  const { file, shownAs } = request;
  // `folder` is bundle.py's: where the files lie that are not part of this one.
  showAs([[url.pathToFileURL(file).href, shownAs], [file, shownAs]], [__filename, folder]);
  if (request.outward !== null) {
    goOutward();
    outward.install(request.outward, file, warn);
  } else if (outward === null) {
    require('./seal.cjs').seal();
  }
  if (settings.interface === 'v1') shared();
  install(settings, running, (run, json) => end(run, 'limit', json));
}

function load(request) {
  prepare(request);
  if (request.debuggerPort !== null) waitForDebugger(request.debuggerPort);
  if (request.covered) {
    coverage = require('./coverage.cjs');
    coverage.start(request.file);
  }
  const run = startRun(request.id, 'load', true);
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
      const imported = plain(import(url.pathToFileURL(request.file).href));
      then(plain(then(imported, read)), undefined, (error) => fail(run, located(unexported(error), request)));
    } else {
      loadCommonJs(request);
      loaded();
    }
  } catch (error) {
    fail(run, error);
  }
}

function waitForDebugger(port) {
  const inspector = require('inspector');
  const moment = new Int32Array(new SharedArrayBuffer(4));
  // The process that this one takes over from may be about to leave the port.
  for (let tries = 0; tries < 40 && inspector.url() === undefined; tries += 1) {
    if (tries > 0) Atomics.wait(moment, 0, 0, 50);
    inspector.open(port, '127.0.0.1');
  }
  answer(0, 'waiting', stringify(inspector.url()));
  inspector.waitForDebugger();
}

// V8's words for a module without lambda are about an export that the author never wrote.
function unexported(error) {
  const missing = isError(error) && indexOf(describe(error).message, "Export 'lambda' is not defined") !== -1;
  return missing ? new ReferenceError('the code has no top-level function named lambda') : error;
}

// Of a module V8 tells the reason alone; of CommonJS the line as well.
function located(error, { file }) {
  const silent = isError(error) && error.name === 'SyntaxError' && indexOf(describe(error).stack || '', '\n') === -1;
  return silent ? require('./syntax.cjs').locate(error, file) : error;
}

function loadCommonJs({ file, alias }) {
  const Module = require('module');
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

function invoke({ id, input, test, allowedDomains, coverage: wanted }) {
  if (wanted) {
    answer(id, 'covered', coverage.taken());
    requests.done();
    return;
  }
  if (allowedDomains !== undefined && outward !== null) outward.allow(allowedDomains);
  const run = startRun(id, 'invoke', test);
  try {
    const lambda = getLambda();
    if (settings.interface === 'v1') enter(run, () => invokeWithCallback(run, lambda, input));
    else settle(run, lambda(input));
  } catch (error) {
    fail(run, error);
  }
}

function settle(run, returned) {
  const succeeded = (value) => succeed(run, value);
  const failed = (error) => fail(run, error);
  if (isPromise(returned)) then(plain(returned), succeeded, failed);
  else if (returned !== null && typeof returned === 'object' && typeof returned.then === 'function') {
    returned.then(succeeded, failed);
  } else succeeded(returned);
}

// The first call of the callback decides. It is told once the function lets go, as from a server: what the function
// does after the call still belongs to the run. A promise that it returns counts only where it rejects.
function invokeWithCallback(run, lambda, input) {
  const callback = (error, result) => {
    if (run.ended) return;
    if (run.decided) {
      log(run, 'Warn', ['The callback was called more than once; only its first call counts']);
      return;
    }
    const ending = error ? failure(error) : success(result);
    run.decided = true;
    if (error && !isError(error)) {
      log(run, 'Warn', ['Received error in an incorrect format: pass an Error to the callback', { originalFailure: error }]);
    }
    then(afterwards, () => endWith(run, ending));
  };
  const returned = lambda(input, callback);
  if (isPromise(returned)) then(plain(returned), undefined, (error) => fail(run, error));
}

// As a microtask, which V8 runs by itself: process.nextTick is Node's JavaScript, and uses what the function may patch.
const afterwards = plain(Promise.resolve());

// The promise, such that Promise.prototype.then asks nothing of it that the function could have changed.
function plain(promise) {
  try {
    return defineProperty(promise, 'constructor', { value: undefined, configurable: true });
  } catch {
    return promise; // frozen
  }
}

// ---- requests ------------------------------------------------------------------------------------------------

function goOutward() {
  if (outward !== null) return;
  outward = require('./outward.cjs');
  outward.prepare(pipes);
}

function greet({ id, nonce, reachesOut }) {
  introduce(nonce);
  if (reachesOut) goOutward();
  // Up to Node 24 permissions say nothing of the network, later ones close it.
  const open = parseInt(process.versions.node, 10) < 25 || process.permission.has('net');
  answer(id, 'hello', stringify({ node: process.versions.node, network: open }));
}

function begin() {
  const request = requests.next();
  const alone = request.settings.interface === 'v2' && outward === null && request.outward === null;
  requests.serve(invoke, alone);
  load(request);
}

const pipes = process.argv.slice(2).map(Number);
process.argv.length = 1;
connect(pipes[1]);
requests.open(pipes[0]);
endings();
greet(requests.next());
import('data:text/javascript,').then(begin); // Node gets ready for modules, in a spare while nobody waits: 1 to 4 ms
