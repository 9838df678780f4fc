'use strict';
// How what a function throws or logs is shown. Any value may be hostile: a Proxy, a getter that throws, a toJSON.

const { inspect, types } = require('util');
const { indexOf, lastIndexOf, replaceAll, slice, String, stringify } = require('./language.cjs');

const { isNativeError } = types;

let shownPaths = []; // pairs: a path of ours, what it is shown as
let ours = '\0';

// Paths of the copy are shown as the function's own file; frames from `caller` on are ours, and not shown.
function showAs(pairs, caller) {
  shownPaths = pairs;
  ours = caller;
}

function showPath(text) {
  let shownText = text;
  for (let index = 0; index < shownPaths.length; index += 1) {
    shownText = replaceAll(shownText, shownPaths[index][0], shownPaths[index][1]);
  }
  return shownText;
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

// The stack down to our first frame, and without the frames of Node that led to it.
function withoutUs(stack) {
  const frame = indexOf(stack, ours);
  let end = frame === -1 ? stack.length : lastIndexOf(stack, '\n', frame);
  for (let start = lastIndexOf(stack, '\n', end - 1); start > 0; start = lastIndexOf(stack, '\n', end - 1)) {
    const line = slice(stack, start + 1, end);
    if (indexOf(line, '    at ') !== 0 || indexOf(line, 'node:') === -1) break;
    end = start;
  }
  return slice(stack, 0, end);
}

function stackOf(error) {
  try {
    const { stack } = error;
    return typeof stack === 'string' ? showPath(withoutUs(stack)) : null;
  } catch {
    return null;
  }
}

// {name, message, stack} of a thrown value; name and stack are null for what is no Error.
function describe(thrown) {
  const failure = { name: null, message: '', stack: null };
  try {
    if (isNativeError(thrown)) {
      failure.name = String(thrown.name);
      failure.message = showPath(String(thrown.message));
      failure.stack = stackOf(thrown);
      return failure;
    }
    const message = typeof thrown === 'object' && thrown !== null ? thrown.message : thrown;
    failure.message = typeof message === 'string' ? message : messageOf(thrown);
  } catch {
    failure.message = shown(thrown);
  }
  return failure;
}

module.exports = { describe, isNativeError, jsonOf, messageOf, showAs };
