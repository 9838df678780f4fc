'use strict';
// Preloaded before LivePerson's own toolbelt: its requests to LivePerson's hosts and to those of the emulator's domain
// API go to the emulator, by plain HTTP.

const http = require('http');
const https = require('https');

const emulator = new URL(process.env.JUDGED_EMULATOR);
const led = /(^|\.)(liveperson\.net|emulator\.localhost)$/;

function localised(url) {
  const { hostname, pathname, search } = new URL(url);
  return led.test(hostname) ? `${emulator.origin}${pathname}${search}` : String(url);
}

const fetched = globalThis.fetch;
globalThis.fetch = (url, ...rest) => fetched(localised(url), ...rest);

const requested = https.request;
https.request = (options, ...rest) => {
  if (!led.test(options.hostname || '')) return requested(options, ...rest);
  const { hostname: _, port: __, protocol: ___, agent: ____, ...kept } = options;
  return http.request({ ...kept, host: emulator.hostname, port: emulator.port }, ...rest);
};
