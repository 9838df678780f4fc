'use strict';
// V1's ConversationUtil: reads a conversation from the message history (which the local platform does not have), and
// finds keywords in one.

const { access } = require('../access.cjs');
const { messagesWith } = require('../shared/transcripts.cjs');
const { retold } = require('./errors.cjs');

class ConversationUtil {
  constructor(lpClient) {
    this.lpClient = lpClient;
  }

  async getConversationById(conversationId, contentToRetrieve) {
    if (!conversationId) throw new Error('Please provide a conversation ID.');
    const chosen = contentToRetrieve && contentToRetrieve.length > 0 ? { contentToRetrieve } : {};
    try {
      const conversation = await this.lpClient(
        'msgHist',
        `/messaging_history/api/account/${access().account}/conversations/conversation/search?v=2`,
        {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: { conversationId, ...chosen },
          json: true,
        },
      );
      if (!conversation.conversationHistoryRecords.length) throw new Error(`Conversation "${conversationId}" not found.`);
      return conversation;
    } catch (error) {
      throw retold(error, `Error while fetching conversation "${conversationId}": ${error.message}`);
    }
  }

  scanConversationForKeywords(conversation, keywords) {
    if (!conversation) throw new Error('Please provide conversation object.');
    if (!keywords || keywords.length === 0) throw new Error('Please provide array containing keywords.');
    return messagesWith(conversation, keywords);
  }
}

module.exports = { ConversationUtil };
