'use strict';
// V2's SDEUtil: engagement attributes of a conversation; adding some needs the monitoring service (`smt`), which the
// local platform does not have.

const { access } = require('../access.cjs');
const { attributesOf } = require('../shared/transcripts.cjs');
const { ErrorCodes, failing } = require('./errors.cjs');

const fail = failing('SDEUtil');
const codes = ErrorCodes.SDEUtil;

class SDEUtil {
  constructor(lpClient) {
    Object.defineProperty(this, 'lpClient', { value: lpClient });
  }

  getSDEsFromConv(conversation) {
    if (!conversation || !Array.isArray(conversation.conversationHistoryRecords)) {
      throw fail(codes.General, 'Please provide a valid conversation.');
    }
    try {
      return attributesOf(conversation);
    } catch (error) {
      throw fail(codes.General, `Error while getting SDEs from conversation: ${error.message}`);
    }
  }

  async addSDEs(sdes, visitorId, sessionId) {
    if (!sdes || sdes.length === 0) throw fail(codes.General, 'Please provide one or more SDEs');
    const answer = await this.lpClient(
      'smt',
      `/api/account/${access().account}/monitoring/visitors/${visitorId}/visits/current/events?v=1&sid=${sessionId}`,
      { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(sdes) },
    );
    if (!answer.ok) throw fail(codes.UnexpectedResponse, `Error while setting SDEs: status ${answer.status}`);
  }
}

module.exports = { SDEUtil };
