// OrderBot: a small bot of the event "Third-Party Bots Custom Integration".
//
// The connector calls lambda() for every turn of a conversation. It hands over
//   input.payload.message          what the consumer wrote; empty or missing when nothing was written
//   input.payload.event            present on a welcome; its name is WELCOME
//   input.payload.convId           the conversation
//   input.payload.context.lpEvent  the platform's own event, with more detail
//   input.payload.context.lpSdes   engagement attributes, when the bot asks for them
// and sends what lambda() returns: { messages: [...], context: {...} }.
//
// Nothing is remembered between two turns: keep what must last in a service of yours, by convId.

const RICH_CONTENT = 'com.liveperson.bot-connectors.consumer.send-rich-content';
const FILE = 'com.liveperson.bot-connectors.consumer.send-file';

// Stands for your order system. With a real one, await fetch(...) with a time-out well below a second:
// the platform ends an invocation after 30 seconds, but a consumer waits for none of them.
const ORDERS = {
  1001: { status: 'on its way', detail: 'It arrives tomorrow before noon.' },
  1002: { status: 'being packed', detail: 'It leaves our warehouse today.' },
  1003: { status: 'delivered', detail: 'Your neighbour at number 7 took it.' },
};

async function lambda(input) {
  // Any of these can be missing, in a connection test for example; a bot must not break then.
  const { message = '', event, convId, context } = input?.payload ?? {};
  const lpEvent = context?.lpEvent ?? {};
  const turn = { text: String(message ?? '').trim(), isChat: isChat(lpEvent) };

  // Ten log entries are kept of an invocation: one that says what happened is enough.
  // No words of the consumer here: logs are read by more people than conversations are.
  const intent = intentOf(turn, event, lpEvent);
  console.info('turn', { convId, intent });

  return ANSWERS[intent](turn, lpEvent);
}

// ---- what is wanted ---------------------------------------------------------------------------------------

function intentOf({ text }, event, lpEvent) {
  if (isWelcome(event, lpEvent)) return 'welcome';
  if (text === RICH_CONTENT || text === FILE) return 'attachment';
  if (/\b(human|person|agent|someone)\b/i.test(text)) return 'handover';
  if (/\b(bye|goodbye|that's all)\b/i.test(text)) return 'goodbye';
  if (orderNumber(text)) return 'order';
  if (/\border\b/i.test(text)) return 'askNumber';
  if (/\b(ship|shipping|deliver|delivery)\b/i.test(text)) return 'shipping';
  if (/\b(return|returns|refund)\b/i.test(text)) return 'returns';
  return 'unclear';
}

// Messaging and chat each have a welcome of their own form.
function isWelcome(event, lpEvent) {
  return (
    /^welcome$/i.test(event?.name ?? '') || lpEvent.content === 'welcome' || lpEvent.isWelcomeEvent === true
  );
}

function isChat(lpEvent) {
  return lpEvent.conversationContext?.type === 'CHAT' || lpEvent['@type'] === 'line';
}

function orderNumber(text) {
  return text.match(/\b\d{4,10}\b/)?.[0];
}

// ---- what is answered -------------------------------------------------------------------------------------

const ANSWERS = {
  welcome(turn, lpEvent) {
    const greeting = process.env.GREETING || 'Hello';
    const shop = process.env.SHOP_NAME || 'our shop';
    // Set when a conversation that is under way was transferred to the bot.
    const said = lpEvent.lastConsumerMessage;
    const opening = said ? [`I read your message: "${said}".`] : [];
    return reply([`${greeting}, welcome to ${shop}!`, ...opening, offer(turn, 'How can I help you?')]);
  },

  order({ text }) {
    const number = orderNumber(text);
    const order = ORDERS[number];
    if (!order) {
      return reply([`I find no order ${number}. Please look at the number in your confirmation e-mail.`]);
    }
    // What is said in words reaches every channel; the card comes on top where it can be shown.
    return reply([`Order ${number} is ${order.status}.`, card(number, order)], 'order-status');
  },

  askNumber: () => reply(['Which order do you mean? Please send me its number, for example 1001.']),

  shipping: () => reply(['Shipping takes two to three working days and is free from 40 euros.'], 'shipping'),

  returns: () => reply(['You can return everything within 30 days. The label lies in the parcel.'], 'returns'),

  attachment: () => reply(['I cannot open that, sorry. Please write to me what it is about.']),

  goodbye: () => ({ messages: ['Thank you, goodbye!'], context: { action: 'CLOSE_CONVERSATION' } }),

  // One action a reply. The skill's name must be spelled as in the account: case counts.
  handover: () => ({
    messages: ['I will connect you with a colleague.'],
    context: {
      action: 'TRANSFER',
      actionParameters: { skill: process.env.ESCALATION_SKILL || 'Human Agents' },
    },
  }),

  // A reply needs a message or an action, or the conversation goes to the escalation skill with an error.
  unclear: (turn) => reply([offer(turn, 'I did not understand that. What is it about?')]),
};

// An intent shows in the agent's workspace when a person takes over; it needs a score from 0 to 1.
function reply(messages, intentId) {
  return { messages, context: intentId ? { intentId, confidenceScore: 1 } : {} };
}

// Quick replies exist in messaging only: in chat they are an error, so the same is said in words.
function offer({ isChat: inChat }, question) {
  if (inChat) return `${question} I know about orders and shipping, or connect you with a person.`;
  const replies = [
    ['Where is my order?', 'order'],
    ['Shipping', 'shipping'],
    ['Talk to a person', 'handover'],
  ].map(([title, id]) => button(title, title, `quick-${id}`));
  return {
    structuredContent: { message: question, quickReplies: { type: 'quickReplies', itemsPerRow: 3, replies } },
  };
}

function card(number, order) {
  return {
    structuredContent: {
      type: 'vertical',
      elements: [
        { type: 'text', text: `Order ${number}: ${order.status}`, style: { bold: true, size: 'large' } },
        { type: 'text', text: order.detail },
        button('Talk to a person', 'Talk to a person', `order-${number}-handover`),
      ],
    },
    metadata: [{ type: 'ExternalId', id: `order-${number}` }],
  };
}

// A click sends `says` as if the consumer had written it, together with the id.
function button(title, says, id) {
  return {
    type: 'button',
    title,
    tooltip: title,
    click: { actions: [{ type: 'publishText', text: says }], metadata: [{ type: 'ExternalId', id }] },
  };
}
