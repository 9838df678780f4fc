'use strict';
// What code names of the world around it: modules, hosts, environment variables. Python judges them by its facts.

const { isBuiltin } = require('module');

const { isOptional, isToolbelt } = require('./interfaces.cjs');
const { keyOf, propertyName, textOf } = require('../tree.cjs');

const PLAIN_HTTP = /^(node:)?https?$/;
const HOST_KEYS = new Set(['url', 'uri', 'baseURL', 'baseUrl', 'host', 'hostname']);
const HTTP_METHODS = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'head', 'request']);

const at = (node) => ({ line: node.loc.start.line, column: node.loc.start.column + 1 });

// ---- modules: [{name, line, column, builtin, optional}] ------------------------------------------------------

function modules(program) {
  const sources = [
    ...program.all('ImportDeclaration'), ...program.all('ExportNamedDeclaration'), ...program.all('ExportAllDeclaration'),
    ...program.all('ImportExpression'),
  ].map((node) => node.source);
  const required = program.all('CallExpression').filter((node) => isRequire(program, node.callee))
    .map((node) => node.arguments[0]);
  return [...sources, ...required].filter(Boolean).flatMap((node) => {
    const name = textOf(program.settled(node));
    return name === null ? [] : [{ name, ...at(node), builtin: isBuiltin(name), optional: isOptional(program, node) }];
  });
}

// `require`, and what createRequire made.
function isRequire(program, callee) {
  if (program.isGlobal(callee, 'require')) return true;
  if (callee.type !== 'Identifier') return false;
  const made = program.settled(callee);
  if (made.type !== 'CallExpression') return false;
  const maker = made.callee;
  return maker.type === 'MemberExpression' ? propertyName(maker) === 'createRequire'
    : maker.type === 'Identifier' && importedAs(program, maker) === 'createRequire';
}

function importedAs(program, identifier) {
  const found = program.binding(identifier);
  if (found === null || found.kind !== 'import') return null;
  const each = found.from.specifiers.find(({ local }) => local === found.node);
  return each.imported ? each.imported.name || each.imported.value : 'default';
}

// ---- hosts: [{name, line, column}] -----------------------------------------------------------------------------

// Hosts of URLs that are written out where a request is made, or in a constant that is used there.
function hosts(program) {
  return program.all('CallExpression').filter((node) => makesRequests(program, node.callee)).flatMap((node) => {
    const first = node.arguments.length > 0 ? program.settled(node.arguments[0]) : null;
    if (first === null) return [];
    if (first.type !== 'ObjectExpression') return hostOf(program, first);
    return first.properties.filter((entry) => HOST_KEYS.has(keyOf(entry)))
      .flatMap((entry) => hostOf(program, entry.value, keyOf(entry).startsWith('host')));
  });
}

function makesRequests(program, callee) {
  if (program.isGlobalOrMember(callee, 'fetch')) return true;
  if (callee.type === 'Identifier') return isClient(program, callee) || takenFrom(program, callee);
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier'
    && HTTP_METHODS.has(propertyName(callee))
    && (isClient(program, callee.object) || PLAIN_HTTP.test(sourceOf(program, callee.object) || ''));
}

// A name that Toolbelt.HTTPClient() was given to.
function isClient(program, identifier) {
  const made = program.settled(identifier);
  return made.type === 'CallExpression' && made.callee.type === 'MemberExpression'
    && propertyName(made.callee) === 'HTTPClient' && isToolbelt(program, made.callee.object);
}

// `request` or `get` of Node's own http and https.
function takenFrom(program, identifier) {
  const found = program.binding(identifier);
  return found !== null && (found.kind === 'import' || found.init === null) && HTTP_METHODS.has(identifier.name)
    && PLAIN_HTTP.test(sourceOf(program, identifier) || '');
}

// The module that a name comes from, as import or require have it.
function sourceOf(program, identifier) {
  const found = program.binding(identifier);
  if (found === null || found.assigned) return null;
  if (found.kind === 'import') return found.from.source.value;
  const init = found.from.type === 'VariableDeclarator' ? found.from.init : null;
  return init !== null && init.type === 'CallExpression' && isRequire(program, init.callee) && init.arguments.length > 0
    ? textOf(init.arguments[0]) : null;
}

function hostOf(program, node, bare = false) {
  const start = beginning(program, program.settled(node));
  if (start === null) return [];
  const { text, whole } = start;
  const match = bare ? /^([\w.-]+)(:\d+)?$/.exec(whole ? text : '')
    : /^https?:\/\/(?:[^/?#@]*@)?([\w.-]+|\[[0-9a-f:.]+\])(:\d+)?([/?#]|$)/i.exec(text);
  const cut = match !== null && !bare && match[3] === '' && !whole; // `https://api.${zone}…`
  return match === null || cut ? [] : [{ name: match[1].toLowerCase(), ...at(node) }];
}

// The text that a URL begins with, and whether it is all of it.
function beginning(program, node) {
  if (node.type === 'NewExpression' && program.isGlobal(node.callee, 'URL') && node.arguments.length > 0) {
    return beginning(program, program.settled(node.arguments[node.arguments.length > 1 ? 1 : 0]));
  }
  const text = textOf(node);
  if (text !== null) return { text, whole: true };
  if (node.type === 'TemplateLiteral') {
    const first = node.quasis[0].value.cooked || '';
    const inner = first === '' ? beginning(program, program.settled(node.expressions[0])) : null;
    if (inner !== null && inner.whole) {
      const then = node.quasis[1].value.cooked || '';
      return { text: inner.text + then, whole: node.expressions.length === 1 };
    }
    return { text: first, whole: false };
  }
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    const left = beginning(program, program.settled(node.left));
    if (left === null || !left.whole) return left;
    const right = beginning(program, program.settled(node.right));
    return right === null ? { text: left.text, whole: false } : { text: left.text + right.text, whole: right.whole };
  }
  return null;
}

// ---- environment variables: [{name, line, column, written}] ----------------------------------------------------

function variables(program) {
  const members = program.all('MemberExpression').filter((node) => isEnvironment(program, node.object)).flatMap((node) => {
    const name = propertyName(node);
    return name === null ? [] : [{ name, ...at(node.property), written: isWritten(program, node) }];
  });
  const taken = program.all('VariableDeclarator')
    .filter(({ id, init }) => init !== null && id.type === 'ObjectPattern' && isEnvironment(program, init))
    .flatMap(({ id }) => id.properties.filter((entry) => keyOf(entry) !== null)
      .map((entry) => ({ name: keyOf(entry), ...at(entry), written: false })));
  return [...members, ...taken];
}

function isEnvironment(program, node) {
  const value = program.settled(node);
  if (value.type === 'MemberExpression') return propertyName(value) === 'env' && isProcess(program, value.object);
  if (value.type !== 'Identifier') return false;
  if (importedAs(program, value) === 'env') return /^(node:)?process$/.test(program.binding(value).from.source.value);
  const found = program.binding(value);
  return found !== null && !found.assigned && found.from.type === 'VariableDeclarator' && found.from.init !== null
    && found.from.id.type === 'ObjectPattern' && isProcess(program, found.from.init)
    && found.from.id.properties.some((entry) => keyOf(entry) === 'env' && entry.value === found.node);
}

function isProcess(program, node) {
  if (program.isGlobalOrMember(node, 'process')) return true;
  return node.type === 'Identifier' && /^(node:)?process$/.test(sourceOf(program, node) || '');
}

function isWritten(program, node) {
  const parent = program.parent(node);
  return (parent.type === 'AssignmentExpression' && parent.left === node) || parent.type === 'UpdateExpression'
    || (parent.type === 'UnaryExpression' && parent.operator === 'delete');
}

module.exports = { hosts, modules, variables };
