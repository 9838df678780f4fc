'use strict';
// The domain API: at which host each service of the account lives (functions-api §1), kept for 600 s.

const { access } = require('../access.cjs');
const { Csds } = require('./codes.cjs');
const { parsed, send } = require('./exchange.cjs');

const keptMilliseconds = 600_000;
let known = { account: null, until: 0, services: [] };

/** `fail(code, message)` makes the error of the toolbelt that asks. */
class Services {
  constructor(fail) {
    this.fail = fail;
  }

  /** The host of a service. */
  async get(service) {
    const found = (await this.getAll()).find((entry) => entry.service === service);
    if (found) return found.baseURI;
    throw this.fail(Csds.NotFound, `Service "${service}" could not be found. The local platform does not have it.`);
  }

  /** All services as the domain API lists them: [{service, account, baseURI}]. */
  async getAll() {
    const { url, account } = access();
    if (url === null) throw this.fail(Csds.Failure, 'there is no local platform to ask');
    if (known.account === account && Date.now() < known.until) return known.services;
    let answer;
    try {
      answer = await send({ url: `${url}/api/account/${account}/service/baseURI.json?version=1.0`, timeout: 5000 });
    } catch (error) {
      throw this.fail(Csds.Failure, error.message);
    }
    const { baseURIs } = parsed(answer.body) || {};
    if (answer.statusCode !== 200 || !Array.isArray(baseURIs)) {
      throw this.fail(Csds.Failure, `the domain API answered ${answer.statusCode}`);
    }
    known = { account, until: Date.now() + keptMilliseconds, services: baseURIs };
    return baseURIs;
  }
}

module.exports = { Services };
