/** Findings in each format of `check`, for each number of them. */
import { checkSarif, checkText } from '../../src/cli/reported-finding';
import { PlacedFinding } from '../../src/report/page-content';
import { Level } from '../../src/rules/rule';

const finding = (level: Level, more: Partial<PlacedFinding> = {}): PlacedFinding => ({
  rule: 'cdk-lambda-managed-instances::SomeRule', level, resource: 'Orders', file: 'a.yaml', message: 'x is 1, but must be 2', fix: 'write 2', source: 'https://aws.example', ...more,
});
const GAP = { logicalId: 'App', type: 'AWS::Serverless::Application', reason: 'it is elsewhere', file: 'a.yaml', line: 9 };

/** The last line of the text. */
const summary = (findings: PlacedFinding[], more = {}) => checkText({ findings, notChecked: [], functions: 1, providers: 1, files: 1, ...more }).split('\n\n').at(-1);

test('text has a block for each error, warning and gap', () => {
  const findings = [finding(Level.ERROR, { line: 3, construct: 'Shop/Orders' }), finding(Level.WARNING), finding(Level.INFO)];

  expect(checkText({ findings, notChecked: [GAP], functions: 2, providers: 0, files: 2 })).toBe([
    'a.yaml:3  error  Shop/Orders  SomeRule\n  x is 1, but must be 2. Write 2.',
    'a.yaml  warning  Orders  SomeRule\n  x is 1, but must be 2. Write 2.',
    'a.yaml:9  not checked  App  AWS::Serverless::Application\n  It is elsewhere.',
    '1 error, 1 warning; checked 2 functions and 0 capacity providers in 2 templates; 1 info in --format json; 1 not checked',
  ].join('\n\n'));
});

test.each<[string, PlacedFinding[], object]>([
  ['0 errors, 0 warnings; checked 1 function and 1 capacity provider in 1 template', [], {}],
  ['0 errors, 0 warnings; checked 0 functions and 1 capacity provider in 1 template', [], { functions: 0 }],
  ['0 errors, 0 warnings; checked 1 function and 0 capacity providers in 1 template', [], { providers: 0 }],
  ['nothing to check: no capacity provider, and no function on one, in 1 template', [], { functions: 0, providers: 0 }],
  ['nothing to check: no capacity provider, and no function on one, in 2 templates; 1 not checked', [], { functions: 0, providers: 0, files: 2, notChecked: [GAP] }],
  ['2 errors, 0 warnings; checked 1 function and 1 capacity provider in 1 template; 2 infos in --format json', [Level.ERROR, Level.ERROR, Level.INFO, Level.INFO].map((level) => finding(level)), {}],
])('text ends with: %s', (expected, findings, more) => {
  expect(summary(findings, more)).toBe(expected);
});

test('SARIF has each finding with its level and place, and each rule once', () => {
  const findings = [finding(Level.ERROR, { line: 3, file: 'a\\b.yaml' }), finding(Level.WARNING, { construct: 'Shop/Orders' }), finding(Level.INFO)];
  const { runs: [{ tool: { driver }, results, invocations }] } = JSON.parse(checkSarif({ findings, notChecked: [GAP], functions: 1, providers: 1, files: 1 }, '1.2.3'));

  const at = (uri: string, startLine: number, name: string) => [{ physicalLocation: { artifactLocation: { uri }, region: { startLine } }, logicalLocations: [{ name, kind: 'resource' }] }];
  expect(driver).toMatchObject({ version: '1.2.3', rules: [{ id: 'SomeRule', helpUri: 'https://aws.example' }] });
  expect(driver.rules).toHaveLength(1);
  expect(results).toEqual([
    { ruleId: 'SomeRule', level: 'error', message: { text: 'Orders: x is 1, but must be 2. Write 2.' }, locations: at('a/b.yaml', 3, 'Orders') },
    { ruleId: 'SomeRule', level: 'warning', message: { text: 'Shop/Orders: x is 1, but must be 2. Write 2.' }, locations: at('a.yaml', 1, 'Orders') },
    { ruleId: 'SomeRule', level: 'note', message: { text: 'Orders: x is 1, but must be 2. Write 2.' }, locations: at('a.yaml', 1, 'Orders') },
  ]);
  expect(invocations).toEqual([{
    executionSuccessful: true,
    toolExecutionNotifications: [{ level: 'warning', message: { text: 'App (AWS::Serverless::Application) was not checked: it is elsewhere.' }, locations: at('a.yaml', 9, 'App') }],
  }]);
});
