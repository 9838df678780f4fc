'use strict';
// The pipe from whoever started us: one JSON request a line, in ASCII. Where nothing else can happen anyway, the whole
// process waits for the next one: that costs neither a socket nor a thread, and Node's sockets are slow to load.

const { readSync } = require('fs');
const { endProcess } = require('./answers.cjs');
const { indexOf, latin1, parse, slice } = require('./language.cjs');

const { getActiveResourcesInfo } = process;
const later = setImmediate;
const stop = clearInterval;
const bytes = Buffer.allocUnsafeSlow(65536);

let pipe = -1;
let receive = null;
let rest = '';
let lines = [];
let own = 0; // what keeps the process alive without the function
let listening = false;
let alive = null;

function open(fd) {
  pipe = fd;
  alive = setInterval(() => {}, 2 ** 31 - 1); // Node would end where an invocation waits for what never comes
}

function take(count) {
  const chunk = latin1(bytes, 0, count);
  let from = 0;
  for (let to = indexOf(chunk, '\n'); to !== -1; to = indexOf(chunk, '\n', from)) {
    lines[lines.length] = rest + slice(chunk, from, to);
    rest = '';
    from = to + 1;
  }
  rest += slice(chunk, from);
}

// The next request, when it comes.
function next() {
  while (lines.length === 0) {
    const count = readSync(pipe, bytes, 0, bytes.length, null);
    if (count === 0) endProcess(0); // whoever started us is gone
    take(count);
  }
  const line = lines[0]; // there is no other: the next request is sent when this one is answered
  lines = [];
  return parse(line);
}

// Gives every request from now on to `received`; `alone` is whether only one is under way at any time, such that
// `done` is called before the next is sent.
function serve(received, alone) {
  receive = received;
  if (alone) own = getActiveResourcesInfo().length;
  else listen();
}

// A request is answered. What it left behind, a timer perhaps, goes on while the next one is awaited.
function done() {
  if (!listening) later(wait);
}

function wait() {
  if (getActiveResourcesInfo().length > own) {
    listen();
    return;
  }
  const request = next();
  later(() => receive(request)); // first the timers that the function does not wait for
}

// Without the events of a stream, which the function could listen to, emit or swallow.
function listen() {
  listening = true;
  const { Socket } = require('net');
  const callback = (count) => {
    take(count);
    const taken = lines;
    lines = [];
    for (let index = 0; index < taken.length; index += 1) receive(parse(taken[index]));
    return true;
  };
  const socket = new Socket({ fd: pipe, readable: true, writable: false, onread: { buffer: bytes, callback } });
  socket.on('end', () => endProcess(0));
  stop(alive);
}

module.exports = { done, next, open, serve };
