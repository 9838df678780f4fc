'use strict';
// `core-functions-toolbelt`, what functions of V2 import (functions-api §11.1). Its parts are read when they are asked
// for.

const { ErrorCodes, ToolBeltError, failing } = require('./errors.cjs');
const { ConversationContentTypes, SDETypes, lpServices } = require('../shared/names.cjs');

const services = (component) => {
  const { Services } = require('../shared/services.cjs');
  return new Services(failing(component));
};

class Toolbelt {
  static SecretClient(options) {
    const { SecretClient } = require('./secret_client.cjs');
    return new SecretClient(options);
  }

  static CsdsClient() {
    return services('CsdsClient');
  }

  static LpClient() {
    return require('./lp_client.cjs').lpClient(services('LpClient'), this.SecretClient());
  }

  static OrchestratorClient() {
    const { OrchestratorClient } = require('../shared/orchestrator.cjs');
    const secrets = this.SecretClient();
    return new OrchestratorClient({
      services: services('OrchestratorClient'),
      readSecret: async (name) => (await secrets.readSecret(name)).value,
      secretName: 'LIVEPERSON_DEFAULT_APP_KEY',
      fail: failing('OrchestratorClient'),
    });
  }

  static ConversationUtil() {
    const { ConversationUtil } = require('./conversation_util.cjs');
    return new ConversationUtil(this.LpClient());
  }

  static SDEUtil() {
    const { SDEUtil } = require('./sde_util.cjs');
    return new SDEUtil(this.LpClient());
  }

  static GDPRUtil() {
    const { replaceFiles } = require('../shared/files.cjs');
    const fail = failing('GDPRUtil');
    return {
      replaceConversationFiles: (conversation, credentials, shouldReplace, file) =>
        replaceFiles(services('GDPRUtil'), conversation, credentials, shouldReplace, file, fail),
    };
  }

  /** Takes the API key of the Context Session Store, as such or as {apiKey, accountId}: the sources disagree. */
  static ContextServiceClient(given) {
    const { apiKey = undefined, accountId = undefined } = typeof given === 'string' ? { apiKey: given } : given || {};
    const { ContextErrorCodes, ContextServiceClient } = require('../shared/context_service.cjs');
    const { access } = require('../access.cjs');
    if (!apiKey) {
      throw new ToolBeltError(
        ContextErrorCodes.Parameter.Incorrect, 'No valid API-key was provided', 'ContextServiceClient',
      );
    }
    const account = accountId || access().account;
    return new ContextServiceClient({ apiKey, accountId: account, services: services('ContextServiceClient') });
  }

  static MTLSClient(configuration) {
    const { MtlsClient } = require('../shared/mtls.cjs');
    return new MtlsClient(configuration, failing('MTLSClient'));
  }

  /** Its requests go through LivePerson's gateway for client certificates, which the local platform does not have. */
  static LPMtlsClient() {
    const call = async () => services('LPMtlsClient').get('mtlsGateway');
    return { get: call, post: call };
  }

  static SFClient() {
    return {
      connectToSalesforce() {
        throw new ToolBeltError(
          'faasctl.toolbelt.not-available',
          'SFClient is deprecated, and not available on the local platform: use the module @jsforce/jsforce-node',
          'SFClient',
        );
      },
    };
  }
}

module.exports = {
  Toolbelt,
  ErrorCodes,
  ToolBeltError,
  ConversationContentTypes,
  SDETypes,
  LpServices: lpServices('auditLog'),
  get ErrorStrategy() {
    return require('../shared/orchestrator.cjs').ErrorStrategy;
  },
  get globalSecretCache() {
    return require('./secret_client.cjs').globalSecretCache;
  },
};
