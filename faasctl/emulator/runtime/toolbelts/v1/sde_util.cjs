'use strict';
// V1's SDEUtil: engagement attributes of a conversation; adding some needs the monitoring service (`smt`), which the
// local platform does not have.

const { access } = require('../access.cjs');
const { attributesOf } = require('../shared/transcripts.cjs');
const { retold } = require('./errors.cjs');

class SDEUtil {
  constructor(lpClient) {
    this.lpClient = lpClient;
  }

  getSDEsFromConv(conversation) {
    try {
      if (!conversation || !Object.hasOwn(conversation, 'conversationHistoryRecords')) {
        throw new Error('Please provide a valid conversation.');
      }
      return attributesOf(conversation);
    } catch (error) {
      throw new Error(`Error while getting SDEs from conversation: ${error.message}`);
    }
  }

  async addSDEs(sdes, visitorId, sessionId) {
    if (!sdes || sdes.length === 0) throw new Error('Please provide one or more SDEs');
    try {
      await this.lpClient(
        'smt',
        `/api/account/${access().account}/monitoring/visitors/${visitorId}/visits/current/events?v=1&sid=${sessionId}`,
        { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: sdes, json: true },
      );
    } catch (error) {
      throw retold(error, `Error while setting SDEs: ${error.message}`);
    }
  }
}

module.exports = { SDEUtil };
