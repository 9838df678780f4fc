'use strict';
// V1's HTTPClient, with the interface of the package request-promise (functions-api §10, §11.2).

const { localised, send } = require('../shared/exchange.cjs');

const mostRedirects = 10;
const redirects = new Set([301, 302, 303, 307, 308]);

class StatusCodeError extends Error {
  constructor(statusCode, body, options, response) {
    super(`${statusCode} - ${JSON.stringify(body)}`);
    Object.assign(this, { name: 'StatusCodeError', statusCode, error: body, options, response });
  }
}

class RequestError extends Error {
  constructor(cause, options) {
    super(String(cause));
    Object.assign(this, { name: 'RequestError', cause, error: cause, options, response: undefined });
  }
}

/**
 * `httpClient(url, options)` or `httpClient(options)`. Resolves with the body, or with the whole response where
 * resolveWithFullResponse is set. Rejects with RequestError where no answer comes, and with StatusCodeError for other
 * statuses than 2xx unless `simple` is false.
 */
async function httpClient(first, second) {
  const options = typeof first === 'string' ? { uri: first, ...second } : { ...second, ...first };
  let response;
  try {
    response = await follow(options);
  } catch (error) {
    throw new RequestError(error, options);
  }
  const { simple = true, resolveWithFullResponse = false, transform } = options;
  if (simple && (response.statusCode < 200 || response.statusCode > 299)) {
    throw new StatusCodeError(response.statusCode, response.body, options, response);
  }
  if (typeof transform === 'function') return transform(response.body, response, resolveWithFullResponse);
  return resolveWithFullResponse ? response : response.body;
}

async function follow(options) {
  let request = prepared(options);
  for (let count = 0; ; count += 1) {
    const answer = await send(request);
    const next = redirected(options, request, answer);
    if (next === undefined) return shown(options, request, answer);
    if (count >= (options.maxRedirects || mostRedirects)) {
      throw new Error(`Exceeded maxRedirects. Probably stuck in a redirect loop ${request.url}`);
    }
    request = next;
  }
}

// The next request of a redirection that is to be followed: GET and HEAD are, others only with followAllRedirects.
function redirected({ followRedirect = true, followAllRedirects = false }, request, { statusCode, headers }) {
  if (!redirects.has(statusCode) || !headers.location || !followRedirect) return undefined;
  const reading = request.method === 'GET' || request.method === 'HEAD';
  if (!reading && !followAllRedirects) return undefined;
  const url = new URL(headers.location, request.url);
  const kept = { ...request, url: url.href };
  if (!reading && statusCode < 307) Object.assign(kept, { method: 'GET', body: undefined });
  if (url.host !== new URL(request.url).host) kept.headers = without(kept.headers, 'authorization');
  return kept;
}

function prepared(options) {
  const headers = { ...fromFunction(), ...options.headers };
  const body = written(options, headers);
  authorised(options.auth, headers);
  if (options.gzip) setDefault(headers, 'accept-encoding', 'gzip, deflate');
  const { cert, key, ca, passphrase, rejectUnauthorized, strictSSL } = options;
  const unchecked = rejectUnauthorized === false || strictSSL === false;
  const tls = { cert, key, ca, passphrase, ...(unchecked && { rejectUnauthorized: false }) };
  return {
    url: address(options),
    method: (options.method || 'GET').toUpperCase(),
    headers,
    body,
    timeout: options.timeout,
    tls: Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined)),
  };
}

function fromFunction() {
  return { 'LP-URL': process.env.BRAND_ID || '', 'User-Agent': `LP-Lambda-${process.env.LAMBDA_UUID}` };
}

function address({ uri, url = uri, baseUrl, qs }) {
  let text = typeof url === 'object' && url !== null ? url.href : url;
  if (baseUrl !== undefined) text = `${baseUrl.replace(/\/$/, '')}/${String(text || '').replace(/^\//, '')}`;
  if (!text) throw new Error('options.uri is a required argument');
  const target = new URL(text);
  for (const [name, value] of Object.entries(flat(qs || {}))) target.searchParams.append(name, value);
  return target.href;
}

// Lists and objects in a query are named a[0] and a[name].
function flat(values, prefix) {
  const pairs = Object.entries(values).map(([name, value]) => {
    const key = prefix === undefined ? name : `${prefix}[${name}]`;
    return typeof value === 'object' && value !== null ? flat(value, key) : { [key]: value };
  });
  return Object.assign({}, ...pairs);
}

function written({ json, body, form, formData }, headers) {
  if (formData !== undefined) throw new Error('formData is not available on the local platform: send body or form');
  if (form !== undefined) {
    setDefault(headers, 'content-type', 'application/x-www-form-urlencoded');
    return typeof form === 'string' ? form : new URLSearchParams(flat(form)).toString();
  }
  const content = typeof json === 'object' && json !== null ? json : body;
  if (json) setDefault(headers, 'accept', 'application/json');
  if (content === undefined || content === null) return undefined;
  if (json) {
    setDefault(headers, 'content-type', 'application/json');
    return JSON.stringify(content);
  }
  if (typeof content === 'string' || Buffer.isBuffer(content)) return content;
  throw new TypeError('Argument error, options.body: a text or a Buffer, or anything with json: true');
}

function authorised(auth, headers) {
  if (!auth) return;
  const { user = auth.username, pass = auth.password, bearer } = auth;
  const basic = () => `Basic ${Buffer.from(`${user}:${pass || ''}`).toString('base64')}`;
  setDefault(headers, 'authorization', bearer === undefined ? basic() : `Bearer ${bearer}`);
}

function shown({ json, encoding, gzip }, { url, method }, answer) {
  const raw = gzip ? unpacked(answer) : answer.body;
  const text = encoding === null ? raw : raw.toString(encoding || 'utf8');
  const { statusCode, statusMessage, headers } = answer;
  return { statusCode, statusMessage, headers, body: json ? read(text) : text, request: { method, href: localised(url) } };
}

function unpacked({ headers, body }) {
  const zlib = require('zlib');
  if (headers['content-encoding'] === 'gzip') return zlib.gunzipSync(body);
  return headers['content-encoding'] === 'deflate' ? zlib.inflateSync(body) : body;
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function setDefault(headers, name, value) {
  if (!Object.keys(headers).some((given) => given.toLowerCase() === name)) headers[name] = value;
}

function without(headers, name) {
  return Object.fromEntries(Object.entries(headers).filter(([given]) => given.toLowerCase() !== name));
}

module.exports = { RequestError, StatusCodeError, fromFunction, httpClient };
