import { wait } from './wait.mjs';

export async function bad(event) {
  process.env.TENANT = event.user;
  await wait();
  return { statusCode: 200, body: JSON.stringify({ tenant: process.env.TENANT }) };
}

export async function good(event) {
  const settings = { tenant: event.user };
  await wait();
  return { statusCode: 200, body: JSON.stringify(settings) };
}
