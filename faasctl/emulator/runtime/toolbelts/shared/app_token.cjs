'use strict';
// Tokens of Sentinel for an app key {client_id, client_secret} (functions-api §2.5), renewed 60 s before they end.

const { access } = require('../access.cjs');
const { OAuth2 } = require('./codes.cjs');
const { parsed, send } = require('./exchange.cjs');

const marginMilliseconds = 60_000;
const kept = new Map();

/** A bearer. `fresh` asks for a new one. Throws what `fail(code, message)` makes. */
exports.appToken = async (services, { client_id, client_secret }, fail, { fresh = false } = {}) => {
  const known = kept.get(client_id);
  if (!fresh && known && known.secret === client_secret && Date.now() < known.until) return known.token;
  const host = await services.get('sentinel');
  let answer;
  try {
    answer = await send({
      url: `https://${host}/sentinel/api/v2/account/${access().account}/app/token?v=2.0`,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret }).toString(),
      timeout: 10_000,
    });
  } catch (error) {
    throw fail(OAuth2.General, `no token could be fetched: ${error.message}`);
  }
  if (answer.statusCode !== 200) throw fail(OAuth2.General, `the token service answered ${answer.statusCode}`);
  const { access_token: token, expires_in: seconds } = parsed(answer.body) || {};
  // The platform's own client takes the seconds as a text only (§2.5, C).
  if (typeof token !== 'string' || typeof seconds !== 'string') {
    throw fail(OAuth2.UnexpectedResponse, 'the token service answered without access_token or expires_in');
  }
  kept.set(client_id, { token, secret: client_secret, until: Date.now() + seconds * 1000 - marginMilliseconds });
  return token;
};

/** Whether a secret's value is an app key. */
exports.isAppKey = (value) =>
  typeof value === 'object' && value !== null &&
  typeof value.client_id === 'string' && typeof value.client_secret === 'string';
