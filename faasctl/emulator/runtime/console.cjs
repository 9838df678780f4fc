'use strict';
// The console of a function (functions-api §10).

const { answer, fields } = require('./answers.cjs');
const { now, stringify } = require('./language.cjs');
const { jsonOf, messageOf } = require('./values.cjs');

let settings = null;
let endAtLimit = null;

// Leaves nothing of Node's console, also for who requires it, but the methods in `levels`: a call of another one is a
// TypeError, as on the platform. `running` gives the run that a call belongs to, or null.
function install(given, running, atLimit) {
  settings = given;
  endAtLimit = atLimit;
  for (const name of Reflect.ownKeys(console)) delete console[name];
  for (const method of Object.keys(settings.levels)) {
    const level = settings.levels[method];
    console[method] = (...values) => {
      const run = running();
      if (run !== null) log(run, level, values);
    };
  }
}

function log(run, level, values) {
  if (run.capped || (level === 'Debug' && !run.test)) return;
  const message = values.length === 0 ? '' : messageOf(values[0]);
  let extras = '';
  for (let index = 1; index < values.length; index += 1) extras += (index > 1 ? ',' : '') + jsonOf(values[index]);
  run.entries += 1;
  run.characters += message.length + extras.length;
  if (run.entries <= settings.logEntries && run.characters <= settings.logCharacters) {
    logLine(run, level, message, extras);
    return;
  }
  run.capped = true;
  const limit = `the limit is ${settings.logEntries} entries and ${settings.logCharacters} characters`;
  if (settings.failAtLogLimit) {
    endAtLimit(run, fields({ message: `the function passed the log limit of an invocation: ${limit}` }));
  } else {
    logLine(run, 'Warn', `Log limit reached: later entries of this invocation are dropped (${limit})`, '');
  }
}

function logLine(run, level, message, extras) {
  answer(run.id, 'log', `{"level":${stringify(level)},"message":${stringify(message)},"extras":[${extras}],"timestamp":${now()}}`);
}

module.exports = { install, log, logLine };
