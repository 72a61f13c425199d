import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { assessCommand } from '../../src/cli/assess-command';

const STANDARD = 'test/fixtures/standard-functions.yaml';
const folder = mkdtempSync(join(tmpdir(), 'assess-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const jsonOf = async (...args: string[]) => JSON.parse((await assessCommand([...args, '--region', 'us-east-1', '--format', 'json'])).text).functions;
const codesOf = (findings: { code: string }[]) => findings.map(({ code }) => code);

test('says what must change, what to look at and what isn\'t known', async () => {
  const [orders, picture] = await jsonOf(STANDARD);

  expect(orders).toMatchObject({ function: 'Orders', file: STANDARD, line: 3 });
  expect(codesOf(orders.mustChange).sort()).toEqual(['FunctionFileSystem', 'FunctionMemoryRange', 'FunctionVpc', 'LogFormatText', 'ProvisionedConcurrency', 'RuntimeUnsupported']);
  expect(codesOf(orders.lookAt)).toEqual(expect.arrayContaining(['SnapStart', 'EventSourceUnsupported', 'FunctionNameFixed']));
  expect(picture).toMatchObject({ function: 'Picture', mustChange: [], unknown: ['the runtime inside the container image', expect.stringContaining('rehearse')] });
});

test('names what to repoint, and how', async () => {
  const [orders, picture] = await jsonOf(STANDARD);

  expect(orders.triggers).toEqual([
    { name: 'OrdersQueue', type: 'AWS::Lambda::EventSourceMapping', how: expect.stringContaining('second event source mapping') },
    { name: 'OrdersBroker', type: 'AWS::Lambda::EventSourceMapping', how: expect.any(String) },
  ]);
  expect(picture.triggers).toEqual([{ name: 'FromBucket', type: 'AWS::Lambda::Permission', how: expect.stringContaining('bucket') }]);
});

test('proposes an environment, and says from which load on it pays', async () => {
  const load = file('load.json', { functions: { 'shop-orders': { requestsPerMonth: 3e8, meanDurationMs: 120, meanCpuTimeMs: 20 } } });
  const [orders, picture] = await jsonOf(STANDARD, '--load', load);

  expect(orders.environment).toEqual({
    memorySize: 2048,
    executionEnvironmentMemoryGiBPerVCpu: 2,
    vCpus: 1,
    perExecutionEnvironmentMaxConcurrency: 6,
    minExecutionEnvironments: 3,
    maxExecutionEnvironments: 6,
  });
  const { requestsAtOnce, requestsPerMonth, atRest, givenRequestsPerMonth } = orders.paysFrom;
  expect(givenRequestsPerMonth).toBe(3e8);
  expect(requestsPerMonth.lowest).toBeCloseTo(requestsAtOnce.lowest / 0.12 * 730 * 3600, 3);
  // Half a GB-second costs 0.0000166667 / 2: so many of them a month cost as much as the fleet at rest.
  expect(requestsAtOnce.lowest).toBeCloseTo(atRest.lowest / (730 * 3600 * 0.5 * 0.0000166667), 3);
  expect(picture.environment).toMatchObject({ memorySize: 4096, vCpus: 2 });
  expect(picture.paysFrom.requestsPerMonth).toBeUndefined();
});

test('opens with what nobody expects', async () => {
  const { text, exitCode } = await assessCommand([STANDARD]);

  expect(exitCode).toBe(0);
  expect(text.replace(/\s+/g, ' ')).toContain('A deployed function can\'t be moved onto managed instances, nor back.');
  expect(text).toContain('2 functions on standard Lambda; nothing must change in 1 of them.');
  expect(text).toMatch(/Begin with\n- MemorySize 2048, ExecutionEnvironmentMemoryGiBPerVCpu 2 \(1 vCPU\)/);
});

test('leaves out functions that are on managed instances', async () => {
  expect((await assessCommand(['test/fixtures/fleet-with-load.yaml'])).text).toContain('There is no function on standard Lambda.');
});

test('prints JSON in the shape of its schema', async () => {
  const validate = new Ajv().compile(JSON.parse(readFileSync('schema/migration-assessment-1.json', 'utf-8')));

  expect([validate({ schemaVersion: 1, functions: await jsonOf(STANDARD) }), validate.errors]).toEqual([true, null]);
});

test('refuses an unknown format', async () => {
  await expect(assessCommand([STANDARD, '--format', 'xml'])).rejects.toThrow('--format xml: choose text or json.');
});
