async function lambda(input) {
  const reply = input.payload;
  if (reply.messages?.[0] === 'case 46') reply.messages[0] = 'edited by the post-hook';
  return reply;
}
