'use strict';
// The toolbelts' error codes (functions-api §11.1). How V1 groups them is C; V2's groups are named in its manner.

const faas = 'com.liveperson.faas';

module.exports = {
  Platform: { Secret: { NoToken: `${faas}.handler.no-sa-token` } },
  Secret: {
    Invalid: `${faas}.secret.invalid-format`,
    Failure: `${faas}.secret.op-failed`,
    Timeout: `${faas}.secret.op-timed-out`,
    NotFound: `${faas}.secret.not-found`,
    AuthFailure: `${faas}.secret.auth-failed`,
    Forbidden: `${faas}.secret.forbidden`,
  },
  Csds: { NotFound: `${faas}.csds.domain.not-found`, Failure: `${faas}.csds.op-failed` },
  Mtls: {
    General: `${faas}.mtls.general-issue`,
    RemoteThrew: `${faas}.mtls.remote-threw`,
    MissingConf: `${faas}.mtls.missing-conf`,
    InvalidKey: `${faas}.mtls.invalid-key`,
    InvalidCert: `${faas}.mtls.invalid-cert`,
    InvalidRequest: `${faas}.mtls.invalid-request`,
    Timeout: `${faas}.mtls.request-timeout`,
  },
  LpMtls: {
    CredentialsWrongFormat: `${faas}.lp-mtls.credentials-wrong-format`,
    GetCredentialsFailure: `${faas}.lp-mtls.get-credentials-failure`,
  },
  OAuth2: { General: `${faas}.oauth2.general-issue`, UnexpectedResponse: `${faas}.oauth2.unexpected-response` },
  LpClient: {
    CredentialsWrongFormat: `${faas}.lp-client.credentials-wrong-format`,
    GetCredentialsFailure: `${faas}.lp-client.get-credentials-failure`,
  },
  ConversationUtil: {
    General: `${faas}.conversation-util-general`,
    NotFound: `${faas}.conversation-util.conversation.not-found`,
    UnexpectedResponse: `${faas}.conversation-util.unexpected-response`,
    Timeout: `${faas}.conversation-util.timeout`,
  },
  GDPRUtil: {
    General: `${faas}.gdpr-util-general`,
    AuthFailure: `${faas}.gdpr-util.auth-failed`,
    ReplaceFileFailure: `${faas}.gdpr-util.replace-file-failed`,
  },
  SDEUtil: {
    General: `${faas}.sdes-util-general`,
    UnexpectedResponse: `${faas}.sdes-util.unexpected-response`,
  },
  Orchestrator: {
    General: `${faas}.orchestrator-fn-general`,
    Timeout: `${faas}.orchestrator-fn.invoke.timeout`,
    StatusCode: `${faas}.orchestrator-fn.invoke.status-code-error`,
    CredentialsWrongFormat: `${faas}.orchestrator-fn.credentials-wrong-format`,
    GetCredentialsFailure: `${faas}.orchestrator-fn.get-credentials-failure`,
  },
};
