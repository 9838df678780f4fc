'use strict';
// The Context Session Store: properties in sessions in namespaces (service `mavenContext`). Paths, checks and codes
// are those of LivePerson's own client (C).

const { parsed, send } = require('./exchange.cjs');

const sdk = 'com.liveperson.context-service-sdk';
const ContextErrorCodes = {
  General: { Issue: `${sdk}.internal-server-error`, Unknown: `${sdk}.unkown`, Timeout: `${sdk}.response-timeout` },
  Parameter: { Incorrect: `${sdk}.parameter.invalid` },
  Authorization: { Invalid: `${sdk}.authorization.invalid` },
  Data: { NotFound: `${sdk}.data.does-not-exist` },
};
const builtIn = new Set(['faas', 'consumer', 'custom', 'operational', 'conversation']);
const defaultSession = '__default__';
const milliseconds = 10_000;

class SDKError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }

  toString() {
    return `SDKError: ${this.code} ${this.message}`;
  }
}

class ContextServiceClient {
  constructor({ apiKey, accountId, services }) {
    Object.defineProperty(this, 'how', { value: { apiKey, accountId, services } });
  }

  async createNamespace(namespace, options = {}) {
    if (!namespace) throw incorrect('Namespace can not be null, undefined or empty string');
    if (builtIn.has(namespace)) throw incorrect('Can not create a built-in namespace');
    if (options.ttl <= 0) throw incorrect('TTL needs to be a positive integer above 0');
    const query = options.ttl ? `?ttlSecond=${options.ttl}` : '';
    await ask(this.how, 'POST', query, { name: namespace });
    return (await this.getListOfNamespaces()).find(({ name }) => name === namespace);
  }

  async deleteNamespace(namespace) {
    if (!namespace) return;
    if (builtIn.has(namespace)) throw incorrect('Can not delete a built-in namespace');
    await ask(this.how, 'DELETE', `/${namespace}`);
  }

  async getListOfNamespaces() {
    const list = JSON.parse(await ask(this.how, 'GET', ''));
    return list.map(({ name, createdAt, ttlSecond }) => (
      { name, createdAt: new Date(createdAt), ...(ttlSecond && { ttlSecond }) }
    ));
  }

  async setPropertiesInNamespace(namespace, properties, sessionId) {
    await ask(this.how, 'PATCH', inSession(namespace, sessionId), properties);
    return this.getAllPropertiesInSession(namespace, sessionId);
  }

  async updatePropertiesInNamespace(namespace, properties, sessionId) {
    return this.setPropertiesInNamespace(namespace, properties, sessionId);
  }

  async getAllPropertiesInSession(namespace, sessionId) {
    return JSON.parse(await ask(this.how, 'GET', inSession(namespace, sessionId)));
  }

  async getSelectedPropertiesInSession(namespace, propertyNames, sessionId) {
    const found = {};
    for (const name of propertyNames) {
      try {
        found[name] = await this.getPropertyInSession(namespace, name, sessionId);
      } catch (error) {
        if (error.code !== ContextErrorCodes.Data.NotFound) throw error;
      }
    }
    return found;
  }

  async getPropertyInSession(namespace, propertyName, sessionId) {
    const text = await ask(this.how, 'GET', `${inSession(namespace, sessionId)}/${propertyName}`);
    const value = parsed(Buffer.from(text));
    return value === undefined ? text : value;
  }

  async deletePropertyInSession(namespace, propertyName, sessionId) {
    await ask(this.how, 'DELETE', `${inSession(namespace, sessionId)}/${propertyName}`);
  }

  async deleteSession(namespace, sessionId) {
    await ask(this.how, 'DELETE', `/${namespace}/${sessionId}/properties/`);
  }

  async getListOfSessions(namespace) {
    return JSON.parse(await ask(this.how, 'GET', `/${namespace}/session-ids`));
  }
}

function inSession(namespace, sessionId = defaultSession) {
  return `/${namespace}/${sessionId}/properties`;
}

function incorrect(message) {
  return new SDKError(ContextErrorCodes.Parameter.Incorrect, message);
}

async function ask({ apiKey, accountId, services }, method, path, body) {
  const host = await services.get('mavenContext');
  let answer;
  try {
    answer = await send({
      url: `https://${host}/v1/account/${accountId}${path}`,
      method,
      headers: { 'maven-api-key': apiKey, 'content-type': 'application/json', accept: 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      timeout: milliseconds,
    });
  } catch (error) {
    if (error.code === 'ETIMEDOUT') {
      throw new SDKError(ContextErrorCodes.General.Timeout, `Request exceeded Deadline of ${milliseconds}ms`);
    }
    throw new SDKError(error.code || ContextErrorCodes.General.Unknown, error.message);
  }
  if (answer.statusCode < 300) return answer.body.toString('utf8');
  throw refused(answer);
}

function refused({ statusCode, body }) {
  const { General, Authorization, Data } = ContextErrorCodes;
  if (statusCode === 403) return new SDKError(Authorization.Invalid, 'Provided API Key is either invalid or lacks permission');
  if (statusCode === 404) return new SDKError(Data.NotFound, 'Requested Ressource does not exist');
  if (statusCode === 500 || statusCode === 503) {
    return new SDKError(General.Issue, 'Internal Server Error occured during processing request');
  }
  const { message = `status ${statusCode}` } = parsed(body) || {};
  return new SDKError(General.Unknown, `Unkown Error ${message} occured`);
}

module.exports = { ContextErrorCodes, ContextServiceClient, SDKError };
