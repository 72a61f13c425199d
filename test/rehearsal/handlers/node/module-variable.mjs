import { wait } from './wait.mjs';

let current;

export async function bad(event) {
  current = event.user;
  await wait();
  return { user: current };
}

export async function good(event) {
  const user = event.user;
  await wait();
  return { user };
}
