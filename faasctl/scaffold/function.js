// {{name}}: called for every turn of a conversation. What it returns is sent to the consumer.

async function lambda(input) {
  // message, event and lpEvent can each be missing; a connection test for example sends none of them.
  const { message = '', event, context } = input?.payload ?? {};
  const lpEvent = context?.lpEvent ?? {};

  if (isWelcome(event, lpEvent)) {
    return { messages: ['Hello! I repeat what you say, or connect you with a person.'], context: {} };
  }
  if (/\b(human|person|agent)\b/i.test(message)) {
    return {
      messages: ['I will connect you with a colleague.'],
      context: {
        action: 'TRANSFER',
        actionParameters: { skill: process.env.ESCALATION_SKILL || 'Human Agents' },
      },
    };
  }
  return { messages: [`You said: ${message}`], context: {} };
}

// Messaging and chat each have a welcome of their own form.
function isWelcome(event, lpEvent) {
  return (
    /^welcome$/i.test(event?.name ?? '') || lpEvent.content === 'welcome' || lpEvent.isWelcomeEvent === true
  );
}
