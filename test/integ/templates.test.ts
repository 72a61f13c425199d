import { readdirSync } from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { stackNameOf } from './assertions';
import { openToWorld } from '../network/open-to-world';
import { TemplateJson } from '../network/template-walker';
import { warningsOf } from '../util';

/** What `npx projen integ` deploys. That needs an account; knowing what it would deploy doesn't. */
const TESTS = readdirSync('test/integ').flatMap((file) => /^(.*)\.integ\.ts$/.exec(file)?.[1] ?? []);

function stackOf(name: string): Stack {
  return jest.requireActual(`./${name}.integ`).stack;
}

// The apps are strict about what CDK's template validator finds.
beforeAll(() => { process.env.CDK_VALIDATION = 'true'; });
afterAll(() => { process.env.CDK_VALIDATION = 'false'; });

test('there are integration tests', () => {
  expect(TESTS).toEqual(['default-fleet', 'ipv6', 'nat-instances', 'private-endpoints']);
});

test.each(TESTS)('%s has the stack that is destroyed in its name', (name) => {
  expect(stackOf(name).stackName).toBe(stackNameOf(name));
});

test.each(TESTS)('%s keeps its template', (name) => {
  expect(Template.fromStack(stackOf(name)).toJSON()).toMatchSnapshot();
});

test.each(TESTS)('%s synthesises without a warning', (name) => {
  expect(warningsOf(stackOf(name))).toEqual([]);
});

test.each(TESTS)('%s opens no port to the world', (name) => {
  expect(openToWorld(Template.fromStack(stackOf(name)).toJSON() as TemplateJson)).toEqual([]);
});

test.each(TESTS)('%s leaves nothing behind', (name) => {
  const resources = Object.entries<any>(Template.fromStack(stackOf(name)).toJSON().Resources);

  expect(resources.filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain').map(([id]) => id)).toEqual([]);
});

test.each(TESTS)('%s says what to ask AWS about', (name) => {
  expect(Object.keys(Template.fromStack(stackOf(name)).toJSON().Outputs).sort()).toEqual(['AlarmsOutput', 'AliasOutput', 'CapacityProviderOutput', 'FunctionOutput']);
});
