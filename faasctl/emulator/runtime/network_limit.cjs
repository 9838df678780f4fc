'use strict';
// V1 lets a function send so many requests in a second (functions-api §10); the next ones are answered with 429. Each
// request counts, whether it opens a connection or uses one again, so this stands above the sockets.

const http = require('http');
const stream = require('stream');

const { apply } = Reflect;
const { addRequest } = http.Agent.prototype;
const ANSWER = 'HTTP/1.1 429 Too Many Requests\r\nContent-Type: text/plain\r\nContent-Length: 17\r\n'
  + 'Connection: close\r\n\r\nToo Many Requests';

// Takes a request, and answers it once.
class Refusing extends stream.Duplex {
  constructor() {
    super({ emitClose: true });
    this.answered = false;
    for (const name of ['ref', 'setKeepAlive', 'setNoDelay', 'setTimeout', 'unref']) this[name] = () => this;
  }

  _read() {} // see _write

  _write(chunk, encoding, done) {
    if (!this.answered) {
      this.answered = true;
      this.push(ANSWER);
      this.push(null);
    }
    done();
  }
}

// `isOwn(host, port)` tells the emulator's own address, where nothing counts; `tell(host)` is called for a refusal.
function install(requests, isOwn, tell) {
  http.Agent.prototype.addRequest = function addLimited(request, options, ...rest) {
    const { host = 'localhost', port = 80 } = typeof options === 'object' && options !== null ? options : {};
    if (isOwn(host, Number(port)) || requests.take()) return apply(addRequest, this, [request, options, ...rest]);
    tell(host);
    request.onSocket(new Refusing());
    return undefined;
  };
  const { fetch } = globalThis;
  const limited = {
    async fetch(input, ...rest) {
      const { hostname, port, protocol } = new URL(typeof input === 'object' && 'url' in input ? input.url : input);
      const fallback = protocol === 'https:' ? 443 : 80;
      if (isOwn(hostname, Number(port) || fallback) || requests.take()) return fetch(input, ...rest);
      tell(hostname);
      return new Response('Too Many Requests', { status: 429, statusText: 'Too Many Requests' });
    },
  };
  globalThis.fetch = limited.fetch;
}

module.exports = { install };
