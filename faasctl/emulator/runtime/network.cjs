'use strict';
// Lets the function's connections go only where they would go on the platform (functions-api §9, §10). It stands below
// http, https, fetch and every package that uses them: all connect through net.Socket. It is no wall against hostile
// code, which can dig out Node's own handles.

const { syncBuiltinESMExports } = require('module');
const net = require('net');
const { Rules, Window } = require('./network_rules.cjs');

const { apply } = Reflect;
const { assign } = Object;
const { isArray } = Array;
const { nextTick } = process;
const { isIP, _normalizeArgs: normalize } = net;
const connectSocket = net.Socket.prototype.connect;

let bridge = null;
let rules = null;
let codes = null;
let warn = null;
let second = null; // how many connections may still be opened in it
let minute = null;
const open = new Map(); // V1: socket -> {host, port}

function failure(message, code) {
  return assign(new Error(message), { code });
}

function refusal(verdict, host, port) {
  if (verdict === 'unlisted') {
    warn(`The connection to ${host} was closed: the domain is not on the account's allow-list. `
      + 'Add it to the allowed domains of the account (emulator.allowed_domains in bot.yaml)');
    return failure('Socket is closed', codes.socketClosed);
  }
  const where = port === null ? host : `${host}:${port}`;
  const message = `the function runs offline and may not reach ${where}`;
  warn(`No connection: ${message}. LivePerson's hosts are reached, in the emulator, and hosts that are allowed by name. `
    + 'emulator.offline: false in bot.yaml lets it go out');
  return failure(message, codes.offline);
}

function noSuchNetwork(what) {
  const message = `functions reach hosts by HTTP and HTTPS alone, and not ${what}`;
  warn(`No connection: ${message}`);
  return failure(message, codes.noSuchNetwork);
}

// What stands in the way of a connection, and its options as they are to be used.
function route(socket, options) {
  if (options.path !== undefined && options.path !== null) return { error: noSuchNetwork('a Unix socket') };
  const host = options.host || 'localhost';
  const port = Number(options.port);
  const verdict = rules.decide(host, port);
  if (verdict === 'own') return { options };
  if (verdict === 'emulator') {
    cover();
    bridge.lead(socket);
    return { options: { ...options, ...rules.emulator, lookup: undefined, family: undefined, localAddress: undefined } };
  }
  if (verdict !== 'through') return { error: refusal(verdict, host, port) };
  if (second !== null && !(second.take() && minute.take())) {
    const message = `no further connection, to ${host}: the function opened too many`;
    warn(message);
    return { error: failure(message, codes.tooManyConnections) };
  }
  if (rules.domains !== null) remember(socket, host, port);
  return { options };
}

function remember(socket, host, port) {
  open.set(socket, { host, port });
  socket.once('close', () => open.delete(socket));
}

function connect(...args) {
  const [asked, done] = isArray(args[0]) ? args[0] : normalize(args);
  const { options, error } = route(this, asked);
  if (error === undefined) return apply(connectSocket, this, done ? [options, done] : [options]);
  this.connecting = true; // what is written waits
  nextTick(() => this.destroy(error));
  return this;
}

// ---- names ---------------------------------------------------------------------------------------------------

function question(name, original, promises) {
  const asks = function ask(host, ...rest) {
    const known = typeof host === 'string' && host !== '' && !(isIP(host) && name === 'lookup') && host !== 'localhost';
    const verdict = known ? rules.decide(host, null) : 'through';
    const done = promises ? null : rest[rest.length - 1];
    if (verdict === 'offline') return answered(promises, done, refusal(verdict, host, null));
    if (verdict === 'emulator') {
      const address = rules.emulator.host;
      if (name === 'lookup') return found(promises, done, rest[0], address);
      const kind = promises || rest.length > 1 ? rest[0] : undefined;
      if (name === 'resolve4' || (name === 'resolve' && (kind === undefined || kind === 'A'))) {
        return answered(promises, done, null, [address]);
      }
    }
    return apply(original, this, [host, ...rest]);
  };
  return Object.defineProperties(asks, Object.getOwnPropertyDescriptors(original));
}

function found(promises, done, options, address) {
  const entry = { address, family: isIP(address) };
  if (typeof options === 'object' && options !== null && options.all) return answered(promises, done, null, [entry]);
  return promises ? answered(true, null, null, entry) : answered(false, done, null, address, entry.family);
}

async function later(error, value) {
  if (error !== null) throw error;
  return value;
}

function answered(promises, done, error, ...values) {
  if (promises) return later(error, values[0]);
  if (typeof done !== 'function') throw error || new TypeError('the callback is not a function');
  nextTick(done, error, ...values);
  return undefined;
}

function coverNames(dns) {
  const places = [[dns, false], [dns.Resolver.prototype, false]];
  places.push([dns.promises, true], [dns.promises.Resolver.prototype, true]);
  for (const [place, promises] of places) {
    for (const name of Object.getOwnPropertyNames(place)) {
      if (/^(lookup|resolve|reverse)/.test(name)) place[name] = question(name, place[name], promises);
    }
  }
}

// ---- the function's network ------------------------------------------------------------------------------------

// What lies above the sockets: 14 ms and 9 MB, so it is loaded before it is known which function will run, if possible.
function cover() {
  if (bridge !== null) return;
  const dgram = require('dgram');
  const dns = require('dns');
  const tls = require('tls');
  bridge = require('./network_tls.cjs');
  tls.connect = bridge.connecting((host, port) => rules.decide(host, port) === 'emulator');
  for (const name of ['send', 'connect', 'bind']) {
    dgram.Socket.prototype[name] = () => { throw noSuchNetwork('by datagrams'); };
  }
  coverNames(dns);
  syncBuiltinESMExports();
}

// `settings` is NetworkPolicy.as_json(); `log` writes a Warn entry of the invocation that runs.
function install(settings, log) {
  rules = new Rules(settings);
  codes = settings.codes;
  warn = log;
  const { requestsPerSecond, connectionsPerSecond, connectionsPerMinute } = settings;
  if (requestsPerSecond !== null) {
    const limit = require('./network_limit.cjs'); // here, since http takes 4 ms to load
    const isOwn = (host, port) => rules.decide(host, port) === 'own';
    limit.install(new Window(requestsPerSecond, 1000), isOwn, (host) => warn(
      `429 for a request to ${host}: the platform lets a function send ${requestsPerSecond} requests in a second`,
    ));
  }
  if (connectionsPerSecond !== null) {
    second = new Window(connectionsPerSecond, 1000);
    minute = new Window(connectionsPerMinute, 60_000);
  }
}

// The account's allow-list from now on. Clients keep connections; those to a host that left the list end.
function allow(domains) {
  rules.setDomains(domains);
  for (const [socket, { host, port }] of [...open]) if (rules.decide(host, port) === 'unlisted') socket.destroy();
}

net.Socket.prototype.connect = connect;
syncBuiltinESMExports();

module.exports = { allow, cover, install };
