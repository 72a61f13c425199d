import { wait } from './wait.mjs';

let busy = false;

export async function bad(event) {
  if (busy) throw new Error('connection is in use');
  busy = true;
  await wait();
  busy = false;
  return { user: event.user };
}

let queue = Promise.resolve();

export async function good(event) {
  const turn = queue.then(() => wait(3));
  queue = turn;
  await turn;
  return { user: event.user };
}
