'use strict';
// V2's LpClient: calls to LivePerson's services with an app token (functions-api §11.1).

const { appToken, isAppKey } = require('../shared/app_token.cjs');
const { localised } = require('../shared/exchange.cjs');
const { ErrorCodes, failing } = require('./errors.cjs');

const fail = failing('LpClient');
const defaultSecret = 'LIVEPERSON_DEFAULT_APP_KEY';

/** `(service, path, options)`: the options are fetch's and `appKeySecretName`; resolves with fetch's Response. */
exports.lpClient = (services, secrets) =>
  async (service, path, { appKeySecretName = defaultSecret, method = 'GET', ...options }) => {
    const url = localised(`https://${await services.get(service)}${path}`);
    const key = await appKey(secrets, appKeySecretName);
    const attempt = async (fresh) => {
      const headers = new Headers(options.headers);
      headers.set('authorization', `Bearer ${await appToken(services, key, fail, { fresh })}`);
      return fetch(url, { ...options, method, headers });
    };
    const answer = await attempt(false);
    return answer.status === 401 ? attempt(true) : answer;
  };

async function appKey(secrets, name) {
  let value;
  try {
    ({ value } = await secrets.readSecret(name));
  } catch (error) {
    throw fail(ErrorCodes.LpClient.GetCredentialsFailure, `the secret ${name} could not be read: ${error.message}`);
  }
  if (isAppKey(value)) return value;
  throw fail(
    ErrorCodes.LpClient.CredentialsWrongFormat, `the secret ${name} does not hold client_id and client_secret`,
  );
}
