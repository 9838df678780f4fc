'use strict';
// What stands between a function and Node's modules and connections. To load it costs 15 ms, so a function whose code
// names no way there goes without: it has the language and what `seal` leaves of it.

const v8 = require('v8');

// V8 takes Node's own compiled code only under the flags that it was compiled with. These have had their effect.
for (const flag of ['--rehash-snapshot', '--max-old-space-size=0']) v8.setFlagsFromString(flag);

const access = require('./toolbelts/access.cjs');
const { confine } = require('./confine.cjs');
const modules = require('./modules.cjs');
const network = require('./network.cjs');

// Call it before it is known which function will run, if possible.
function prepare(pipes) {
  confine(pipes);
  network.cover();
}

// `settings` is Outward.as_json(), `file` the copy of the code; `warn` writes a Warn entry of the invocation that runs.
function install(settings, file, warn) {
  access.grant(settings.toolbelt, file);
  modules.install(settings.modules, file);
  network.install(settings.network, warn);
}

module.exports = { allow: network.allow, explain: modules.explain, install, prepare };
