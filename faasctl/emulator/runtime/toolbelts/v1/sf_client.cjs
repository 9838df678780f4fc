'use strict';
// V1's SFClient: connections of the package jsforce, which carry the function's headers.

const { requireForFunction } = require('../access.cjs');
const { InternalError } = require('./errors.cjs');
const { fromFunction } = require('./http_client.cjs');

/** A Connection of jsforce with the options `params`. */
exports.connectToSalesforce = (params) => {
  const connection = new (jsforce().Connection)(params);
  const transport = connection._transport;
  const send = transport.httpRequest.bind(transport);
  transport.httpRequest = (request, ...more) =>
    send({ ...request, headers: { ...request.headers, ...fromFunction() } }, ...more);
  return connection;
};

function jsforce() {
  try {
    return requireForFunction('jsforce');
  } catch (error) {
    throw new InternalError(
      'faasctl.toolbelt.not-available',
      `SFClient needs the package jsforce, which is not installed on this machine: name it in the function's code, as `
        + `in require('jsforce'), and it is fetched (${error.code})`,
    );
  }
}
