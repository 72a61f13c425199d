import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Ajv from 'ajv';
import { buildSync } from 'esbuild';
import { CLIENTS, EVENTS, HANDLERS, NODE } from './rehearse-fixture';
import { readEvents } from '../../src/cli/events';
import { showProgress } from '../../src/cli/progress';

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'cli-test-'));
/** Beside the repository's own files, as it is in the package. */
const MAIN = resolve('.cache/cli-test/lib/main.js');
const events = join(folder, 'events.json');
const NODE_OPTIONS = ['--runtime', 'nodejs24.x', '--code', join(HANDLERS, 'node'), '--client', join(CLIENTS, 'node'), '--interpreter', NODE, '--concurrency', '4', '--events', events];

beforeAll(() => {
  // Without aws-cdk-lib and constructs: a bundle that needs them would fail.
  buildSync({
    entryPoints: ['src/cli/main.ts'],
    bundle: true,
    platform: 'node',
    outfile: MAIN,
    external: ['aws-cdk-lib', 'constructs'],
    logLevel: 'error',
    define: { __dirname: JSON.stringify(resolve('src/rehearsal')) },
  });
  writeFileSync(events, JSON.stringify(EVENTS));
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf-8', cwd: folder });
  return { status, stdout, stderr };
}

test('knows no CDK', () => {
  expect(readFileSync(MAIN, 'utf-8')).not.toMatch(/require\("(aws-cdk-lib|constructs)/);
});

test('ends with 1 where something is wrong, and prints nothing but the report into a pipe', () => {
  const { status, stdout, stderr } = run('rehearse', '--handler', 'module-variable.bad', ...NODE_OPTIONS);

  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(stdout).toMatch(/^module-variable\.bad \(nodejs24\.x\) with aws-lambda-ric 4\.0\.2: \d+ requests with 4 events, up to 4 at once, 1 vCPU\.$/m);
  expect(stdout).toContain('LEAK OtherRequestInAnswer (1 worker, up to 4 requests at once)');
  expect(stdout).toMatch(/"\w+", which only events\.json\[\d\] holds at \$\.user/);
  expect(stdout.trim().split('\n').pop()).toBe('1 problem.');
});

test('ends with 0 where nothing is, and writes JSON and the load for the planner', () => {
  const load = join(folder, 'load.json');
  const { status, stdout } = run('rehearse', '--handler', 'module-variable.good', ...NODE_OPTIONS, '--format', 'json', '--load', load);

  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    function: { handler: 'module-variable.good', maxConcurrency: 4 }, findings: [], measurement: { requests: expect.any(Number) }, whatToSet: { memorySize: 2048 },
  });
  expect(new Ajv().validate(JSON.parse(readFileSync('schema/load-1.json', 'utf-8')), JSON.parse(readFileSync(load, 'utf-8')))).toBe(true);
  expect(JSON.parse(readFileSync(load, 'utf-8'))).toEqual({
    functions: { 'module-variable-good': { meanDurationMs: expect.any(Number), meanCpuTimeMs: expect.any(Number) } },
  });
});

test('has samples where no events are given', () => {
  const options = NODE_OPTIONS.slice(0, -2);
  const { status, stdout } = run('rehearse', '--handler', 'log-context.good', ...options, '--event-source', 'sqs', '--event-source', 'http-api');

  expect(stdout).toContain('with 6 events');
  expect(status).toBe(0);
});

test.each([
  [[], 'A command is missing'],
  [['reherse'], 'There is no command "reherse"'],
  [['rehearse'], 'rehearse needs --handler and --runtime'],
  [['rehearse', '--handel', 'x'], 'Unknown option \'--handel\''],
  [['rehearse', '--handler', 'a.b', '--runtime', 'nodejs24.x', '--concurrency', 'many'], '--concurrency is "many", but must be a number'],
  [['rehearse', '--handler', 'a.b', '--runtime', 'nodejs24.x', '--concurrency', '0'], 'The concurrency is 0, but must be a whole number from 1 to 1600'],
  [['rehearse', '--handler', 'a.b', '--runtime', 'nodejs24.x', '--env', 'A'], '--env is "A", but must be NAME=VALUE'],
  [['rehearse', '--handler', 'a.b', '--runtime', 'nodejs24.x', '--format', 'xml'], '--format is "xml", but must be text or json'],
  [['rehearse', '--handler', 'a.b', '--runtime', 'nodejs24.x', '--code', 'nowhere'], 'nowhere, doesn\'t exist'],
  [['rehearse', '--handler', 'a.b', '--runtime', 'nodejs24.x', '--events', 'nowhere.json'], 'There is no file or folder nowhere.json'],
  [['rehearse', '--handler', 'a.b', '--runtime', 'nodejs24.x', '--event-source', 'fax'], 'must be one of http-api'],
  [['rehearse', '--handler', 'a.b', '--runtime', 'nodejs24.x'], 'AWS\'s runtime client for Node.js is not installed: run "npm install --save-dev aws-lambda-ric@4"'],
  [['rehearse', '--handler', 'a.b', '--runtime', 'java21'], 'AWS\'s runtime client for Java is not installed'],
  [['rehearse', '--handler', 'a.b', '--runtime', 'python3.13', '--interpreter', 'no-python'], 'Python can\'t be started as "no-python"'],
  [['rehearse', '--handler', 'a.b', '--runtime', 'dotnet8'], 'Functions with the runtime dotnet8 can\'t be rehearsed'],
])('ends with 2 and one sentence: %j', (args, message) => {
  const { status, stdout, stderr } = run(...args);

  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('says which client release is too old', () => {
  const client = join(folder, 'old/node_modules/aws-lambda-ric');
  // As release 3.3.0 is packed, which has its program elsewhere than later ones.
  mkdirSync(join(client, 'dist'), { recursive: true });
  writeFileSync(join(client, 'package.json'), '{ "version": "3.3.0", "main": "dist/index.mjs" }');
  writeFileSync(join(client, 'dist/index.mjs'), '');

  expect(run('rehearse', '--handler', 'a.b', '--runtime', 'nodejs24.x', '--client', join(folder, 'old'))).toEqual({
    status: 2, stdout: '', stderr: expect.stringContaining('aws-lambda-ric 3.3.0 takes one request at a time: install release 4 or later'),
  });
});

test('reads a folder of events, and names those that aren\'t JSON', () => {
  const several = join(folder, 'several');
  mkdirSync(several);
  writeFileSync(join(several, 'b.json'), '[{"n":2},{"n":3}]');
  writeFileSync(join(several, 'a.json'), '{"n":1}');
  writeFileSync(join(several, 'README.md'), 'not an event');

  expect(readEvents(several)).toEqual([{ label: 'a.json', value: { n: 1 } }, { label: 'b.json[0]', value: { n: 2 } }, { label: 'b.json[1]', value: { n: 3 } }]);
  writeFileSync(join(several, 'c.json'), '{');
  expect(() => readEvents(several)).toThrow(/^The events in .*c\.json are not JSON: /);
  writeFileSync(join(several, 'c.json'), 'two\nlines');
  expect(() => readEvents(several)).toThrow(/^The events in .*c\.json are not JSON: .*two lines.*\.$/);
});

test.each<NodeJS.Signals>(['SIGINT', 'SIGKILL'])('takes all processes and files along when %s ends it', async (signal) => {
  const tmp = join(folder, signal);
  mkdirSync(tmp);
  symlinkSync(join(CLIENTS, 'node'), join(tmp, 'client')); // by this name its processes are known
  const child = spawn(process.execPath, [MAIN, 'rehearse', '--handler', 'ends.leavesChildrenAndHangs', '--env', `MARK=${tmp}/child`, ...NODE_OPTIONS, '--client', join(tmp, 'client')], { cwd: folder, env: { ...process.env, TMPDIR: tmp } });
  const running = () => spawnSync('ps', ['-eo', 'args'], { encoding: 'utf-8' }).stdout.split('\n').filter((line) => line.includes(tmp));
  await until(() => running().filter((line) => line.includes('sleep')).length >= 2);
  const ended = new Promise<NodeJS.Signals | null>((done) => child.once('exit', (_, by) => done(by)));
  child.kill(signal);

  expect(await ended).toBe(signal);
  await until(() => running().length === 0 && readdirSync(tmp).length === 1);
  expect([running(), readdirSync(tmp)]).toEqual([[], ['client']]);
});

/** Waits for something to become true, or for twenty seconds. */
async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds() && waited < 20_000; waited += 100) await new Promise((done) => setTimeout(done, 100));
}

test('shows on a terminal how far it is, after a second, and takes it away', () => {
  const written: string[] = [];
  const stream = { isTTY: true, columns: 60, write: (text: unknown) => written.push(String(text)) > 0 };
  const now = jest.spyOn(Date, 'now').mockReturnValue(0);
  const { show, end } = showProgress(stream as any);
  show({ phase: 'one at a time, 1 worker', requests: 3, problems: 0 });
  now.mockReturnValue(1500);
  show({ phase: '8 at once, 1 worker', requests: 40, problems: 2 });
  end();
  now.mockRestore();

  expect(written).toEqual(['\r\u001b[2K8 at once, 1 worker: 40 requests, 2 problems so far', '\r\u001b[2K']);
});
