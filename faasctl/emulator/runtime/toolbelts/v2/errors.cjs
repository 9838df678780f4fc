'use strict';
// V2's one error class: it carries component, code and message (functions-api §11.1).

class ToolBeltError extends Error {
  constructor(code, message, component) {
    super(message);
    this.name = 'ToolBeltError';
    this.code = code;
    this.component = component;
  }
}

/** Makes the errors of one component of the toolbelt. */
const failing = (component) => (code, message) => new ToolBeltError(code, message, component);

module.exports = { ErrorCodes: require('../shared/codes.cjs'), ToolBeltError, failing };
