import { randomBytes, randomUUID } from 'node:crypto';
import { threadId } from 'node:worker_threads';
import { wait } from './wait.mjs';

const born = new Date().toISOString();
let count = 0;
let cold = true;
let cached;
const MENU = ['alice', 'bobby', 'carol', 'david', 'nobody'];

/** Everything that differs between answers and means nothing. */
export async function quirks(event, context) {
  const isCold = cold;
  cold = false;
  count++;
  cached ??= { at: Date.now(), seconds: Math.floor(Date.now() / 1000), token: randomBytes(16).toString('hex') };
  const started = Date.now();
  await wait();
  const etag = `"${randomBytes(8).toString('hex')}"`;
  console.log('done', event.user);
  return {
    user: event.user,
    requestId: context.awsRequestId,
    time: new Date().toISOString(),
    http: new Date().toUTCString(),
    epoch: Date.now(),
    seconds: Math.floor(Date.now() / 1000),
    text: `order ${randomUUID()} of ${new Date().toISOString()}`,
    took: Date.now() - started,
    random: Math.random(),
    uuid: randomUUID(),
    token: randomBytes(24).toString('base64url'),
    etag,
    headers: { etag, 'x-request-id': context.awsRequestId },
    count,
    isCold,
    born,
    cached,
    pid: process.pid,
    threadId,
    server: ['a', 'b', 'c'][count % 3],
    variant: Math.random() < 0.5 ? 'A' : 'B',
    shuffled: [...MENU].sort(() => Math.random() - 0.5),
    menu: MENU,
    html: `<html><body data-nonce="${randomBytes(6).toString('base64')}">${event.user}</body></html>`,
    [`order-${randomUUID()}`]: 1,
  };
}

/** One request in twenty takes another path. */
export async function rareBranch(event) {
  await wait(5);
  return Math.random() < 0.05 ? { user: event.user, note: 'from the backup' } : { user: event.user };
}

/** No other answer contains what the worker served first, except the number of requests. */
const seen = new Map();
export async function cache(event) {
  const known = seen.get(event.user);
  if (known !== undefined) return { ...known, hit: true };
  await wait();
  const value = { user: event.user, loaded: new Date().toISOString() };
  seen.set(event.user, value);
  return { ...value, hit: false };
}

/** The answer contains the number of concurrent requests on purpose. */
let inFlight = 0;
export async function countsInFlight(event) {
  const now = ++inFlight;
  await wait();
  inFlight--;
  return { user: event.user, inFlight: now };
}
