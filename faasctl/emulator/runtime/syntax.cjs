'use strict';
// Where a syntax error of an ES module is: V8 keeps the place for itself. The code is read once more as a script, with
// its imports and exports blanked out in place; a script's error comes with the line and a marker.

const fs = require('fs');
const vm = require('vm');

const IMPORT = /^[ \t]*import\b(?!\s*[.(])[^;'"]*(['"])[^'"\n]*\1[^\n;]*;?/gm;
const EXPORT_LIST = /^[ \t]*export\s*(\{[^}]*\}|\*[^;'"]*)(\s*from\s*(['"])[^'"\n]*\3)?;?/gm;
const EXPORT = /^([ \t]*)export\s+(default\s+)?/gm;
const HEAD = "'use strict';(async () => {";

function blank(text) {
  return text.replace(/[^\n]/g, ' ');
}

function locate(error, file) {
  const code = fs.readFileSync(file, 'utf8').replace(/^#!/, '//').replace(IMPORT, blank)
    .replace(EXPORT_LIST, blank)
    .replace(EXPORT, blank);
  try {
    // The head stands in a line of its own, before the first.
    new vm.Script(`${HEAD}\n${code}\n})`, { filename: file, lineOffset: -1 });
  } catch (other) {
    if (other.name === 'SyntaxError') return other;
  }
  return error;
}

module.exports = { locate };
