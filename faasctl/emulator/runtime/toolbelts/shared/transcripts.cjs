'use strict';
// What the conversation utilities find in a conversation of the message history.

/**
 * The messages that a keyword, a regular expression, occurs in: keyword after keyword, in the order of the
 * transcript, each {message, sentTimestamp, sentBy, tag}.
 */
exports.messagesWith = (conversation, keywords) => {
  const [{ messageRecords }] = conversation.conversationHistoryRecords;
  const messages = messageRecords.filter(({ type }) => type === 'TEXT_PLAIN' || type === 'HOSTED_FILE').map(told);
  return keywords.flatMap((keyword) =>
    messages
      .filter(({ message }) => message.match(new RegExp(keyword, 'gmi')))
      .map((message) => ({ ...message, tag: `keywordRef:${keyword}` })));
};

function told({ type, messageData, timeL, sentBy }) {
  return { message: type === 'TEXT_PLAIN' ? messageData.msg.text : messageData.file.caption, sentTimestamp: timeL, sentBy };
}

/** The engagement attributes of the conversation, the latest last: {sdes: {events}, unAuthSdes: {events}}. */
exports.attributesOf = (conversation) => {
  const [{ sdes = { events: [] }, unAuthSdes = { events: [] } }] = conversation.conversationHistoryRecords;
  const sorted = ({ events }) => ({ events: events.sort((a, b) => (a.serverTimeStamp < b.serverTimeStamp ? -1 : 1)) });
  return { sdes: sorted(sdes), unAuthSdes: sorted(unAuthSdes) };
};

/** The paths of the files that the conversation shows and `wanted(path)` picks. */
exports.filesOf = (conversation, wanted) =>
  (conversation.conversationHistoryRecords || [])
    .flatMap(({ messageRecords }) => messageRecords)
    .filter(({ type }) => type === 'HOSTED_FILE')
    .map(({ messageData }) => messageData.file.relativePath)
    .filter(wanted);
