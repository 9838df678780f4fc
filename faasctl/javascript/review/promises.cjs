'use strict';
// Promises that nobody waits for, and answers that a function does not give. Only calls are looked at that are known
// to give a promise: async functions of the file, fetch and its bodies, and the clients of the toolbelt.

const { advice, problem } = require('../parsing.cjs');
const { isToolbelt } = require('./interfaces.cjs');
const { exits } = require('./paths.cjs');
const { propertyName } = require('../tree.cjs');

const BODY_METHODS = new Set(['json', 'text', 'arrayBuffer', 'blob', 'formData']);
const PROMISE_METHODS = new Set(['then', 'catch', 'finally']);
const SYNCHRONOUS = new Set(['getSDEsFromConv', 'scanConversationForKeywords']);
const ASYNC_CLIENTS = new Set([
  'SecretClient', 'LpClient', 'OrchestratorClient', 'ConversationUtil', 'SDEUtil', 'GDPRUtil', 'ContextServiceClient',
  'MTLSClient', 'LPMtlsClient', 'CsdsClient', 'HTTPClient',
]);

function promiseProblems(program, { platform, lambda }) {
  const second = platform === 'v1' && lambda !== null ? lambda.params[1] : undefined;
  const callback = second !== undefined && second.type === 'Identifier' ? program.binding(second) : null;
  return program.all('CallExpression').filter((node) => program.functionAround(node) !== null && isAsync(program, node))
    .flatMap((node) => judged(program, node, platform, callback));
}

function judged(program, node, platform, callback) {
  const name = shown(node.callee);
  const place = node.loc.start;
  const parent = program.parent(node);
  if (parent.type === 'MemberExpression' && parent.object === node) {
    const property = propertyName(parent);
    if (property !== null && !PROMISE_METHODS.has(property)) {
      const message = `${name} gives a promise, which has no ${property}`;
      return [problem('missing-await', place, message, `write (await ${name}(…)).${property}`)];
    }
    return platform === 'v2' && isForgotten(program, parent) ? [floating(place, name)] : [];
  }
  if (parent.type === 'ExpressionStatement') {
    return platform === 'v1' && answers(program, node, callback) ? [] : [floating(place, name)];
  }
  const where = takenAsValue(program, node, parent);
  if (where !== null) {
    return [problem('missing-await', place, `${name} gives a promise, and ${where}`, `write await ${name}(…)`)];
  }
  if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return kept(program, node, parent, name);
  if (parent.type === 'VariableDeclarator' && parent.init === node) {
    const message = `${name} gives a promise, which has none of these properties`;
    return [problem('missing-await', place, message, `write await ${name}(…)`)];
  }
  return [];
}

function floating(place, name) {
  return advice(
    'missing-await', place,
    `nothing waits for ${name}: what it does may be cut off by the end of the invocation, and its error is lost`,
    `write await ${name}(…), or return it`,
  );
}

// `f().then(…)` as a statement; one that ends with catch is meant so.
function isForgotten(program, member) {
  let at = member;
  for (;;) {
    const call = program.parent(at);
    if (call.type !== 'CallExpression' || call.callee !== at || propertyName(at) === 'catch') return false;
    const next = program.parent(call);
    if (next.type === 'ExpressionStatement') return at.property.name !== 'then' || call.arguments.length < 2;
    if (next.type !== 'MemberExpression' || next.object !== call) return false;
    at = next;
  }
}

// Where a promise is used as the value it is to become; null where it may be waited for later.
function takenAsValue(program, node, parent) {
  if (parent.type === 'TemplateLiteral') return 'the text would say [object Promise]';
  if (parent.type === 'UnaryExpression' && parent.operator === '!') return 'a promise is always true';
  if ((parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') && parent.test === node) {
    return 'a promise is always true';
  }
  if (parent.type === 'BinaryExpression' && parent.operator === '+') return 'the text would say [object Promise]';
  if (parent.type === 'SpreadElement') return 'a promise cannot be spread';
  if (parent.type === 'ForOfStatement' && parent.right === node && !parent.await) return 'a promise is no list';
  return isPartOfAnAnswer(program, node) ? 'the answer would hold {} in its place' : null;
}

// Inside the object or list that is returned, where it would be written as {}.
function isPartOfAnAnswer(program, node) {
  let inside = false;
  for (let at = node, above = program.parent(at); above !== null; at = above, above = program.parent(at)) {
    if (above.type === 'ObjectExpression') inside = true;
    else if (above.type === 'ReturnStatement') return inside;
    else if (above.type !== 'Property' && above.type !== 'ArrayExpression') return false;
  }
  return false;
}

// `const order = find(id)`: used as the order, or not at all.
function kept(program, node, declarator, name) {
  const binding = program.binding(declarator.id);
  if (binding === null || binding.assigned) return [];
  const uses = program.usesOf(binding);
  if (uses.length === 0) return [floating(node.loc.start, name)];
  if (uses.some((use) => waits(program, use))) return [];
  const member = uses.map((use) => program.parent(use)).find((parent, index) => parent.type === 'MemberExpression'
    && parent.object === uses[index] && !PROMISE_METHODS.has(propertyName(parent)));
  return member === undefined ? [] : [problem(
    'missing-await', node.loc.start,
    `${name} gives a promise, and ${declarator.id.name}.${propertyName(member) || '…'} is not there yet`,
    `write const ${declarator.id.name} = await ${name}(…)`,
  )];
}

// Awaited, or handed on to something that may.
function waits(program, use) {
  const parent = program.parent(use);
  return parent.type !== 'MemberExpression' || PROMISE_METHODS.has(propertyName(parent));
}

// ---- what gives a promise --------------------------------------------------------------------------------------

function isAsync(program, node) {
  const { callee } = node;
  if (program.isGlobalOrMember(callee, 'fetch')) return true;
  if (callee.type === 'MemberExpression') {
    const object = program.settled(callee.object);
    if (isClient(program, object, ASYNC_CLIENTS)) return !SYNCHRONOUS.has(propertyName(callee));
    return BODY_METHODS.has(propertyName(callee)) && object.type === 'AwaitExpression'
      && object.argument.type === 'CallExpression' && program.isGlobalOrMember(object.argument.callee, 'fetch');
  }
  if (callee.type === 'Identifier' && isClient(program, program.settled(callee), new Set(['HTTPClient']))) {
    return node.arguments.length < 3; // the third would be a callback
  }
  const fn = program.functionOf(callee);
  return fn !== null && fn.async && !fn.generator;
}

function isClient(program, made, names) {
  return made.type === 'CallExpression' && made.callee.type === 'MemberExpression'
    && names.has(propertyName(made.callee)) && isToolbelt(program, made.callee.object);
}

// V1: whether the call can lead to the callback, handed on or named in the function that is called.
function answers(program, node, callback) {
  if (callback === null) return false;
  const fn = program.functionOf(node.callee);
  return program.usesOf(callback)
    .some((use) => program.isInside(use, node) || (fn !== null && program.isInside(use, fn)));
}

function shown(callee) {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'MemberExpression' && propertyName(callee) !== null) {
    return callee.object.type === 'Identifier' ? `${callee.object.name}.${propertyName(callee)}` : propertyName(callee);
  }
  return 'this async function';
}

// ---- answers that are missing (V2) -----------------------------------------------------------------------------

function answerProblems(program, { platform, lambda }) {
  if (platform !== 'v2' || lambda === null || lambda.generator || lambda.params.length > 1) return [];
  if (lambda.body.type !== 'BlockStatement') return [];
  const found = exits(lambda.body, () => false);
  const isAnswer = ({ node }) => node.type === 'ReturnStatement' && node.argument !== null;
  if (found.length === 0) return [];
  if (!found.some(isAnswer)) {
    const place = (lambda.id || lambda).loc.start;
    return [advice('no-answer', place, 'lambda returns nothing: its result is null', 'return the reply')];
  }
  return found.filter((exit) => !isAnswer(exit)).map(({ node }) => advice(
    'no-answer', node === lambda.body ? { line: node.loc.end.line, column: node.loc.end.column - 1 } : node.loc.start,
    'lambda can end here without a result, which is null then', 'return a reply on every way through the function',
  ));
}

module.exports = { answerProblems, promiseProblems };
