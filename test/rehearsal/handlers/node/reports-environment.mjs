/** Fails if the environment isn't that of the function. */
export async function handler(event) {
  const strangers = Object.keys(process.env).filter((name) => /SECRET|SESSION_TOKEN|ACCESS_KEY|REHEARSAL/.test(name));
  if (strangers.length > 0) throw new Error(`there is ${strangers}`);
  if (process.env.TABLE !== 'orders' || process.env.AWS_LAMBDA_MAX_CONCURRENCY !== '2') throw new Error('the environment of the function is missing');
  return { user: event.user };
}
