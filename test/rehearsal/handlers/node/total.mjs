import { wait } from './wait.mjs';

let total = 0;

/** Numbers don't show their owner. The bug shows because they differ only when requests run at once. */
export async function bad(event) {
  total = 0;
  for (const price of event.prices) {
    await wait(4 + Math.random() * 8);
    total += price;
  }
  return { total };
}

export async function good(event) {
  let sum = 0;
  for (const price of event.prices) {
    await wait(4 + Math.random() * 8);
    sum += price;
  }
  return { total: sum };
}
