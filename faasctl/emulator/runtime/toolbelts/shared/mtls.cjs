'use strict';
// Requests with a client certificate, straight to the host that the function names.

const { Mtls } = require('./codes.cjs');
const { parsed, send } = require('./exchange.cjs');

const milliseconds = 10_000;

/** `fail(code, message)` makes the errors. `cert`, `key` and `ca` are PEM texts; `ca` may be missing. */
class MtlsClient {
  constructor(configuration, fail) {
    const { cert, key, ca } = configuration || {};
    if (!cert || !key) throw fail(Mtls.MissingConf, 'MTLSClient needs cert and key');
    check(cert, (crypto) => new crypto.X509Certificate(cert), fail, Mtls.InvalidCert, 'cert is no certificate in PEM');
    check(key, (crypto) => crypto.createPrivateKey(key), fail, Mtls.InvalidKey, 'key is no private key in PEM');
    Object.defineProperty(this, 'how', { value: { tls: { cert, key, ca }, fail } });
  }

  get(url, headers, options) {
    return request(this.how, 'GET', url, undefined, headers, options);
  }

  head(url, headers, options) {
    return request(this.how, 'HEAD', url, undefined, headers, options);
  }

  options(url, headers, options) {
    return request(this.how, 'OPTIONS', url, undefined, headers, options);
  }

  post(url, body, headers, options) {
    return request(this.how, 'POST', url, body, headers, options);
  }

  put(url, body, headers, options) {
    return request(this.how, 'PUT', url, body, headers, options);
  }

  patch(url, body, headers, options) {
    return request(this.how, 'PATCH', url, body, headers, options);
  }

  delete(url, body, headers, options) {
    return request(this.how, 'DELETE', url, body, headers, options);
  }
}

function check(text, read, fail, code, message) {
  try {
    read(require('crypto'));
  } catch {
    throw fail(code, message);
  }
}

// Resolves with {statusCode, headers, body}, the body as JSON where it is some; an error status rejects.
async function request({ tls, fail }, method, url, body, headers = {}, { timeout = milliseconds } = {}) {
  if (!/^https:\/\//i.test(String(url))) throw fail(Mtls.InvalidRequest, `${url} is no https:// address`);
  const json = body !== undefined && typeof body !== 'string' && !Buffer.isBuffer(body);
  let answer;
  try {
    answer = await send({
      url: String(url),
      method,
      headers: json ? { 'content-type': 'application/json', ...headers } : headers,
      body: json ? JSON.stringify(body) : body,
      timeout,
      tls,
    });
  } catch (error) {
    throw fail(error.code === 'ETIMEDOUT' ? Mtls.Timeout : Mtls.General, error.message);
  }
  const content = parsed(answer.body);
  const shown = { statusCode: answer.statusCode, headers: answer.headers, body: content ?? answer.body.toString('utf8') };
  if (answer.statusCode < 400) return shown;
  throw Object.assign(fail(Mtls.RemoteThrew, `${method} ${url} was answered with ${answer.statusCode}`), shown);
}

module.exports = { MtlsClient };
