'use strict';
// Which way a connection goes: to the emulator, through, or nowhere. No sockets here.

const net = require('net');
const url = require('url');

const { isIP } = net;
const { domainToASCII } = url;
const { now } = Date;
const [endsWith, indexOf, slice, toLowerCase] = ['endsWith', 'indexOf', 'slice', 'toLowerCase']
  .map((name) => Function.prototype.call.bind(String.prototype[name])); // the function may change its own

function plain(host) {
  let name = toLowerCase(`${host}`);
  if (name[0] === '[') name = slice(name, 1, -1);
  if (endsWith(name, '.')) name = slice(name, 0, -1);
  return isIP(name) ? name : domainToASCII(name) || name;
}

// `*.example.com` stands for one label and no more; a port, where one is given, must be the same.
function pattern(text) {
  const [, name, port] = /^(.*?|\[.*\])(?::(\d+))?$/.exec(isIP(text) ? `[${text}]` : text);
  const wildcard = name.startsWith('*.');
  return { wildcard, name: plain(wildcard ? name.slice(2) : name), port: port === undefined ? null : Number(port) };
}

function fits(patterns, host, port) {
  for (let index = 0; index < patterns.length; index += 1) {
    const one = patterns[index];
    if (one.port !== null && port !== null && one.port !== port) continue;
    if (!one.wildcard) {
      if (host === one.name) return true;
    } else if (!isIP(host)) {
      const dot = indexOf(host, '.');
      if (dot > 0 && slice(host, dot + 1) === one.name) return true;
    }
  }
  return false;
}

function isBelow(domains, host) {
  for (let index = 0; index < domains.length; index += 1) {
    if (host === domains[index] || endsWith(host, `.${domains[index]}`)) return true;
  }
  return false;
}

// At most `count` in any span of `milliseconds`.
class Window {
  constructor(count, milliseconds) {
    this.times = new Array(count).fill(-Infinity); // a ring: `next` is the oldest
    this.next = 0;
    this.span = milliseconds;
  }

  take() {
    const at = now();
    if (at - this.times[this.next] < this.span) return false;
    this.times[this.next] = at;
    this.next = (this.next + 1) % this.times.length;
    return true;
  }
}

class Rules {
  constructor({ emulator, emulatorDomains, offline, allowedHosts, allowedDomains }) {
    this.emulator = null;
    if (emulator !== null) {
      const [, host, port] = /^(.*):(\d+)$/.exec(emulator);
      this.emulator = { host: plain(host), port: Number(port) };
    }
    this.emulatorDomains = emulatorDomains;
    this.offline = offline;
    this.allowedHosts = allowedHosts.map(pattern);
    this.setDomains(allowedDomains);
  }

  // The account's allow-list; null where the platform has none (V2).
  setDomains(domains) {
    this.domains = domains === null ? null : domains.map(pattern);
  }

  // `own`: the emulator's very address; `emulator`: a host of LivePerson, which it stands for; `through`;
  // `unlisted` and `offline`: nowhere, and why. A port of null stands for any.
  decide(name, port) {
    const host = plain(name);
    const at = this.emulator;
    if (at !== null) {
      if (port === at.port && (host === at.host || host === 'localhost')) return 'own';
      if (isBelow(this.emulatorDomains, host)) return 'emulator';
    }
    if (this.domains !== null && !fits(this.domains, host, port)) return 'unlisted';
    if (this.offline && !fits(this.allowedHosts, host, port)) return 'offline';
    return 'through';
  }
}

module.exports = { Rules, Window };
