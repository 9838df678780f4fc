'use strict';
// The function that the platform calls: where it stands, how it is meant to be called, how the code is loaded.

const { problem } = require('./parsing.cjs');
const { FUNCTIONS, boundNodes, propertyName } = require('./tree.cjs');

const SIGNATURES = { v1: 'function lambda(input, callback) { … }', v2: 'async function lambda(input) { … }' };
const CALLING = new Set(['apply', 'bind', 'call']);
const NEVER_A_FUNCTION = new Set([
  'Literal', 'TemplateLiteral', 'ObjectExpression', 'ArrayExpression', 'ClassExpression', 'BinaryExpression',
]);

// What the way of loading and calling follows from.
function survey(program) {
  return {
    commonjs: requireCalls(program).length > 0 || exportsUses(program).length > 0,
    esm: usesModules(program),
    callback: program.all('Identifier').some((node) => node.name === 'callback'),
  };
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

function usesModules(program) {
  for (const type of program.byType.keys()) if (/^(Import|Export)(?!Expression)/.test(type)) return true;
  return program.all('MetaProperty').some((node) => node.meta.name === 'import')
    || program.all('AwaitExpression').some((node) => program.functionAround(node) === null)
    || program.all('ForOfStatement').some((node) => node.await && program.functionAround(node) === null);
}

function requireCalls(program) {
  return program.all('CallExpression').filter((node) => program.isGlobal(node.callee, 'require'));
}

// `exports.x` and `module.exports`.
function exportsUses(program) {
  return program.all('MemberExpression').filter((node) => program.isGlobal(node.object, 'exports')
    || (program.isGlobal(node.object, 'module') && propertyName(node) === 'exports'));
}

// The names at the top level that are, or may be, functions: name -> {place, fn (its node, where it is one)}.
function topLevelFunctions(program) {
  const found = new Map();
  const add = (name, node, fn) => found.set(name, { place: node.loc.start, fn });
  for (const statement of program.tree.body) {
    const wrapped = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
    const node = (wrapped && statement.declaration) || statement;
    if (node.type === 'FunctionDeclaration' && node.id) add(node.id.name, node.id, node);
    else if (node.type === 'VariableDeclaration') {
      for (const { id, init } of node.declarations) {
        if (id.type === 'Identifier' && isNever(init) && !program.binding(id).assigned) continue;
        const fn = init !== null && FUNCTIONS.has(init.type) ? init : null;
        for (const { name } of boundNodes(id)) add(name, id, fn);
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

function isNever(init) {
  return init !== null && NEVER_A_FUNCTION.has(init.type);
}

function interfaceOf(facts, functions, program) {
  const { fn } = functions.get('lambda') || (nearest(functions) || [])[1] || {};
  if (facts.twoParameters || (fn && takesCallback(program, fn))) return 'v1';
  return facts.commonjs && facts.callback ? 'v1' : 'v2';
}

// A second parameter is V1's callback, but for one that cannot be: it is read as an object alone, as the `context` of
// other clouds, or left alone by a function that gives its result by itself.
function takesCallback(program, fn) {
  if (fn.params.length < 2) return false;
  const given = fn.params[1].left || fn.params[1]; // before its default
  if (given.type === 'ObjectPattern') return false;
  if (given.type !== 'Identifier') return true;
  const uses = program.usesOf(program.binding(given));
  if (uses.length > 0) return uses.some((use) => !isOwner(program, use));
  return !fn.async && !program.all('ReturnStatement')
    .some((node) => node.argument !== null && program.functionAround(node) === fn);
}

// `use.x`, where it is no method of a function that is called.
function isOwner(program, use) {
  const parent = program.parent(use);
  return parent.type === 'MemberExpression' && parent.object === use && !CALLING.has(propertyName(parent));
}

// The function that was most likely meant to be lambda, as [name, entry]: one of a similar name, or the only one.
function nearest(functions) {
  const declared = [...functions].filter(([, { fn }]) => fn !== null);
  return declared.find(([name]) => isSimilar(name)) || (declared.length === 1 ? declared[0] : null);
}

function isSimilar(name) {
  return distance(name.toLowerCase(), 'lambda') <= 2;
}

function lambdaProblems(program, functions, interfaceName) {
  if (program.tree.body.length === 0) {
    return [problem('code-empty', { line: 1, column: 0 }, 'the code is empty', `write ${SIGNATURES[interfaceName]}`)];
  }
  return functions.has('lambda') ? [] : [noLambda(program, functions, interfaceName)];
}

function noLambda(program, functions, interfaceName) {
  const message = 'the code has no top-level function named lambda, which the platform calls';
  const declare = `declare ${SIGNATURES[interfaceName]} at the top level`;
  const exported = program.all('ExportSpecifier').find((node) => isNamedLambda(node.exported));
  if (exported !== undefined) {
    const suggestion = `an export of that name is not enough: name the function lambda itself, in place of ${exported.local.name}`
      + ' (a bundler must keep names: esbuild --minify-syntax --minify-whitespace)';
    return problem('no-lambda', exported.loc.start, message, suggestion);
  }
  const meant = nearest(functions);
  if (meant === null) return problem('no-lambda', { line: 1, column: 0 }, message, declare);
  const [name, { place }] = meant;
  const suggestion = isSimilar(name) ? `did you mean lambda instead of ${name}? ${declare}`
    : `rename ${name} to lambda, or ${declare}`;
  return problem('no-lambda', place, message, suggestion);
}

function isNamedLambda(node) {
  return node.name === 'lambda' || node.value === 'lambda';
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

module.exports = {
  exportsUses, guess, interfaceOf, lambdaProblems, requireCalls, survey, topLevelFunctions,
};
