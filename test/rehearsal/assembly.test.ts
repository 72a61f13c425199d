import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { CLIENTS, NODE } from './rehearse-fixture';
import { QuickstartStack } from '../../examples/quickstart/quickstart-stack';
import { rehearseCommand } from '../../src/cli/rehearse-command';

jest.setTimeout(180_000);

const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('rehearses the quickstart from its cloud assembly', async () => {
  const app = new App({ outdir: join(folder, 'cdk.out') });
  new QuickstartStack(app, 'Quickstart', { maxConcurrency: 8 });
  const { directory } = app.synth();

  const load = join(folder, 'load.json');
  const { text, exitCode } = await rehearseCommand([directory, '--function', 'Slow', '--load', load, '--client', join(CLIENTS, 'node'), '--interpreter', NODE]);

  expect(text).toMatch(/^index\.handler \(nodejs24\.x\) with aws-lambda-ric \S+: \d+ requests with 3 events, up to 8 at once, 1 vCPU\.$/m);
  expect(text).toContain('Nothing is wrong');
  expect(exitCode).toBe(0);
  expect(JSON.parse(readFileSync(load, 'utf-8'))).toEqual({ functions: { 'Quickstart/Slow': { meanDurationMs: expect.any(Number), meanCpuTimeMs: expect.any(Number) } } });
});

test('wants a folder for a function, and one only', async () => {
  await expect(rehearseCommand(['--function', 'Slow'])).rejects.toThrow('--function needs the folder that cdk synth writes: rehearse cdk.out --function NAME.');
  await expect(rehearseCommand(['one', 'two'])).rejects.toThrow('rehearse takes one folder, but here are several: one, two.');
});
