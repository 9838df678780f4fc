'use strict';
// Reads function code without running it. One JSON request a line on stdin, one JSON answer a line on stdout.
// V8 decides whether the code parses; Node's own acorn gives the tree. Without acorn only V8's verdict is given.

const vm = require('vm');

const FILE = 'index.js';
const acorn = internal('internal/deps/acorn/acorn/dist/acorn');
const binding = internal('internal/test/binding');
const arrowMessage = binding && binding.internalBinding('util').privateSymbols.arrow_message_private_symbol;

function internal(name) {
  try {
    return require(name);
  } catch {
    return null;
  }
}

// ---- parsing -------------------------------------------------------------------------------------------------

function parse(code, sourceType) {
  if (acorn === null) return {};
  try {
    const options = { ecmaVersion: 'latest', sourceType, locations: true, allowHashBang: true };
    if (sourceType === 'script') options.allowReturnOutsideFunction = true; // CommonJS is a function's body
    return { tree: acorn.parse(code, options) };
  } catch (error) {
    return { error };
  }
}

function compile(code, module) {
  try {
    if (module === 'esm') new vm.SourceTextModule(code, { identifier: FILE });
    else {
      const parameters = ['exports', 'require', 'module', '__filename', '__dirname'];
      vm.compileFunction(code, parameters, { filename: FILE });
    }
    return null;
  } catch (error) {
    return error;
  }
}

function syntaxProblem(error, acornError) {
  let { line, column } = (acornError && acornError.loc) || { line: 1, column: 0 };
  const arrow = arrowMessage && error[arrowMessage];
  if (typeof arrow === 'string') {
    const lines = arrow.split('\n');
    const place = /^index\.js:(\d+)$/.exec(lines[0]); // another file: Node's own, as when the stack overflows
    const caret = lines.length > 2 ? lines[2].indexOf('^') : -1;
    if (place && caret !== -1) {
      line = Number(place[1]);
      column = caret;
    }
  }
  return problem('syntax-error', { line, column }, error.message, null);
}

function problem(rule, place, message, suggestion) {
  return { rule, line: place.line, column: place.column + 1, message, suggestion };
}

// ---- the tree ------------------------------------------------------------------------------------------------

function children(node) {
  const found = [];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child !== null && typeof child === 'object' && typeof child.type === 'string') found.push(child);
    }
  }
  return found;
}

// Names that a pattern binds: `a`, `{a, b: [c]}`, `a = 1`, `...a`.
function boundNames(pattern) {
  if (pattern === null || pattern === undefined) return [];
  switch (pattern.type) {
    case 'Identifier': return [pattern.name];
    case 'ObjectPattern': return pattern.properties.flatMap((entry) => boundNames(entry.value || entry.argument));
    case 'ArrayPattern': return pattern.elements.flatMap(boundNames);
    case 'AssignmentPattern': return boundNames(pattern.left);
    case 'RestElement': return boundNames(pattern.argument);
    default: return [];
  }
}

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
const SCOPES = new Set([
  ...FUNCTIONS, 'Program', 'BlockStatement', 'StaticBlock', 'SwitchStatement', 'CatchClause',
  'ForStatement', 'ForInStatement', 'ForOfStatement', 'ClassExpression',
]);
const VAR_SCOPES = new Set([...FUNCTIONS, 'Program', 'StaticBlock']);

// Every node with its parent and scope, in no order that matters. A stack of our own: deep code must not end ours.
function walk(tree, visit) {
  const pending = [{ node: tree, parent: null, scope: null }];
  while (pending.length > 0) {
    const { node, parent, scope } = pending.pop();
    const inner = SCOPES.has(node.type) ? { outer: scope, type: node.type, names: new Set() } : scope;
    declare(node, scope, inner);
    visit(node, parent, inner);
    for (const child of children(node)) pending.push({ node: child, parent: node, scope: inner });
  }
}

function declare(node, scope, inner) {
  let target = inner;
  let names = [];
  if (node.type === 'VariableDeclaration') {
    names = node.declarations.flatMap((entry) => boundNames(entry.id));
    if (node.kind === 'var') while (!VAR_SCOPES.has(target.type)) target = target.outer;
  } else if (FUNCTIONS.has(node.type)) {
    names = node.params.flatMap(boundNames);
    if (node.type === 'FunctionDeclaration' && node.id) scope.names.add(node.id.name);
    else names.push(...boundNames(node.id));
  } else if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') names = boundNames(node.id);
  else if (node.type === 'CatchClause') names = boundNames(node.param);
  else if (node.type === 'ImportDeclaration') names = node.specifiers.map((entry) => entry.local.name);
  for (const name of names) target.names.add(name);
}

function isFree(name, scope) {
  for (let at = scope; at !== null; at = at.outer) if (at.names.has(name)) return false;
  return true;
}

// What the rules need to know of the code, from one walk.
function survey(tree) {
  const facts = { commonjs: false, esm: false, callback: false, console: [], consoleAssigned: new Set() };
  const seen = { require: [], module: [], console: [] };
  walk(tree, (node, parent, scope) => {
    if (/^(Import|Export)(?!Expression)/.test(node.type) || node.type === 'MetaProperty') {
      if (node.type !== 'MetaProperty' || node.meta.name === 'import') facts.esm = true;
    }
    if (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await)) {
      if (!insideFunction(scope)) facts.esm = true;
    }
    if (node.type === 'Identifier' && node.name === 'callback') facts.callback = true;
    if (isCallOf(node, 'require')) seen.require.push(scope);
    if (node.type === 'MemberExpression' && node.object.type === 'Identifier') {
      const name = node.object.name;
      if (name === 'exports' || (name === 'module' && propertyName(node) === 'exports')) {
        seen.module.push({ name, scope });
      }
    }
    for (const use of consoleUses(node, parent)) seen.console.push({ ...use, scope });
  });
  facts.commonjs = seen.require.some((scope) => isFree('require', scope))
    || seen.module.some(({ name, scope }) => isFree(name, scope));
  for (const use of seen.console) {
    if (!isFree('console', use.scope)) continue;
    if (use.assigned) facts.consoleAssigned.add(use.method);
    else facts.console.push(use);
  }
  return facts;
}

function insideFunction(scope) {
  for (let at = scope; at !== null; at = at.outer) if (FUNCTIONS.has(at.type)) return true;
  return false;
}

function isCallOf(node, name) {
  return node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === name;
}

function propertyName(member) {
  const { property, computed } = member;
  if (!computed) return property.type === 'Identifier' ? property.name : null;
  if (property.type === 'Literal' && typeof property.value === 'string') return property.value;
  if (property.type === 'TemplateLiteral' && property.expressions.length === 0) return property.quasis[0].value.cooked;
  return null;
}

function isConsole(node) {
  if (node === null) return false;
  if (node.type === 'Identifier') return node.name === 'console';
  return node.type === 'MemberExpression' && node.object.type === 'Identifier'
    && node.object.name === 'globalThis' && propertyName(node) === 'console';
}

// Uses that would crash, `console.x` and `const {x} = console`; asking whether a method exists is no use.
function consoleUses(node, parent) {
  if (node.type === 'VariableDeclarator' && isConsole(node.init) && node.id.type === 'ObjectPattern') {
    return node.id.properties
      .filter((entry) => entry.type === 'Property' && !entry.computed && entry.value.type === 'Identifier')
      .map((entry) => ({ method: entry.key.name || entry.key.value, place: entry.loc.start, assigned: false }));
  }
  if (node.type !== 'MemberExpression' || !isConsole(node.object)) return [];
  const method = propertyName(node);
  if (method === null || method in Object.prototype) return [];
  const assigned = parent.type === 'AssignmentExpression' && parent.left === node;
  if (!assigned && asksOnly(node, parent)) return [];
  return [{ method, place: node.property.loc.start, assigned }];
}

function asksOnly(node, parent) {
  if (parent.type === 'UnaryExpression' && (parent.operator === 'typeof' || parent.operator === '!')) return true;
  if (parent.type === 'CallExpression' && parent.callee === node) return parent.optional;
  if (parent.type === 'LogicalExpression' && parent.left === node) return true;
  return (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') && parent.test === node;
}

// ---- lambda --------------------------------------------------------------------------------------------------

const NEVER_A_FUNCTION = new Set([
  'Literal', 'TemplateLiteral', 'ObjectExpression', 'ArrayExpression', 'ClassExpression', 'BinaryExpression',
]);

// The names at the top level that are, or may be, functions: name -> {place, fn (its node, where it is one)}.
function topLevelFunctions(tree) {
  const found = new Map();
  const add = (name, node, fn) => found.set(name, { place: node.loc.start, fn });
  for (const statement of tree.body) {
    const wrapped = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
    const node = (wrapped && statement.declaration) || statement;
    if (node.type === 'FunctionDeclaration' && node.id) add(node.id.name, node.id, node);
    else if (node.type === 'VariableDeclaration') {
      for (const { id, init } of node.declarations) {
        if (id.type === 'Identifier' && init !== null && NEVER_A_FUNCTION.has(init.type)) continue;
        const fn = init !== null && FUNCTIONS.has(init.type) ? init : null;
        for (const name of boundNames(id)) add(name, id, fn);
      }
    } else if (node.type === 'ImportDeclaration') {
      for (const { local } of node.specifiers) add(local.name, local, null);
    } else if (node.type === 'ExpressionStatement' && node.expression.type === 'AssignmentExpression') {
      const { left, right } = node.expression;
      if (left.type === 'Identifier') add(left.name, left, FUNCTIONS.has(right.type) ? right : null);
    }
  }
  return found;
}

const SIGNATURES = { v1: 'function lambda(input, callback) { … }', v2: 'async function lambda(input) { … }' };

// The function that was most likely meant to be lambda, as [name, entry]: one of a similar name, or the only one.
function nearest(functions) {
  const declared = [...functions].filter(([, { fn }]) => fn !== null);
  return declared.find(([name]) => isSimilar(name)) || (declared.length === 1 ? declared[0] : null);
}

function isSimilar(name) {
  return distance(name.toLowerCase(), 'lambda') <= 2;
}

function noLambda(functions, interfaceName) {
  const message = 'the code has no top-level function named lambda, which the platform calls';
  const declare = `declare ${SIGNATURES[interfaceName]} at the top level`;
  const meant = nearest(functions);
  if (meant === null) return problem('no-lambda', { line: 1, column: 0 }, message, declare);
  const [name, { place }] = meant;
  const suggestion = isSimilar(name) ? `did you mean lambda instead of ${name}? ${declare}`
    : `rename ${name} to lambda, or ${declare}`;
  return problem('no-lambda', place, message, suggestion);
}

// Levenshtein's distance, for names; long names are far away.
function distance(one, two) {
  if (Math.abs(one.length - two.length) > 2) return 3;
  let row = Array.from({ length: two.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= two.length; j += 1) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === two[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[two.length];
}

// ---- the verdict ---------------------------------------------------------------------------------------------

function inspect({ code: text, interface: wanted, console: methods }) {
  const code = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const asModule = parse(code, 'module');
  const asScript = asModule.tree ? {} : parse(code, 'script');
  const tree = asModule.tree || asScript.tree || null;
  const facts = tree ? survey(tree) : guess(code);
  const functions = tree ? topLevelFunctions(tree) : new Map();
  const lambda = functions.get('lambda') || (nearest(functions) || [])[1];
  const interfaceName = wanted || interfaceOf(facts, lambda);
  let module = 'esm';
  if (!facts.esm && (facts.commonjs || interfaceName === 'v1')) module = 'commonjs';
  const problems = [];
  const error = compile(code, module);
  if (error !== null) problems.push(syntaxProblem(error, asModule.error || asScript.error));
  if (tree) problems.push(...treeProblems(tree, facts, functions, interfaceName, methods[interfaceName]));
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return { problems, interface: interfaceName, module };
}

function interfaceOf(facts, lambda) {
  if (facts.twoParameters || (lambda && lambda.fn && lambda.fn.params.length >= 2)) return 'v1';
  return facts.commonjs && facts.callback ? 'v1' : 'v2';
}

// For code without a tree, because it does not parse or because acorn does not know its syntax yet.
function guess(code) {
  return {
    esm: /^\s*(import\s*["'{*\w]|export\s)/m.test(code),
    commonjs: /\brequire\s*\(|\bmodule\.exports\b/.test(code),
    callback: /\bcallback\b/.test(code),
    twoParameters: /\bfunction\s+lambda\s*\(\s*\w+\s*,/.test(code),
  };
}

function treeProblems(tree, facts, functions, interfaceName, methods) {
  if (tree.body.length === 0) {
    return [problem('code-empty', { line: 1, column: 0 }, 'the code is empty', `write ${SIGNATURES[interfaceName]}`)];
  }
  const problems = functions.has('lambda') ? [] : [noLambda(functions, interfaceName)];
  for (const { method, place } of facts.console) {
    if (methods.includes(method) || facts.consoleAssigned.has(method)) continue;
    const message = `console.${method} does not exist on the platform: calling it crashes the function`;
    const choices = methods.map((name) => `console.${name}`).join(', ');
    problems.push(problem('forbidden-console-method', place, message, `use one of ${choices}`));
  }
  return problems;
}

// ---- requests ------------------------------------------------------------------------------------------------

let rest = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop();
  for (const line of lines) {
    const answer = { node: process.versions.node, ...inspect(JSON.parse(line)) };
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
});
