import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { stringify } from 'yaml';

/** Twice the template must not take more than about twice the work: counted calls, since time says nothing on a busy machine. */
const AT_MOST = 2.2;
const folder = mkdtempSync(join(tmpdir(), 'work-'));
const counter = join(folder, 'count.js');

const COUNT = `
import { assessCommand } from './src/cli/assess-command';
import { check } from './src/cli/check-command';
import { readInputs } from './src/cli/inputs';
import { fleetPicture } from './src/report/fleet-picture';
import { plansOf } from './src/cli/plan-command';
import { templateContext } from './src/rules/rule';
import { calledFunctions, sumOfCalls } from './tools/counted-calls';

const read = (path) => readInputs([path], { region: 'eu-west-1', parameters: {} });
const commands = {
  check: (path) => check(read(path)),
  assess: (path) => void assessCommand([path, '--region', 'eu-west-1']),
  report: (path) => plansOf(read(path), {}, templateContext()).map(({ plan }) => String(fleetPicture(plan))),
};
const [command, ...paths] = process.argv.slice(2);
commands[command](paths[0]);
console.log(JSON.stringify(paths.map((path) => sumOfCalls(calledFunctions(() => commands[command](path))))));
`;

beforeAll(() => {
  buildSync({ stdin: { contents: COUNT, resolveDir: '.', loader: 'ts' }, bundle: true, platform: 'node', outfile: counter, logLevel: 'error' });
});
afterAll(() => rmSync(folder, { recursive: true }));

const FLEET = {
  Type: 'AWS::Lambda::CapacityProvider',
  Properties: { VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'], SecurityGroupIds: ['sg-1'] }, InstanceRequirements: { Architectures: ['arm64'] } },
};
const functionOf = (properties: object) => ({ Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs22.x', Architectures: ['arm64'], MemorySize: 512, ...properties } });
const managed = functionOf({ CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: { 'Fn::GetAtt': ['Fleet', 'Arn'] } } } });
const calledFunction = (i: number, fn: object) => ({
  [`F${i}`]: fn,
  [`V${i}`]: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: `F${i}` } } },
  [`A${i}`]: { Type: 'AWS::Lambda::Alias', Properties: { Name: 'live', FunctionName: { Ref: `F${i}` }, FunctionVersion: { 'Fn::GetAtt': [`V${i}`, 'Version'] } } },
  [`E${i}`]: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: `A${i}` }, EventSourceArn: `arn:aws:sqs:eu-west-1:111111111111:q${i}` } },
});

function template(name: string, count: number, resourcesOf: (index: number) => object): string {
  const path = join(folder, name);
  const content = { Resources: { Fleet: FLEET, Orders: managed, ...Object.assign({}, ...Array.from({ length: count }, (_, i) => resourcesOf(i))) } };
  writeFileSync(path, name.endsWith('.json') ? JSON.stringify(content, undefined, 1) : stringify(content, { aliasDuplicateObjects: false }));
  return path;
}

const parameter = (i: number) => ({ [`P${i}`]: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x'.repeat(100) } } });

test.each<[string, string, string, number, (index: number) => object]>([
  ['other resources in JSON, up to 5 MB', 'check', 'json', 24_000, parameter],
  ['other resources in YAML', 'check', 'yaml', 6_000, parameter],
  ['managed functions', 'check', 'json', 1_000, (i) => calledFunction(i, managed)],
  ['standard functions', 'assess', 'json', 800, (i) => calledFunction(i, functionOf({}))],
  ['pictures of a large fleet', 'report', 'json', 400, (i) => calledFunction(i, managed)],
])('%s: twice as many take at most 2.2 times the calls of %s', (_, command, extension, count, resourcesOf) => {
  const paths = [count / 2, count].map((size) => template(`${command}-${size}.${extension}`, size, resourcesOf));

  const [half, whole] = JSON.parse(execFileSync('node', [counter, command, ...paths], { encoding: 'utf-8', maxBuffer: 1e9 }));

  expect(half).toBeGreaterThan(10_000);
  expect(whole / half).toBeLessThan(AT_MOST);
});
