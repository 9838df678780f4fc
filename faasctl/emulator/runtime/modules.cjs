'use strict';
// What the function may import (functions-api §10, libraries). The packages that the platform has lie in a node_modules
// folder above the copy of the code, so Node finds them by itself, by import and by require alike, and nothing else.
// Here the search is kept from looking elsewhere, and a failed one is told in the platform's terms.

const Module = require('module');
const path = require('path');

const { isArray } = Array;
const call = Function.prototype.call;
const exec = call.bind(RegExp.prototype.exec);
const [endsWith, slice, split, startsWith] = ['endsWith', 'slice', 'split', 'startsWith']
  .map((name) => call.bind(String.prototype[name])); // the function may change its own

let settings = null;
let copy = ''; // of the code
let folder = ''; // in which it lies, alone
let packages = ''; // where the packages lie

function isBelow(roots, place) {
  return roots.some((root) => place === root || place.startsWith(root + path.sep));
}

// `wanted` is ModuleTable.as_json(), `file` the copy of the code.
function install(wanted, file) {
  settings = wanted;
  copy = file;
  folder = path.dirname(file) + path.sep;
  const laid = path.join(folder, '..', 'node_modules');
  packages = laid + path.sep;
  const roots = [laid, __dirname, ...wanted.roots]; // ours: not every file of it is loaded yet
  for (const name of ['_nodeModulePaths', '_resolveLookupPaths']) {
    const search = Module[name];
    Module[name] = (...values) => {
      const places = search.apply(Module, values);
      return isArray(places) ? places.filter((place) => place === '.' || isBelow(roots, place)) : places;
    };
  }
}

// `lodash` of `lodash/fp`, `@a/b` of `@a/b/c`.
function packageOf(name) {
  const parts = split(name, '/');
  return name[0] === '@' && parts.length > 1 ? `${parts[0]}/${parts[1]}` : parts[0];
}

function unavailable(name) {
  const platform = settings.interface.toUpperCase();
  if (name[0] === '.' || path.isAbsolute(name)) {
    return `the module '${name}' is not available on the platform: a function is one file, index.js`;
  }
  const owner = packageOf(name);
  const version = settings.packages[owner];
  if (version !== undefined) {
    const reason = settings.uninstalled[owner];
    if (reason !== undefined) {
      return `the module '${name}' is part of the platform, but ${owner} ${version} is not installed on this machine: ${reason}`;
    }
    return `the module '${name}' does not exist in ${owner} ${version}`;
  }
  if (owner === settings.toolbelt && owner !== name) return `the module '${name}' does not exist in ${owner}`;
  const instead = settings.replacements[owner];
  return `the module '${name}' is not available on the platform${instead ? ` (use ${instead})` : ''}: ${platform} functions `
    + `may import ${[settings.toolbelt, ...Object.keys(settings.packages)].sort().join(', ')}, and Node's built-in modules`;
}

// A path that Node names in a message, as the function wrote it.
function written(name) {
  if (startsWith(name, packages)) return slice(name, packages.length);
  return startsWith(name, folder) ? `./${slice(name, folder.length)}` : name;
}

function missing(error) {
  const { code, message } = error;
  if (code === 'MODULE_NOT_FOUND' && isArray(error.requireStack) && error.requireStack[0] === copy) {
    const found = exec(/^Cannot find module '(.+?)'(?:\n|$)/, message);
    return found && written(found[1]);
  }
  if (code === 'ERR_MODULE_NOT_FOUND') {
    const found = exec(/^Cannot find (?:package|module) '(.+?)' imported from (.+)/, message);
    return found && endsWith(found[2], copy) ? written(found[1]) : null;
  }
  if (code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') {
    const found = exec(/^Package subpath '\.\/(.+?)' is not defined by "exports" in .*node_modules.((?:@[^\\/]+.)?[^\\/]+).package\.json/, message);
    return found && `${found[2]}/${found[1]}`;
  }
  if (code === 'ERR_ACCESS_DENIED' && typeof error.resource === 'string') { // a node_modules folder above the copy
    const found = exec(/node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/, error.resource);
    return found && !startsWith(error.resource, packages) ? found[1] : null;
  }
  return null;
}

// Why the import failed that `error` tells of, null where it tells of something else.
function explain(error) {
  try {
    const name = typeof error.message === 'string' ? missing(error) : null;
    return name === null ? null : unavailable(name);
  } catch {
    return null; // a message that throws when it is read
  }
}

module.exports = { explain, install };
