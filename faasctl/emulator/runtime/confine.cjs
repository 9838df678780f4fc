'use strict';
// Closes what Node's permission model leaves open: signals to other processes, the process's identity, V8's limits, and
// the pipes that we live by. It also makes up for releases of Node in which links lead out of what is allowed.

const fs = require('fs');
const Module = require('module');
const os = require('os');
const v8 = require('v8');
const { apply } = require('./language.cjs');

const IDENTITY = ['setuid', 'setgid', 'seteuid', 'setegid', 'setgroups', 'initgroups'];
const OTHER_PROCESSES = ['_debugProcess', '_debugEnd'];
const V8 = ['setFlagsFromString', 'setHeapSnapshotNearHeapLimit', 'writeHeapSnapshot'];
const LINKS = ['symlink', 'symlinkSync', 'link', 'linkSync'];

function denied(what) {
  const error = new Error(`${what} is not available to a function`);
  error.code = 'ERR_ACCESS_DENIED';
  return error;
}

function deny(owner, title, names) {
  for (const name of names) {
    if (name in owner) {
      owner[name] = () => {
        throw denied(`${title}.${name}`);
      };
    }
  }
}

// A process may end itself. SIGUSR1 would open Node's inspector.
function ownSignalsOnly() {
  const { _kill: kill, pid } = process; // process.kill calls it, with numbers
  const { SIGUSR1 } = os.constants.signals;
  process._kill = (target, signal) => {
    const number = +target;
    const kind = +signal;
    const own = number === pid || number === -pid || number === 0;
    if (!own || kind === SIGUSR1) throw denied('process.kill');
    return apply(kill, process, [number, kind]);
  };
}

// Some releases of Node 22 resolve any path natively.
function allowedOnly(native) {
  const { accessSync } = fs;
  return (path, ...others) => {
    accessSync(path);
    return native(path, ...others);
  };
}

function keepOpen(pipes) {
  const { close, closeSync } = fs;
  const refuse = (fd) => {
    for (let index = 0; index < pipes.length; index += 1) if (pipes[index] === fd) throw denied(`closing ${fd}`);
  };
  fs.closeSync = (fd) => {
    refuse(fd);
    return apply(closeSync, fs, [fd]);
  };
  fs.close = (fd, ...then) => {
    refuse(fd);
    return apply(close, fs, [fd, ...then]);
  };
}

function confine(pipes) {
  deny(process, 'process', [...IDENTITY, ...OTHER_PROCESSES, 'chdir']);
  Object.defineProperty(process, 'report', { value: undefined }); // Node's own writes it, wherever it is told to
  deny(v8, 'v8', V8);
  deny(os, 'os', ['setPriority']);
  deny(fs, 'fs', LINKS);
  deny(fs.promises, 'fs.promises', ['symlink', 'link']);
  for (const owner of [fs.realpath, fs.realpathSync]) owner.native = allowedOnly(owner.native);
  ownSignalsOnly();
  keepOpen([0, 1, 2, ...pipes]);
  Module.syncBuiltinESMExports();
}

module.exports = { confine };
