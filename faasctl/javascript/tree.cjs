'use strict';
// A parsed program with what the rules ask of it: each node's parent and scope, and what a name stands for.

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
const LOOPS = new Set(['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement']);
const SCOPES = new Set([
  ...FUNCTIONS, 'Program', 'BlockStatement', 'StaticBlock', 'SwitchStatement', 'CatchClause',
  'ForStatement', 'ForInStatement', 'ForOfStatement', 'ClassExpression',
]);
const VAR_SCOPES = new Set([...FUNCTIONS, 'Program', 'StaticBlock']);

function children(node) {
  const found = [];
  for (const key in node) {
    const value = node[key];
    if (value === null || typeof value !== 'object') continue;
    if (typeof value.type === 'string') found.push(value);
    else if (Array.isArray(value)) {
      for (const child of value) if (child !== null && typeof child.type === 'string') found.push(child);
    }
  }
  return found;
}

// What a pattern binds: `a`, `{a, b: [c]}`, `a = 1`, `...a`, as its Identifier nodes.
function boundNodes(pattern) {
  if (pattern === null || pattern === undefined) return [];
  switch (pattern.type) {
    case 'Identifier': return [pattern];
    case 'ObjectPattern': return pattern.properties.flatMap((entry) => boundNodes(entry.value || entry.argument));
    case 'ArrayPattern': return pattern.elements.flatMap(boundNodes);
    case 'AssignmentPattern': return boundNodes(pattern.left);
    case 'RestElement': return boundNodes(pattern.argument);
    default: return [];
  }
}

const boundNames = (pattern) => boundNodes(pattern).map((node) => node.name);

// A binding: {kind, node (the Identifier), init (where the name alone is given a value), from (the declarator or
// import it comes out of), assigned (given another value later)}.
class Program {
  constructor(tree) {
    this.tree = tree;
    this.byType = new Map();
    this.parents = new Map();
    this.scopes = new Map();
    this.walk(tree);
    for (const list of this.byType.values()) list.sort((one, two) => one.start - two.start);
    this.named = new Map(); // the Identifiers of each name
    for (const node of this.all('Identifier')) {
      const list = this.named.get(node.name);
      if (list === undefined) this.named.set(node.name, [node]);
      else list.push(node);
    }
    for (const type of ['AssignmentExpression', 'UpdateExpression', 'ForInStatement', 'ForOfStatement']) {
      for (const node of this.all(type)) this.noteAssigned(node.left || node.argument, node);
    }
  }

  // A stack of our own: deep code must not end ours.
  walk(tree) {
    const pending = [[tree, null, null]];
    while (pending.length > 0) {
      const [node, parent, scope] = pending.pop();
      const inner = SCOPES.has(node.type) ? { outer: scope, node, names: new Map() } : scope;
      declare(node, scope, inner);
      this.parents.set(node, parent);
      this.scopes.set(node, inner);
      const list = this.byType.get(node.type);
      if (list === undefined) this.byType.set(node.type, [node]);
      else list.push(node);
      for (const child of children(node)) pending.push([child, node, inner]);
    }
  }

  noteAssigned(target, node) {
    for (const { name } of boundNodes(target)) {
      const found = this.lookUp(name, this.scopes.get(node));
      if (found !== null) found.assigned = true;
    }
  }

  // Every node of a type, in the order of the code.
  all(type) {
    return this.byType.get(type) || [];
  }

  parent(node) {
    return this.parents.get(node);
  }

  lookUp(name, scope) {
    for (let at = scope; at !== null; at = at.outer) {
      const found = at.names.get(name);
      if (found !== undefined) return found;
    }
    return null;
  }

  // What an Identifier stands for; null where it is a global, or where acorn names no variable with it.
  binding(identifier) {
    return this.lookUp(identifier.name, this.scopes.get(identifier));
  }

  isGlobal(node, name) {
    return node !== null && node.type === 'Identifier' && node.name === name && this.binding(node) === null;
  }

  // `name`, `globalThis.name` and `global.name`, where nothing hides them.
  isGlobalOrMember(node, name) {
    if (this.isGlobal(node, name)) return true;
    return node !== null && node.type === 'MemberExpression' && propertyName(node) === name
      && (this.isGlobal(node.object, 'globalThis') || this.isGlobal(node.object, 'global'));
  }

  // The node that a `const` name was given, or the node itself.
  settled(node) {
    for (let steps = 0; node !== null && node.type === 'Identifier' && steps < 20; steps += 1) {
      const found = this.binding(node);
      if (found === null || found.assigned || !found.init) return node;
      node = found.init;
    }
    return node;
  }

  // The function that a name or an expression is, null where that is not to be told.
  functionOf(node) {
    if (node.type === 'Identifier') {
      const found = this.binding(node);
      if (found === null || found.assigned) return null;
      if (found.kind === 'function') return found.from;
    }
    const value = this.settled(node);
    return FUNCTIONS.has(value.type) ? value : null;
  }

  // The innermost function around a node, null at the top level.
  functionAround(node) {
    for (let at = this.parent(node); at !== null; at = this.parent(at)) if (FUNCTIONS.has(at.type)) return at;
    return null;
  }

  isInside(node, outer) {
    return node.start >= outer.start && node.end <= outer.end;
  }

  // Whether an Identifier is a variable that is read, and not a key, a label or a declaration.
  isUse(node) {
    const parent = this.parent(node);
    switch (parent.type) {
      case 'MemberExpression': return parent.object === node || parent.computed;
      case 'Property': return parent.value === node || parent.computed;
      case 'MethodDefinition': case 'PropertyDefinition': return parent.value === node || parent.computed;
      case 'LabeledStatement': case 'BreakStatement': case 'ContinueStatement': return false;
      default: return true;
    }
  }

  // The places where a binding is used, its declaration left out.
  usesOf(binding) {
    const alike = this.named.get(binding.node.name);
    return alike.filter((node) => node !== binding.node && this.isUse(node) && this.binding(node) === binding);
  }
}

function declare(node, scope, inner) {
  const add = (target, kind, nodes, from, init = null) => {
    for (const each of nodes) {
      const before = target.names.get(each.name);
      if (before !== undefined) before.assigned = true; // `var` and `function` may come twice
      else target.names.set(each.name, { kind, node: each, from, init, assigned: false });
    }
  };
  if (node.type === 'VariableDeclaration') {
    let target = inner;
    if (node.kind === 'var') while (!VAR_SCOPES.has(target.node.type)) target = target.outer;
    for (const entry of node.declarations) {
      add(target, node.kind, boundNodes(entry.id), entry, entry.id.type === 'Identifier' ? entry.init : null);
    }
  } else if (FUNCTIONS.has(node.type)) {
    for (const parameter of node.params) add(inner, 'parameter', boundNodes(parameter), node);
    if (node.type === 'FunctionDeclaration' && node.id) add(scope, 'function', [node.id], node);
    else add(inner, 'function', boundNodes(node.id), node);
  } else if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
    add(inner, 'class', boundNodes(node.id), node);
  } else if (node.type === 'CatchClause') add(inner, 'catch', boundNodes(node.param), node);
  else if (node.type === 'ImportDeclaration') {
    for (const each of node.specifiers) add(inner, 'import', [each.local], node);
  }
}

function propertyName(member) {
  const { property, computed } = member;
  if (!computed) return property.type === 'Identifier' ? property.name : null;
  return textOf(property);
}

// The text that a literal or a template without `${}` is, else null.
function textOf(node) {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0].value.cooked;
  return null;
}

// The name of a property of an object literal or pattern, null where it is computed.
function keyOf(entry) {
  if (!entry.key) return null;
  if (!entry.computed) return entry.key.type === 'Identifier' ? entry.key.name : String(entry.key.value);
  return textOf(entry.key);
}

// The test that `node` runs behind where `above`, its parent, is an `if`, a `? :`, an `&&` or an `||`; else null.
function guardOf(above, node) {
  if (above.type === 'LogicalExpression') return above.right === node ? above.left : null;
  return (above.type === 'IfStatement' || above.type === 'ConditionalExpression') && above.consequent === node
    ? above.test : null;
}

module.exports = { FUNCTIONS, LOOPS, Program, boundNames, boundNodes, children, guardOf, keyOf, propertyName, textOf };
