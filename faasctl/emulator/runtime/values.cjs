'use strict';
// How what a function throws or logs is shown. Any value may be hostile: a Proxy, a getter that throws, a toJSON.

const { inspect, types } = require('util');
const { isPrototypeOf, replaceAll, String, stringify } = require('./language.cjs');
const { told } = require('./traces.cjs');

const { isNativeError, isProxy } = types;
const domErrors = DOMException.prototype;
const CAUSES = 5;

// AbortSignal.timeout() and structuredClone() throw a DOMException, which is a native error from Node 24 on alone.
function isError(value) {
  if (isNativeError(value)) return true;
  try {
    return typeof value === 'object' && !isProxy(value) && isPrototypeOf(domErrors, value);
  } catch {
    return false; // a prototype that is a Proxy
  }
}

function messageOf(value) {
  if (typeof value === 'string') return told(value);
  if (isError(value)) return told(shown(value));
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
  if (isError(value)) return { name: value.name, message: value.message, stack: stackOf(value) };
  if (typeof value === 'string') return told(value);
  return typeof value === 'bigint' ? shown(value) : value;
}

function shown(value) {
  try {
    return inspect(value);
  } catch {
    return '[a value that cannot be shown]';
  }
}

// With what caused it: `fetch failed` alone says nothing.
function stackOf(error) {
  try {
    let text = '';
    let indent = '';
    for (let each = error, depth = 0; isError(each) && depth < CAUSES; each = each.cause, depth += 1) {
      const { stack } = each;
      if (typeof stack !== 'string') return depth === 0 ? null : text;
      const inner = replaceAll(told(stack), '\n', `\n${indent}`);
      text += depth === 0 ? inner : `\n${indent}[cause]: ${inner}`;
      indent += '  ';
    }
    return text;
  } catch {
    return null;
  }
}

// {name, message, stack} of a thrown value; name and stack are null for what is no Error.
function describe(thrown) {
  const failure = { name: null, message: '', stack: null };
  try {
    if (isError(thrown)) {
      failure.name = String(thrown.name);
      failure.message = told(String(thrown.message));
      failure.stack = stackOf(thrown);
      return failure;
    }
    const message = typeof thrown === 'object' && thrown !== null ? thrown.message : thrown;
    failure.message = typeof message === 'string' ? told(message) : messageOf(thrown);
  } catch {
    failure.message = shown(thrown);
  }
  return failure;
}

module.exports = { describe, isError, jsonOf, messageOf };
