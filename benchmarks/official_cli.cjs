'use strict';
// Preloaded before LivePerson's own CLI: its requests to LivePerson's hosts and to those of the emulator's domain API go to
// the emulator, by plain HTTP, so that what it waits for is a machine that answers at once.

const http = require('http');
const https = require('https');

const emulator = new URL(process.env.BENCHMARK_EMULATOR);
const led = /(^|\.)(liveperson\.net|emulator\.localhost)$/;
const { request } = https;

https.request = (first, ...rest) => {
  const address = first instanceof URL || typeof first === 'string' ? new URL(first) : null;
  const options = address ? rest.find((part) => part && typeof part === 'object') || {} : first;
  const host = address ? address.hostname : String(options.hostname || options.host || '');
  if (!led.test(host)) return request(first, ...rest);
  const { hostname: _, host: __, port: ___, protocol: ____, agent: _____, href: ______, ...kept } = options;
  const path = address ? address.pathname + address.search : options.path;
  const callback = rest.find((part) => typeof part === 'function');
  return http.request({ ...kept, path, host: emulator.hostname, port: emulator.port }, callback);
};
