'use strict';
// What runs in this process: V2 one invocation at a time, V1 many, each known by its asynchronous context.

const { create } = require('./language.cjs');

let latest = null;
let contexts = null;
let open = [];

// From now on several may run at once. Node's contexts cost a little, so V2 goes without.
function shared() {
  const { AsyncLocalStorage } = require('async_hooks');
  const storage = new AsyncLocalStorage();
  contexts = { enter: storage.run.bind(storage), running: storage.getStore.bind(storage) };
}

function startRun(id, stage, test) {
  latest = {
    id, stage, test, entries: 0, characters: 0, capped: false, decided: false, ended: false, warnings: create(null),
  };
  if (contexts !== null) open[open.length] = latest;
  return latest;
}

// Calls `work` such that all it starts belongs to the run.
function enter(run, work) {
  return contexts === null ? work() : contexts.enter(run, work);
}

// What the code that runs now belongs to; null where that has ended.
function running() {
  const run = contexts === null ? latest : contexts.running() || null;
  return run === null || run.ended ? null : run;
}

// The runs that an error without a catcher ends: its own where that is known, else all.
function struck() {
  const run = running();
  if (run !== null) return [run];
  return contexts !== null && contexts.running() === undefined ? open : [];
}

function endRun(run) {
  run.ended = true;
  const others = [];
  for (let index = 0; index < open.length; index += 1) if (open[index] !== run) others[others.length] = open[index];
  open = others;
}

function all() {
  if (contexts !== null) return open;
  return latest === null || latest.ended ? [] : [latest];
}

module.exports = { all, endRun, enter, running, shared, startRun, struck };
