import { wait } from './wait.mjs';

const recent = [];
let first;

export async function recentUsers(event) {
  recent.unshift(event.user);
  recent.length = Math.min(recent.length, 3);
  await wait();
  return { user: event.user, recent: [...recent] };
}

export async function firstUser(event) {
  first ??= event.user;
  await wait();
  return { user: event.user, tenant: first };
}
