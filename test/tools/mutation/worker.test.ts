import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { mutantsOf } from '../../../tools/mutation/mutants';
import type { Request } from '../../../tools/mutation/worker';

jest.setTimeout(30_000);

const SOURCE = 'src/clamp.ts';
const SUITE = 'test/clamp.test.ts';
const FILES: Record<string, string> = {
  'tsconfig.dev.json': JSON.stringify({ extends: resolve('tsconfig.dev.json') }),
  'test/jest-setup.ts': 'export {};',
  [SOURCE]: `export const LEAST = 3;
export function clamp(value: number): number {
  return value < LEAST ? LEAST : value;
}
export const unused = (value: number) => value + 1;
let remembered: number | undefined;
export const area = (width: number, height: number) => (remembered ??= width * height);
`,
  [SUITE]: `import { area, clamp } from '../src/clamp';
let calls = 0;
test('small', () => expect(clamp(2)).toBe(3));
test('large', () => expect(clamp(4)).toBe(4));
test('loaded anew', () => expect(++calls).toBe(1));
test('remembers', () => expect(area(2, 3)).toBe(6));
`,
  'test/shown.test.ts': `import { clamp } from '../src/clamp';
test('shows', () => expect(clamp(4)).toMatchSnapshot());
`,
  'test/__snapshots__/shown.test.ts.snap': '// Jest Snapshot v1, https://jestjs.io/docs/snapshot-testing\n\nexports[`shows 1`] = `4`;\n',
  'test/moody.test.ts': `import { clamp } from '../src/clamp';
const state = globalThis as { spoiled?: boolean };
test('spoils the process', () => { const was = state.spoiled; state.spoiled = clamp(4) === 4; expect(was).toBeUndefined(); });
`,
};
/** The places of the tests. */
const ALL = [0, 1, 2, 3];
const mutants = mutantsOf(SOURCE, FILES[SOURCE]);
const mutant = (what: string) => ({ file: SOURCE, index: mutants.findIndex(({ description }) => description.endsWith(what)) });
let folder: string;
let worker: ChildProcess;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'worker-'));
  Object.entries(FILES).forEach(([file, text]) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  });
  ['node_modules', 'tools'].forEach((name) => symlinkSync(resolve(name), join(folder, name)));
  const env = { ...process.env, TS_NODE_PROJECT: resolve('tsconfig.dev.json'), COMPILED_CACHE: join(folder, 'compiled') };
  worker = fork(resolve('tools/mutation/worker.ts'), { cwd: folder, env, execArgv: ['--require', 'ts-node/register/transpile-only'] });
});

afterAll(() => {
  worker.kill();
  rmSync(folder, { recursive: true });
});

async function answerTo(request: Request): Promise<unknown> {
  worker.send(request);
  const [answer] = await once(worker, 'message');
  return answer;
}

test('says which test runs which expressions', async () => {
  const answer = await answerTo({ kind: 'watch', file: SUITE, numbers: { [SOURCE]: 10 } });

  const [three, , , comparison] = mutants.map((_, index) => index + 10);
  const ran = expect.arrayContaining([comparison]);
  expect(answer).toMatchObject({ always: [three], tests: [{ ran }, { ran }, { ran: [] }, {}] });
});

test('names the file that notices', async () => {
  expect(await answerTo({ kind: 'break', ...mutant('3 → (3 + 1)'), attempts: [{ file: SUITE, only: ALL, fromStart: true }] })).toMatchObject({ noticedBy: SUITE });
});

test('runs the tests that it is given, and no other', async () => {
  const always = mutant('value < LEAST → true');

  expect(await answerTo({ kind: 'break', ...always, attempts: [{ file: SUITE, only: [0], fromStart: false }] })).not.toHaveProperty('noticedBy');
  expect(await answerTo({ kind: 'break', ...always, attempts: [{ file: SUITE, only: [1], fromStart: false }] })).toMatchObject({ noticedBy: SUITE });
});

test('turns the mutant off again', async () => {
  await answerTo({ kind: 'break', ...mutant('value < LEAST → true'), attempts: [{ file: SUITE, only: [1], fromStart: false }] });

  expect(await answerTo({ kind: 'break', ...mutant('+ → -'), attempts: [{ file: SUITE, only: [1], fromStart: false }] })).not.toHaveProperty('noticedBy');
});

test('loads a file again for what runs only once', async () => {
  expect(await answerTo({ kind: 'break', ...mutant('+ → -'), attempts: [{ file: SUITE, only: [3], fromStart: false }] })).not.toHaveProperty('noticedBy');
  expect(await answerTo({ kind: 'break', ...mutant('* → /'), attempts: [{ file: SUITE, only: [3], fromStart: false }] })).toMatchObject({ noticedBy: SUITE });
});

test('notices what differs from a snapshot', async () => {
  const shown = [{ file: 'test/shown.test.ts', only: [0], fromStart: false }];

  expect(await answerTo({ kind: 'break', ...mutant('value < LEAST → true'), attempts: shown })).toMatchObject({ noticedBy: 'test/shown.test.ts' });
  expect(await answerTo({ kind: 'break', ...mutant('value < LEAST → false'), attempts: shown })).not.toHaveProperty('noticedBy');
});

test('lets a mutant that nobody notices survive', async () => {
  expect(await answerTo({ kind: 'break', ...mutant('+ → -'), attempts: [{ file: SUITE, only: ALL, fromStart: true }] })).not.toHaveProperty('noticedBy');
});

test('says so if the test fails without the mutant as well', async () => {
  await answerTo({ kind: 'watch', file: 'test/moody.test.ts', numbers: {} });

  expect(await answerTo({ kind: 'break', ...mutant('+ → -'), attempts: [{ file: 'test/moody.test.ts', only: [0], fromStart: false }] })).toMatchObject({ isSpoiled: true });
});
