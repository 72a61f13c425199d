/** The words of an assessment, for functions of each kind. */
import { migrationText, NamedFunction } from '../../src/migration/migration-text';
import { Finding } from '../../src/rules/findings';
import { Level, templateContext } from '../../src/rules/rule';

const CONTEXT = templateContext();
const finding = (code: string, level = Level.ERROR) => (
  { code, level, property: 'memorySize', found: '512 MB', allowed: 'must be at least 2048 MB', remedy: 'raise it', source: 'https://aws.example' } as unknown as Finding
);
const ENVIRONMENT = { memorySize: 2048, executionEnvironmentMemoryGiBPerVCpu: 2, vCpus: 1, minExecutionEnvironments: 3 };

const assessed = (more: Partial<NamedFunction> = {}): NamedFunction => ({
  resource: undefined as never, name: 'Orders', mustChange: [], lookAt: [], unknown: [], triggers: [], environment: ENVIRONMENT, ...more,
});
const textOf = (...functions: NamedFunction[]) => migrationText(functions, CONTEXT).replace(/\s+/g, ' ');

const PAYS = { atRest: { lowest: 182.5, highest: 309.4 }, requestsAtOnce: { lowest: 5.21, highest: 11.7 } };
const MONTHLY = { ...PAYS, requestsPerMonth: { lowest: 999_999, highest: 23_400_000 } };

test('has all that is known of a function, in 80 columns', () => {
  const text = migrationText([assessed({
    file: 'a.yaml',
    line: 3,
    mustChange: [finding('FunctionMemoryRange')],
    lookAt: [finding('SnapStart', Level.WARNING)],
    unknown: ['the runtime'],
    triggers: [{ name: 'Queue', type: 'AWS::Lambda::EventSourceMapping', how: 'add a second one' }],
    environment: { ...ENVIRONMENT, memorySize: 8192, vCpus: 4, perExecutionEnvironmentMaxConcurrency: 64, maxExecutionEnvironments: 12 },
    paysFrom: MONTHLY,
  })], CONTEXT);

  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(text).toMatchSnapshot();
});

test('leaves out what there is nothing of', () => {
  const text = migrationText([assessed({ file: 'a.yaml' })], CONTEXT);

  expect(text).toContain('\nOrders (a.yaml)\n===============\n');
  expect(text).not.toMatch(/Must change|Look at|Not known|Repoint|MaxConcurrency|MaxExecutionEnvironments/);
  expect(text).toContain('Pays\n- unknown: a size or a price isn\'t known');
  expect(migrationText([assessed()], CONTEXT)).toContain('\nOrders\n======\n');
});

test.each<[string, NamedFunction[]]>([
  ['1 function on standard Lambda; nothing in it must change.', [assessed()]],
  ['1 function on standard Lambda; something in it must change.', [assessed({ mustChange: [finding('X')] })]],
  ['2 functions on standard Lambda; nothing must change in 1 of them.', [assessed(), assessed({ mustChange: [finding('X')] })]],
  ['2 functions on standard Lambda; nothing must change in 0 of them.', [assessed({ mustChange: [finding('X')] }), assessed({ mustChange: [finding('X')] })]],
  ['There is no function on standard Lambda.', []],
])('counts: %s', (expected, functions) => {
  expect(textOf(...functions)).toContain(expected);
});

const AT_REST = 'alone on a fleet it costs $183 to $309 a month at rest, which is less than standard Lambda above ';
test.each<[string, NamedFunction['paysFrom'], string]>([
  ['without a duration', PAYS, `${AT_REST}5.2 to 11.7 requests at once on average. Functions`],
  ['with a duration', MONTHLY, `${AT_REST}999,999 to 23.4 million requests a month (5.2 to 11.7 at once on average). Functions`],
  ['from a million on', { ...MONTHLY, requestsPerMonth: { lowest: 1e6, highest: 1e6 } }, `${AT_REST}1 million requests a month (`],
  ['with a load above', { ...MONTHLY, givenRequestsPerMonth: 23_400_001 }, '(5.2 to 11.7 at once on average); you have 23.4 million, so it pays. Functions'],
  ['with a load just at the highest', { ...MONTHLY, givenRequestsPerMonth: 23_400_000 }, '; you have 23.4 million. Functions'],
  ['with a load between', { ...MONTHLY, givenRequestsPerMonth: 2_000_000 }, '; you have 2 million. Functions'],
  ['with a load just at the lowest', { ...MONTHLY, givenRequestsPerMonth: 999_999 }, '; you have 999,999. Functions'],
  ['with a load below', { ...MONTHLY, givenRequestsPerMonth: 99.94 }, '; you have 99.9, so it doesn\'t. Functions'],
  ['with a load of no fraction', { ...PAYS, givenRequestsPerMonth: 100.4 }, '; you have 100. Functions'],
])('says what pays %s', (_, paysFrom, expected) => {
  expect(textOf(assessed({ paysFrom }))).toContain(expected);
});
