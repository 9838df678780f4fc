async function lambda(input) {
  const payload = input.payload;
  if (payload.message === 'case 47') throw new Error('the hook broke');
  if (payload.message === 'case 45') payload.message += ', said the pre-hook';
  return payload;
}
