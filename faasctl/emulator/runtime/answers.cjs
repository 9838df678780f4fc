'use strict';
// The pipe to whoever started us: `<nonce> <kind> <number of the request> <JSON>`, a line each. It is no standard stream, so nothing that the
// function prints gets there; the nonce guards against one that looks for the pipe.

const { writeSync } = require('fs');
const { assign, create, stringify } = require('./language.cjs');

const bytesOf = Buffer.from;
const endProcess = process.reallyExit.bind(process);

let pipe = -1;
let nonce = null;

function connect(fd) {
  pipe = fd;
}

function introduce(name) {
  nonce = name;
}

// Writes at once, so that what was told stays told when the process is killed the next moment.
function answer(id, kind, json) {
  const bytes = bytesOf(`\n${nonce} ${kind} ${id} ${json}\n`);
  try {
    for (let sent = 0; sent < bytes.length;) sent += writeSync(pipe, bytes, sent);
  } catch {
    endProcess(1); // without the pipe nothing can be told any more, and our end is told by itself
  }
}

function fields(pairs) {
  // No prototype: a toJSON that the function puts on Object.prototype must not change our lines.
  return stringify(assign(create(null), pairs));
}

module.exports = { answer, connect, endProcess, fields, introduce };
