'use strict';
// V1's LpClient: calls to LivePerson's services, signed with an OAuth 1.0 key out of a secret.

const { oauthHeader } = require('../shared/oauth1.cjs');
const { retold } = require('./errors.cjs');
const { httpClient } = require('./http_client.cjs');

const defaultSecret = 'lp-faas-default-app-key';

/** `(service, path, options)`: the options are HTTPClient's and `appKeySecretName`; resolves as HTTPClient does. */
exports.lpClient = (services, secrets) =>
  async (service, path, { appKeySecretName = defaultSecret, method = 'GET', ...options }) => {
    const baseUrl = `https://${await services.get(service)}`;
    const key = await appKey(secrets, appKeySecretName);
    const signature = oauthHeader({ url: `${baseUrl}${path}`, method }, key);
    return httpClient(path, { ...options, baseUrl, method, headers: { ...options.headers, ...signature } });
  };

async function appKey(secrets, name) {
  try {
    return (await secrets.readSecret(name)).value;
  } catch (error) {
    throw retold(error, `Could not fetch App Key credentials from secret storage: ${error.message}`);
  }
}
