import { wait } from './wait.mjs';

const shared = { statusCode: 200, items: [] };

export async function bad(event) {
  shared.items = [];
  for (const item of event.items) {
    await wait(5 + Math.random() * 10);
    shared.items.push(item);
  }
  return shared;
}

export async function good(event) {
  const response = { statusCode: 200, items: [] };
  for (const item of event.items) {
    await wait(5 + Math.random() * 10);
    response.items.push(item);
  }
  return response;
}
