'use strict';
// `lp-faas-toolbelt`, what functions of V1 require (functions-api §11.2). Its parts are read when they are asked for.

const { ErrorCodes, SecretError, fail } = require('./errors.cjs');
const { ConversationContentTypes, SDETypes, lpServices } = require('../shared/names.cjs');

let services;
const csds = () => {
  const { Services } = require('../shared/services.cjs');
  services ??= new Services(fail);
  return services;
};

class Toolbelt {
  static SecretClient() {
    const { SecretClient } = require('./secret_client.cjs');
    return new SecretClient();
  }

  static HTTPClient() {
    return require('./http_client.cjs').httpClient;
  }

  static CsdsClient() {
    return csds();
  }

  static LpClient() {
    return require('./lp_client.cjs').lpClient(csds(), this.SecretClient());
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
    return {
      replaceConversationFiles: (conversation, credentials, shouldReplace, replacementFile) =>
        replaceFiles(csds(), conversation, credentials, shouldReplace, replacementFile, fail),
    };
  }

  static ContextServiceClient(config) {
    if (!config) throw new Error('No valid configuration was provided');
    const { apiKey, accountId } = config;
    if (!apiKey) throw new Error('No valid API-key was provided');
    if (!accountId) throw new Error('No valid accountId was provided');
    const { ContextServiceClient } = require('../shared/context_service.cjs');
    return new ContextServiceClient({ apiKey, accountId, services: csds() });
  }

  static OrchestratorClient() {
    const { OrchestratorClient } = require('../shared/orchestrator.cjs');
    const secrets = this.SecretClient();
    return new OrchestratorClient({
      services: csds(),
      readSecret: async (name) => (await secrets.readSecret(name)).value,
      secretName: 'lp-faas-orchestrator-app-key',
      fail,
    });
  }

  static MTLSClient(configuration) {
    const { MtlsClient } = require('../shared/mtls.cjs');
    return new MtlsClient(configuration, fail);
  }

  static SFClient() {
    return require('./sf_client.cjs');
  }
}

module.exports = {
  ErrorCodes,
  SecretError,
  LpServices: lpServices('auditlog'),
  ConversationContentTypes,
  SDETypes,
  Toolbelt,
};
