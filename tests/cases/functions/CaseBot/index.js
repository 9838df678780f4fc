// Answers `case N` as the acceptance suite (third-party-bots §10) says for its case N.

const card = (elements) => ({ type: 'vertical', elements });
const text = (words) => ({ type: 'text', text: words });
const publish = (title, id) => ({
  type: 'button',
  title,
  click: { actions: [{ type: 'publishText', text: title }], metadata: [{ type: 'ExternalId', id }] },
});
const quickReplies = {
  type: 'quickReplies',
  itemsPerRow: 8,
  replies: [publish('Yes', 'yes-1'), publish('No', 'no-1')],
};
const act = (action, actionParameters, messages = ['I do that']) => ({
  messages,
  context: { action, ...(actionParameters ? { actionParameters } : {}) },
});
const BASE64 = 'eyJvcmRlciI6Nzh9';

const CASES = {
  4: () => ({ messages: ['one'], context: {} }),
  5: () => ({ messages: ['one', 'two', 'three'] }),
  6: () => ({
    messages: ['look', { structuredContent: card([text('a card')]), metadata: [{ type: 'ExternalId', id: 'c6' }] }],
  }),
  7: () => ({ messages: [{ structuredContent: card([text('a card')]), metadata: { type: 'ExternalId', id: 'c7' } }] }),
  8: () => ({ messages: ['first'], context: { structuredContent: card([text('last')]), metadata: [] } }),
  9: () => ({ messages: [{ structuredContent: { message: 'Shall I?', quickReplies } }] }),
  10: () => ({ messages: [{ structuredContent: { message: 'Shall I?', quickReplies } }] }),
  11: () => ({ messages: [{ structuredContent: card([{ ...text('a card'), colour: 'red' }]) }] }),
  12: () => ({
    messages: [{ structuredContent: card([{ type: 'image', url: 'https://elsewhere.example.org/cat.png' }]) }],
  }),
  13: () => ({
    messages: ['before', { text: 'for agents', messageAudience: 'AGENTS_AND_MANAGERS' }, 'after'],
    context: { action: 'TRANSFER', actionParameters: { skill: 'Billing' } },
  }),
  14: () => ({ messages: ['x', { text: 'for agents', messageAudience: 'agents' }] }),
  15: () => ({ messages: ['a', { delay: 2 }, 'b'] }),
  16: () => ({ messages: [{ delay: 1, typing: false }] }),
  17: () => ({ messages: ['x', { delay: 1.5 }] }),
  18: () => ({ messages: ['one', 'two'], context: { encodedMetadata: BASE64 } }),
  '19 base64': () => ({ messages: ['one'], context: { encodedMetadata: 'no base64!' } }),
  '19 long': () => ({ messages: ['one'], context: { encodedMetadata: 'A'.repeat(5004) } }),
  '19 off': () => ({ messages: ['one'], context: { encodedMetadata: BASE64 } }),
  20: () => ({ messages: ['ok'], context: { intentId: 'order', intentName: 'Order', confidenceScore: 0.9 } }),
  21: () => ({ messages: [], context: { intentId: 'order', confidenceScore: 0.9 } }),
  22: () => ({
    messages: ['x'],
    context: { intentId: 'order', confidenceScore: 0.9, alternativeIntents: [{ intentId: 7 }] },
  }),
  23: () => act('TRANSFER', { skill: 'Billing' }),
  24: () => act('TRANSFER', { skill: 'Billing', agentId: '42' }),
  25: () => act('TRANSFER', { skill: 'billing' }),
  26: () => act('TRANSFER', { skill: 17 }),
  27: () => act('CLOSE_CONVERSATION'),
  '27 without': () => act('CLOSE_CONVERSATION', { withoutPcs: true }),
  '28 URGENT': () => act('CHANGE_TTR', { ttrType: 'URGENT' }),
  '28 NORMAL': () => act('CHANGE_TTR', { ttrType: 'NORMAL' }),
  '28 PRIORITIZED': () => act('CHANGE_TTR', { ttrType: 'PRIORITIZED' }),
  '29 SUPER': () => act('CHANGE_TTR', { ttrType: 'SUPER' }),
  '29 CUSTOM': () => act('CHANGE_TTR', { ttrType: 'CUSTOM', value: '60' }),
  30: () => act('CHANGE_TTR', {}),
  31: () => invoke({ orderId: 7 }, false),
  '32 false': () => invoke({ orderId: 7 }, false),
  '32 true': () => invoke({ orderId: 7 }, true),
  33: () => invoke('orderId: 7', false),
  34: () => ({}),
  35: () => ({ context: { action: 'DANCE' } }),
  36: () => ({ messages: ['x'], context: { action: 'DANCE' } }),
  '37 null': () => null,
  '37 undefined': () => undefined,
  38: () => {
    throw new Error('no order system');
  },
};

function invoke(payload, failOnError) {
  // The second function is this one again: it is the one whose uuid is known here.
  const lambdaUuid = process.env.X_LIVEPERSON_FUNCTION_UUID;
  return act('INVOCATION', { lambdaUuid, payload, failOnError }, ['one moment']);
}

async function lambda(input) {
  const { message = '', event, context, orderId } = input?.payload ?? {};
  if (orderId) return console.info(`invoked for order ${orderId}`);
  const lpEvent = context?.lpEvent ?? {};
  if (lpEvent.lastConsumerMessage) return { messages: [`You wrote: ${lpEvent.lastConsumerMessage}`] };
  if (event?.name === 'WELCOME' || lpEvent.isWelcomeEvent) return { messages: ['Hi'] };
  const known = CASES[message.replace(/^case /, '')];
  if (known) return known();
  const sdes = context?.lpSdes?.unauthenticatedSdes?.customerInfo?.customerInfo?.customerId;
  const kind = lpEvent.event?.content ? 'rich content' : undefined;
  return { messages: [[message, kind, sdes].filter(Boolean).join(' | ')] };
}
