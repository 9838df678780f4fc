'use strict';
// What V8 counts of the function's file: which parts of it ran, by offsets in UTF-16 units.

const url = require('url');
const { stringify } = require('./language.cjs');

let session = null;
let file = '';

// Counts what runs of `watched` from now on.
function start(watched) {
  file = watched;
  const { Session } = require('inspector');
  session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
}

// The counts since they were taken last, as JSON: what V8 has for the file, by function.
function taken() {
  let functions = [];
  session.post('Profiler.takePreciseCoverage', (error, told) => {
    if (error) return;
    const names = [file, url.pathToFileURL(file).href];
    for (const script of told.result) if (names.includes(script.url)) functions = functions.concat(script.functions);
  });
  return stringify({ functions });
}

module.exports = { start, taken };
