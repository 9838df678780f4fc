'use strict';
// OAuth 1.0 (RFC 5849) with HMAC-SHA1, as V1's LpClient signs (functions-api §11.2, C).

/** The Authorization header for a request without a form body. `nonce` and `timestamp` are made unless given. */
exports.oauthHeader = ({ url, method }, { consumerKey, consumerSecret, token, tokenSecret }, given = {}) => {
  const { createHmac, randomBytes } = require('crypto');
  const own = {
    oauth_consumer_key: consumerKey,
    oauth_nonce: given.nonce || randomBytes(16).toString('hex'),
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: given.timestamp || Math.floor(Date.now() / 1000),
    ...(token && { oauth_token: token }),
    oauth_version: '1.0',
  };
  const { origin, pathname, search } = new URL(url);
  const pairs = [...asked(search), ...Object.entries(own)].map(([name, value]) => [encoded(name), encoded(value)]);
  pairs.sort(([a, x], [b, y]) => compared(a, b) || compared(x, y));
  const parameters = pairs.map(([name, value]) => `${name}=${value}`).join('&');
  const base = [method.toUpperCase(), encoded(origin + pathname), encoded(parameters)].join('&');
  const key = `${encoded(consumerSecret)}&${encoded(tokenSecret || '')}`;
  const signed = { ...own, oauth_signature: createHmac('sha1', key).update(base).digest('base64') };
  const shown = Object.keys(signed).sort().map((name) => `${encoded(name)}="${encoded(signed[name])}"`);
  return { Authorization: `OAuth ${shown.join(', ')}` };
};

function encoded(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

// A plus sign stays one: LivePerson's own signer does not read it as a blank.
function asked(search) {
  return search.slice(1).split('&').filter(Boolean).map((part) => {
    const [name, ...value] = part.split('=').map(decodeURIComponent);
    return [name, value.join('=')];
  });
}

function compared(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
