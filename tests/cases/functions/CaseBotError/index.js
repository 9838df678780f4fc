async function lambda(input) {
  console.error('told of', input.payload.error.name);
}
