import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { wait } from './wait.mjs';

async function through(file, event) {
  await writeFile(file, event.user);
  await wait();
  try {
    return { user: await readFile(file, 'utf-8') };
  } finally {
    await rm(file, { force: true });
  }
}

export const bad = (event) => through('/tmp/work.txt', event);

export const good = (event) => through(`/tmp/work-${randomUUID()}.txt`, event);

/** The answer comes from memory, so only the file shows that requests share it. */
export async function quiet(event) {
  await writeFile('/tmp/work.txt', event.user);
  await wait();
  await rm('/tmp/work.txt', { force: true });
  return { user: event.user };
}

/** Written once, read by all. */
let cached;
export async function cache(event) {
  cached ??= writeFile('/tmp/cache.txt', 'the same for all');
  await cached;
  return { user: event.user, cached: await readFile('/tmp/cache.txt', 'utf-8') };
}
