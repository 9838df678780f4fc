'use strict';
// One HTTP request and its answer, on Node's own clients.

const { access } = require('../access.cjs');

const emulated = /\.emulator\.localhost$/;

/** The URL at which this machine serves `url`: hosts that the emulator's domain API names are the emulator. */
function localised(url) {
  const { hostname, pathname, search } = new URL(url);
  return emulated.test(hostname) && access().url ? `${access().url}${pathname}${search}` : url;
}

/**
 * Resolves with {statusCode, statusMessage, headers, body} for any status; `body` is a Buffer. Rejects when no whole
 * answer comes, after `timeout` milliseconds with the code ETIMEDOUT. `tls` is added to Node's request options.
 */
function send({ url, method = 'GET', headers = {}, body, timeout, tls = {} }) {
  return new Promise((resolve, reject) => {
    const target = new URL(localised(url));
    const client = target.protocol === 'https:' ? require('https') : require('http');
    // A connection of its own: a kept one may be closed by the other side at the very moment of its next use.
    const request = client.request(target, { method, headers: { ...headers, ...length(body) }, agent: false, ...tls });
    const alarm = timeout && setTimeout(() => request.destroy(timedOut(timeout)), timeout);
    const end = (settle, value) => {
      clearTimeout(alarm);
      settle(value);
    };
    request.on('error', (error) => end(reject, error));
    request.on('response', (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', (error) => end(reject, error));
      response.on('end', () => {
        const { statusCode, statusMessage, headers: answered } = response;
        end(resolve, { statusCode, statusMessage, headers: answered, body: Buffer.concat(chunks) });
      });
    });
    request.end(body);
  });
}

function length(body) {
  return body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
}

function timedOut(milliseconds) {
  return Object.assign(new Error(`no answer within ${milliseconds} ms`), { code: 'ETIMEDOUT' });
}

/** The body as JSON; undefined when it is none. */
function parsed(body) {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

module.exports = { localised, parsed, send };
