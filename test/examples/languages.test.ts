import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CASES, STRICT } from './cases';
import { ShopStack } from '../../examples/languages/typescript/shop-stack';
import { FLOOR } from '../../tools/as-a-user/peers';
import { warningsOf } from '../util';

const FOLDER = 'examples/languages';

beforeAll(() => { process.env.CDK_VALIDATION = 'true'; });
afterAll(() => { process.env.CDK_VALIDATION = 'false'; });

test.each(CASES)('synthesises with no warning and passes the strict template validator, %s', (_case, props, context) => {
  const stack = new ShopStack(new App({ context: { ...context, ...STRICT } }), 'Shop', props);

  expect(warningsOf(stack)).toEqual([]);
});

test('has two functions on a fleet of selected instances, schedules, a dashboard and alarms', () => {
  const template = Template.fromStack(new ShopStack(new App(), 'Shop'));

  template.resourceCountIs('AWS::Lambda::Function', 2);
  template.resourceCountIs('AWS::Lambda::CapacityProvider', 1);
  template.resourceCountIs('AWS::Scheduler::Schedule', 2);
  template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
  expect(Object.keys(template.findResources('AWS::CloudWatch::Alarm')).length).toBeGreaterThan(5);
});

test.each([
  ['python/requirements.txt', [`aws-cdk-lib==${FLOOR['aws-cdk-lib']}`, `constructs==${FLOOR.constructs}`]],
  ['java/pom.xml', [`<cdk.version>${FLOOR['aws-cdk-lib']}<`, `<constructs.version>${FLOOR.constructs}<`]],
  ['go/go.mod', [`aws-cdk-go/awscdk/v2 v${FLOOR['aws-cdk-lib']}\n`, `constructs-go/constructs/v10 v${FLOOR.constructs}\n`]],
])('%s names the lowest peers, so that all languages synthesise with the same', (file, lines) => {
  const text = readFileSync(`${FOLDER}/${file}`, 'utf-8');

  lines.forEach((line) => expect(text).toContain(line));
});

test('each language is run in the same way but for its command', () => {
  const [first, ...others] = ['typescript', 'python', 'java', 'go'].map((language) => {
    const { app, ...settings } = JSON.parse(readFileSync(`${FOLDER}/${language}/cdk.json`, 'utf-8'));
    return settings;
  });

  others.forEach((settings) => expect(settings).toEqual(first));
});
