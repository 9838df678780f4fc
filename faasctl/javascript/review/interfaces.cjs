'use strict';
// Code of one generation of the platform that is meant for the other (functions-api §10).

const { advice, problem } = require('../parsing.cjs');
const { exportsUses, requireCalls } = require('../lambda.cjs');
const { guardOf, keyOf, propertyName, textOf } = require('../tree.cjs');

const MODULE_STATEMENTS = [
  'ImportDeclaration', 'ExportNamedDeclaration', 'ExportDefaultDeclaration', 'ExportAllDeclaration',
];
const TOOLBELT = /^(lp-faas|core-functions)-toolbelt(\/|$)/;

function interfaceProblems(program, { platform, certain, lambda, instead }) {
  if (!certain) return platform === 'v1' ? unknownAccount(lambda) : [];
  const found = platform === 'v1' ? v2OnV1(program) : v1OnV2(program, lambda, instead);
  return [...found, ...toolbeltProblems(program, platform)];
}

// The account's generation is not known here, and the code is V1's.
function unknownAccount(lambda) {
  return lambda === null ? [] : [advice(
    'v1-style', lambda.id ? lambda.id.loc.start : lambda.loc.start,
    'the code is written for a V1 account; a V2 account would not run it',
    'for a V1 account write interface: v1 in the definition; for V2, interface: v2 shows what to change',
  )];
}

// ---- V1's code for a V2 account ------------------------------------------------------------------------------

function v1OnV2(program, lambda, instead) {
  return [...callbackParameter(program, lambda), ...requires(program, instead), ...exported(program)];
}

function callbackParameter(program, lambda) {
  if (lambda === null || lambda.params.length < 2 || lambda.params[1].type !== 'Identifier') return [];
  const parameter = lambda.params[1];
  const change = 'write async function lambda(input), return the result where callback(null, result) stands, and '
    + 'throw where callback(error) stands; for a V1 account write interface: v1 in the definition';
  const used = program.usesOf(program.binding(parameter)).length > 0;
  const message = `V2 calls lambda with the input alone: ${parameter.name} is V1's and is never given`;
  return [(used ? problem : advice)('v1-style', parameter.loc.start, message, used ? change : 'remove the parameter')];
}

function requires(program, instead) {
  return requireCalls(program).filter((node) => !isOptional(program, node)).map((node) => {
    const name = node.arguments.length > 0 ? textOf(node.arguments[0]) : null;
    const change = name === null ? 'use import' : `write ${asImport(program.parent(node), instead[name] || name)}`;
    return problem('v1-style', node.loc.start, 'V2 loads code as an ES module, which has no require', change);
  });
}

function asImport(parent, name) {
  const from = `from '${name}'`;
  if (parent.type !== 'VariableDeclarator') return `import … ${from}`;
  if (parent.id.type === 'Identifier') return `import ${parent.id.name} ${from}`;
  const entries = parent.id.type === 'ObjectPattern' ? parent.id.properties : [];
  const names = entries.filter((entry) => entry.type === 'Property' && entry.value.type === 'Identifier')
    .map((entry) => (keyOf(entry) === entry.value.name ? keyOf(entry) : `${keyOf(entry)} as ${entry.value.name}`));
  return names.length > 0 ? `import { ${names.join(', ')} } ${from}` : `import … ${from}`;
}

function exported(program) {
  const seen = new Set();
  return exportsUses(program).filter((node) => !isOptional(program, node)).flatMap((node) => {
    if (seen.has(node.loc.start.line)) return [];
    seen.add(node.loc.start.line);
    return [problem(
      'v1-style', node.loc.start, 'V2 loads code as an ES module, which has no module.exports',
      'remove it: the platform finds lambda by its name',
    )];
  });
}

// `if (typeof module !== 'undefined') …` and its like, and what is tried.
function isOptional(program, node) {
  for (let at = node, above = program.parent(node); above !== null; at = above, above = program.parent(at)) {
    const test = guardOf(above, at);
    if (test !== null && asksForType(test)) return true;
    if (above.type === 'TryStatement' && above.block === at && above.handler !== null) return true;
  }
  return false;
}

function asksForType(test) {
  if (test.type === 'UnaryExpression') return test.operator === 'typeof';
  return (test.type === 'BinaryExpression' || test.type === 'LogicalExpression')
    && (asksForType(test.left) || asksForType(test.right));
}

// ---- V2's code for a V1 account ------------------------------------------------------------------------------

function v2OnV1(program) {
  const modules = [];
  for (const type of MODULE_STATEMENTS) {
    const imports = type === 'ImportDeclaration';
    const message = `V1 loads code as CommonJS, which has no ${imports ? 'import' : 'export'} statement`;
    const change = imports ? 'write const … = require(…)' : 'remove it: the platform finds lambda by its name';
    modules.push(...program.all(type).map((node) => problem('v2-style', node.loc.start, message, change)));
  }
  const fetches = program.all('CallExpression').filter((node) => program.isGlobal(node.callee, 'fetch'));
  const fetched = fetches.slice(0, 1).map((node) => advice(
    'v2-style', node.loc.start,
    'the Node of a V1 account may be older than the global fetch', 'use Toolbelt.HTTPClient()',
  ));
  return [...modules, ...fetched];
}

// ---- the toolbelts -------------------------------------------------------------------------------------------

// What the platform's toolbelt of that generation does not have, or gives up.
function toolbeltProblems(program, platform) {
  if (platform === 'v1') return [];
  return program.all('MemberExpression').filter((node) => isToolbelt(program, node.object)).flatMap((node) => {
    const place = node.property.loc.start;
    if (propertyName(node) === 'HTTPClient') {
      return [problem('v1-style', place, 'the toolbelt of V2 has no HTTPClient', 'use the global fetch')];
    }
    if (propertyName(node) === 'SFClient') {
      return [advice('v1-style', place, 'SFClient is deprecated in V2', "import from '@jsforce/jsforce-node'")];
    }
    return [];
  });
}

// The name Toolbelt, taken out of either toolbelt module.
function isToolbelt(program, node) {
  if (node.type !== 'Identifier' || node.name !== 'Toolbelt') return false;
  const binding = program.binding(node);
  if (binding === null) return false;
  if (binding.kind === 'import') return TOOLBELT.test(binding.from.source.value);
  const from = binding.from.type === 'VariableDeclarator' ? binding.from.init : null;
  const call = from && from.type === 'MemberExpression' ? from.object : from;
  return Boolean(call) && call.type === 'CallExpression' && call.arguments.length > 0
    && TOOLBELT.test(textOf(call.arguments[0]) || '');
}

module.exports = { interfaceProblems, isOptional, isToolbelt };
