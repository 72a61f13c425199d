import { createSocket } from 'node:dgram';
import { pbkdf2, randomBytes } from 'node:crypto';
import { openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { wait } from './wait.mjs';

const [host, port] = (process.env.AWS_XRAY_DAEMON_ADDRESS ?? '').split(':');
const socket = createSocket('udp4');
socket.unref();

function segment(traceId, user) {
  const body = JSON.stringify({ name: 'work', id: randomBytes(8).toString('hex'), trace_id: traceId, annotations: { user }, start_time: Date.now() / 1000, end_time: Date.now() / 1000 });
  return new Promise((resolve) => socket.send(`{"format":"json","version":1}\n${body}`, Number(port), host, resolve));
}

const rootOf = (context) => /Root=([^;]+)/.exec(context.xRayTraceId)[1];
let root;

export async function badTrace(event, context) {
  root = rootOf(context);
  await wait();
  await segment(root, event.user);
  return { user: event.user };
}

export async function goodTrace(event, context) {
  const mine = rootOf(context);
  await wait();
  await segment(mine, event.user);
  return { user: event.user };
}

let metrics = {};

function publish(values) {
  process.stdout.write(`${JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: 'n', Dimensions: [['user']], Metrics: [{ Name: 'orders' }] }] }, ...values })}\n`);
}

/** All requests write into one blob, and the first one publishes it. */
export async function badMetric(event) {
  metrics.user = event.user;
  metrics.orders = 1;
  await wait();
  if (Object.keys(metrics).length > 0) publish(metrics);
  metrics = {};
  return { user: event.user };
}

export async function goodMetric(event) {
  await wait();
  publish({ user: event.user, orders: 1 });
  return { user: event.user };
}

/** Uses libuv's thread pool, which the native client occupies. */
export async function pool(event) {
  await Promise.all([promisify(pbkdf2)('a', 'b', 1000, 32, 'sha256'), stat(import.meta.filename ?? '.')]);
  return { user: event.user };
}

export async function megabyte(event) {
  await wait(5);
  console.log(`${event.user} ${'x'.repeat(1024 * 1024)}`);
  return { user: event.user };
}

export async function blocks(event) {
  const until = process.cpuUsage().user + 40_000;
  let sum = 0;
  while (process.cpuUsage().user < until) for (let step = 0; step < 10_000; step++) sum += Math.sqrt(step);
  return { user: event.user, sum: sum > 0 };
}

/** Takes 10 ms of CPU time and waits for 90 ms, so nine to ten requests at once keep a CPU busy. */
export async function tenPercent(event) {
  const until = process.cpuUsage().user + 10_000;
  let sum = 0;
  while (process.cpuUsage().user < until) for (let step = 0; step < 1000; step++) sum += Math.sqrt(step);
  await wait(90);
  return { user: event.user, sum: sum > 0 };
}

export async function leavesOpen(event) {
  openSync('/dev/null');
  await wait(5);
  return { user: event.user };
}

/** This runs outside of any request. */
const logged = [];
export async function logsLate(event) {
  process.stdout.write('plain text\n');
  logged.push(event.user);
  return { user: event.user };
}
