'use strict';
// V2's secrets, kept for five minutes unless asked otherwise (functions-api §9, §11.1).

const store = require('../shared/secret_store.cjs');
const { ErrorCodes, failing } = require('./errors.cjs');

const fail = failing('SecretClient');
const keptSeconds = 300;
const milliseconds = 5000;
const name = /^[A-Za-z0-9_-]{1,100}$/;
const longestValue = 16_384;

/** What was read of secrets; `ttl` is how many seconds it holds. */
class SecretCache {
  constructor(ttl = keptSeconds) {
    this.ttl = ttl;
    this.entries = new Map();
  }

  get(key) {
    const entry = this.entries.get(key);
    return entry !== undefined && Date.now() < entry.until ? structuredClone(entry.value) : undefined;
  }

  set(key, value) {
    this.entries.set(key, { value: structuredClone(value), until: Date.now() + this.ttl * 1000 });
  }

  delete(key) {
    this.entries.delete(key);
  }

  clear() {
    this.entries.clear();
  }
}

const globalSecretCache = new SecretCache();

class SecretClient {
  constructor({ cache } = {}) {
    const own = cache && cache.ttl !== undefined;
    Object.defineProperty(this, 'cache', { value: own ? new SecretCache(cache.ttl) : globalSecretCache });
  }

  /** Resolves with {key, value}. `timeout` is milliseconds. */
  async readSecret(key, { useCache = true, timeout = milliseconds } = {}) {
    checkName(key);
    const known = useCache ? this.cache.get(key) : undefined;
    if (known !== undefined) return { key, value: known };
    const { value } = await store.read(key, timeout, fail);
    this.cache.set(key, value);
    return { key, value };
  }

  /** Replaces the value of a secret that is there; resolves with {key, value}. */
  async updateSecret(secret) {
    const { key, value } = secret || {};
    checkName(key);
    const text = JSON.stringify(value);
    if (text === undefined || text === 'null' || text.length > longestValue) {
      throw fail(ErrorCodes.Secret.Invalid, `a secret's value is JSON with at most ${longestValue} characters`);
    }
    this.cache.delete(key);
    await store.update(key, value, milliseconds, fail);
    globalSecretCache.delete(key);
    this.cache.set(key, JSON.parse(text));
    return { key, value };
  }
}

function checkName(key) {
  if (typeof key === 'string' && name.test(key)) return;
  throw fail(ErrorCodes.Secret.Invalid, `${key} cannot name a secret: letters, digits, - and _, 100 at most`);
}

module.exports = { SecretClient, globalSecretCache };
