'use strict';
// The account's secrets, which the emulator keeps (its paths are ours: LivePerson publishes none).

const { access } = require('../access.cjs');
const { Secret } = require('./codes.cjs');
const { parsed, send } = require('./exchange.cjs');

const codes = new Set(Object.values(Secret));

/** What the store holds under `key`: {key, value}. Throws what `fail(code, message)` makes. */
exports.read = (key, timeout, fail) => ask('GET', key, undefined, timeout, fail);

/** Replaces the value of a secret that is there; resolves with {key, value}. */
exports.update = (key, value, timeout, fail) => ask('PUT', key, JSON.stringify({ value }), timeout, fail);

async function ask(method, key, body, timeout, fail) {
  const { url, account, token } = access();
  if (url === null) throw fail(Secret.Failure, 'there is no local platform to ask');
  let answer;
  try {
    answer = await send({
      url: `${url}/emulator/accounts/${account}/toolbelt/secrets/${encodeURIComponent(key)}`,
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
      timeout,
    });
  } catch (error) {
    throw fail(error.code === 'ETIMEDOUT' ? Secret.Timeout : Secret.Failure, error.message);
  }
  const content = parsed(answer.body) || {};
  if (answer.statusCode === 200) return content;
  throw fail(codes.has(content.code) ? content.code : Secret.Failure, content.message || 'no readable answer');
}
