import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PackedCommand } from './as-packed';

jest.setTimeout(60_000);

const SAM = resolve('test/fixtures/sam-with-mistakes.yaml');
let command: PackedCommand;
beforeAll(async () => { command = await PackedCommand.make(); });
afterAll(() => rmSync(command.folder, { recursive: true }));

test.each([['check'], ['plan'], ['assess']])('runs %s where no other package is installed', (name) => {
  const { status, stdout, stderr } = command.run([name, SAM]);

  expect([status, stderr]).toEqual([name === 'check' ? 1 : 0, '']);
  expect(stdout).toContain(name === 'assess' ? 'There is no function on standard Lambda.' : 'Fleet');
});

test('writes the report, with a curve', () => {
  const { status, stdout, stderr } = command.run(['report', resolve('test/fixtures/fleet-with-load.yaml'), '--region', 'us-east-1', '--output', '-']);

  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/<svg.*standard Lambda, arm64.*<\/svg>/s);
});

test('takes a template from standard input', () => {
  const { status, stdout } = command.run(['check', '-'], readFileSync(SAM, 'utf-8'));

  expect(status).toBe(1);
  expect(stdout).toContain('standard input:22  error  Orders  FunctionMemoryRange');
});

test.each([
  [[], 'A command is missing.'],
  [['chekc'], 'There is no command "chekc".'],
  [['check', 'no/such.yaml'], 'no/such.yaml can\'t be read: there is no such file.'],
  [['plan', SAM, '--colour'], 'Unknown option \'--colour\''],
])('ends %p with 2 and one sentence', (args, message) => {
  const { status, stdout, stderr } = command.run(args);

  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('keeps the license of what is bundled', () => {
  expect(readFileSync(join(command.lib, 'cli/THIRD-PARTY-LICENSES.txt'), 'utf-8')).toMatch(/^echarts \S+ \(Apache-2\.0\)\n.*\nyaml \S+ \(ISC\)\n.*\nzrender /s);
});
