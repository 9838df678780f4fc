'use strict';
// What our code needs of the language, taken before the function's code runs: that code may change any global and
// any prototype. Functions of this file take as first argument what they would be called on.

const method = Function.prototype.bind.bind(Function.prototype.call);

const indexOf = method(String.prototype.indexOf);
const lastIndexOf = method(String.prototype.lastIndexOf);
const slice = method(String.prototype.slice);

// Not String.prototype.split and .replaceAll: they ask the prototypes, which may answer anything.
function replaceAll(text, part, other) {
  let done = '';
  let from = 0;
  for (let to = indexOf(text, part); to !== -1; to = indexOf(text, part, from)) {
    done += slice(text, from, to) + other;
    from = to + part.length;
  }
  return done + slice(text, from);
}

module.exports = {
  apply: Reflect.apply,
  assign: Object.assign,
  create: Object.create,
  defineProperty: Object.defineProperty,
  indexOf,
  isPrototypeOf: method(Object.prototype.isPrototypeOf),
  lastIndexOf,
  latin1: method(Buffer.prototype.latin1Slice),
  now: Date.now,
  parse: JSON.parse,
  replaceAll,
  slice,
  String,
  stringify: JSON.stringify,
  then: method(Promise.prototype.then),
};
