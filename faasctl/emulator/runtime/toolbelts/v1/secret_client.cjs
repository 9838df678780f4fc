'use strict';
// V1's secrets: never cached (functions-api §10, D).

const store = require('../shared/secret_store.cjs');
const { ErrorCodes, SecretError, fail } = require('./errors.cjs');

const longestValue = 10_000;
const milliseconds = 5000;

class SecretClient {
  /** Resolves with {key, value}; SecretError where there is no such secret. */
  async readSecret(key) {
    try {
      return await store.read(key, milliseconds, fail);
    } catch (error) {
      if (error.code !== ErrorCodes.Secret.NotFound) throw new SecretError(error.code, error.message);
      throw new SecretError(error.code, `There is no Secret ${key} for this account`);
    }
  }

  /** Replaces a secret that is there, given as {key, value}; resolves with the same. */
  async updateSecret(secret) {
    const { key, value } = secret;
    if (value.length > longestValue) {
      throw new SecretError(
        ErrorCodes.Secret.Invalid, `Provided Secret Value exceeds allowed length of ${longestValue}`,
      );
    }
    try {
      await store.update(key, value, milliseconds, fail);
    } catch {
      throw new SecretError(ErrorCodes.Secret.Failure, `Updating Secret ${key} failed`);
    }
    return secret;
  }
}

module.exports = { SecretClient };
