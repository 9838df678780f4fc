'use strict';
// V2's ConversationUtil: reads a conversation from the message history (which the local platform does not have), and
// finds keywords in one.

const { access } = require('../access.cjs');
const { messagesWith } = require('../shared/transcripts.cjs');
const { ErrorCodes, failing } = require('./errors.cjs');

const fail = failing('ConversationUtil');
const codes = ErrorCodes.ConversationUtil;

class ConversationUtil {
  constructor(lpClient) {
    Object.defineProperty(this, 'lpClient', { value: lpClient });
  }

  async getConversationById(conversationId, contentToRetrieve) {
    if (!conversationId) throw fail(codes.General, 'Please provide a conversation ID.');
    const chosen = contentToRetrieve && contentToRetrieve.length > 0 ? { contentToRetrieve } : {};
    const answer = await this.lpClient(
      'msgHist',
      `/messaging_history/api/account/${access().account}/conversations/conversation/search?v=2`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ conversationId, ...chosen }),
      },
    );
    const conversation = answer.ok ? await answer.json().catch(() => undefined) : undefined;
    const records = conversation && conversation.conversationHistoryRecords;
    if (!Array.isArray(records)) {
      throw fail(codes.UnexpectedResponse, `the message history answered ${answer.status} without a conversation`);
    }
    if (records.length === 0) throw fail(codes.NotFound, `Conversation "${conversationId}" not found.`);
    return conversation;
  }

  scanConversationForKeywords(conversation, keywords) {
    if (!conversation) throw fail(codes.General, 'Please provide conversation object.');
    if (!keywords || keywords.length === 0) throw fail(codes.General, 'Please provide array containing keywords.');
    return messagesWith(conversation, keywords);
  }
}

module.exports = { ConversationUtil };
