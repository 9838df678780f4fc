'use strict';
// What the toolbelts reach the emulator with. It is handed over when the function is loaded, and not in process.env:
// a hosted function sees no such variables.

const nothing = { url: null, account: null, token: null };
let given = nothing;
let copy = __filename;

// `access` is {url, account, token}: the emulator's base URL, the account, and the bearer of its functions. `file` is
// the copy of the function's code, beside which its packages lie.
exports.grant = (access, file) => {
  given = access && access.url ? access : nothing;
  copy = file;
};

exports.access = () => given;

// A package of the platform, as the function itself would find it.
exports.requireForFunction = (name) => require('module').createRequire(copy)(name);
