'use strict';
// Functions that call functions of their account, through its gateway (functions-api §7.3, §11.1).

const { access } = require('../access.cjs');
const { appToken, isAppKey } = require('./app_token.cjs');
const { Orchestrator } = require('./codes.cjs');
const { parsed, send } = require('./exchange.cjs');

const ErrorStrategy = { ExitOnError: 'ExitOnError', ContinueOnError: 'ContinueOnError' };
const repeated = new Set([429, 500, 502, 504]);
const repeatedErrors = new Set(['ENOTFOUND', 'ECONNRESET', 'ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ECONNREFUSED']);
const pauseMilliseconds = 200;
const caller = 'Orchestrator';
const query = `v=1&externalSystem=${caller}`;

/** `readSecret(name)` resolves with a secret's value; `fail(code, message)` makes the errors. */
class OrchestratorClient {
  constructor({ services, readSecret, secretName, fail }) {
    Object.defineProperty(this, 'how', { value: { services, readSecret, secretName, fail } });
  }

  /**
   * Invokes the functions, one after the other unless `invokeParallel`: [{uuid, headers, payload, retries,
   * retryFunction}]. Resolves with [{uuid, body, headers, statusCode, error}] within `deadline` milliseconds.
   */
  async invoke(invocations, deadline = 25_000, options = {}) {
    const { json = true, errorStrategy = ErrorStrategy.ExitOnError, invokeParallel = false } = options;
    const { fail } = this.how;
    if (!Array.isArray(invocations) || invocations.some(({ uuid } = {}) => typeof uuid !== 'string')) {
      throw fail(Orchestrator.General, 'the first argument must be a list of {uuid, headers, payload}');
    }
    const end = Date.now() + deadline;
    const one = async (invocation) => {
      const result = await invokeOne(this.how, invocation, { json, end, timeout: options.timeout });
      if (result.error && errorStrategy === ErrorStrategy.ExitOnError) throw result.error;
      return result;
    };
    if (invokeParallel) return Promise.all(invocations.map(one));
    const results = [];
    for (const invocation of invocations) results.push(await one(invocation));
    return results;
  }
}

async function invokeOne(how, { uuid, headers = {}, payload = {}, retries = 3, retryFunction }, limits) {
  const failure = (code, message) => ({ uuid, error: how.fail(code, message) });
  for (let attempt = 0; ; attempt += 1) {
    const left = limits.end - Date.now();
    if (left <= 0) return failure(Orchestrator.Timeout, `function ${uuid} did not answer within the deadline`);
    const outcome = await attemptOne(how, uuid, headers, payload, Math.min(left, limits.timeout || left), limits.json);
    if (!outcome.error || attempt >= retries || !again(outcome, retryFunction)) return finished(outcome, failure);
    await new Promise((resolve) => { setTimeout(resolve, Math.min(pauseMilliseconds * (attempt + 1), left)); });
  }
}

async function attemptOne(how, uuid, headers, payload, timeout, json) {
  const host = await how.services.get('faasGW');
  const token = await appToken(how.services, await credentials(how), how.fail);
  const input = {
    timestamp: Date.now(),
    headers: Object.entries(headers).map(([key, value]) => ({ key, value: String(value) })),
    payload,
  };
  let answer;
  try {
    answer = await send({
      url: `https://${host}/api/account/${access().account}/lambdas/${encodeURIComponent(uuid)}/invoke?${query}`,
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'lp-eventsource': caller },
      body: JSON.stringify(input),
      timeout,
    });
  } catch (error) {
    return { uuid, error };
  }
  const text = answer.body.toString('utf8');
  const shown = { body: json ? parsed(answer.body) ?? text : text, headers: answer.headers, statusCode: answer.statusCode };
  if (answer.statusCode < 300) return { uuid, ...shown };
  return { uuid, ...shown, error: new Error(`function ${uuid} was answered with ${answer.statusCode}: ${text}`) };
}

async function credentials({ readSecret, secretName, fail }) {
  let value;
  try {
    value = await readSecret(secretName);
  } catch (error) {
    throw fail(Orchestrator.GetCredentialsFailure, `the secret ${secretName} could not be read: ${error.message}`);
  }
  if (isAppKey(value)) return value;
  throw fail(Orchestrator.CredentialsWrongFormat, `the secret ${secretName} does not hold client_id and client_secret`);
}

function again({ statusCode, error }, retryFunction) {
  if (typeof retryFunction === 'function') return Boolean(retryFunction(error, statusCode));
  return statusCode === undefined ? repeatedErrors.has(error.code) : repeated.has(statusCode);
}

function finished(outcome, failure) {
  if (!outcome.error) return outcome;
  if (outcome.statusCode !== undefined) {
    return { ...outcome, ...failure(Orchestrator.StatusCode, outcome.error.message) };
  }
  const late = outcome.error.code === 'ETIMEDOUT';
  return failure(late ? Orchestrator.Timeout : Orchestrator.General, outcome.error.message);
}

module.exports = { ErrorStrategy, OrchestratorClient };
