'use strict';
// Preloaded into Node (NODE_OPTIONS=--require …): connections to LivePerson's hosts lead to the emulator that runs on
// the folder in which this file lies. The client itself stays as it is: it names LivePerson's hosts and checks their
// certificates.

const fs = require('fs');
const net = require('net');
const path = require('path');

const HOSTS = /(^|\.)(liveperson\.net|liveperson\.com|lpsnmedia\.net|emulator\.localhost)$/i;

const { http, https } = running();
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function led(...given) {
  // net.connect and tls.connect hand over [options, callback] as one argument.
  const [first, second, third] = Array.isArray(given[0]) ? given[0] : given;
  const named = typeof first === 'object' && first !== null;
  const options = named ? first : { port: first, host: second };
  if (!HOSTS.test(options.host || '')) return connect.apply(this, given);
  const callback = [second, third].find((value) => typeof value === 'function');
  const { lookup: _, path: __, ...kept } = options;
  return connect.call(this, { ...kept, host: '127.0.0.1', port: Number(options.port) === 80 ? http : https }, callback);
};

function running() {
  const file = path.join(__dirname, 'endpoint.json');
  let endpoint;
  try {
    endpoint = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    endpoint = {};
  }
  // Without an emulator the client would reach LivePerson itself, with what was meant for a rehearsal.
  if (!endpoint.url || !endpoint.tls_url) {
    throw new Error(`no emulator with --tls runs (${file}): start it, or unset NODE_OPTIONS`);
  }
  return { http: Number(new URL(endpoint.url).port), https: Number(new URL(endpoint.tls_url).port) };
}
