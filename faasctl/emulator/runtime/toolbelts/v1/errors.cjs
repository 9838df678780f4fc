'use strict';
// V1's errors, in the classes and groups of LivePerson's own toolbelt (C); MTLS and the orchestrator are not in it.

const { Csds, Mtls, Orchestrator, Platform, Secret } = require('../shared/codes.cjs');

class InternalError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

class SecretError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

const { Invalid, Failure, NotFound, AuthFailure } = Secret;
const ErrorCodes = { Platform, Secret: { Invalid, Failure, NotFound, AuthFailure }, Csds, Mtls, Orchestrator };

/** An error with further words, and with the code where the toolbelt gave one. */
const retold = (error, message) =>
  (error instanceof InternalError || error instanceof SecretError ? new InternalError(error.code, message) : new Error(message));

module.exports = { ErrorCodes, InternalError, SecretError, fail: (code, message) => new InternalError(code, message), retold };
