import { Token } from 'aws-cdk-lib';
import { capacityProviders, encoded, linksTo, logGroup } from '../../../src/monitoring/dashboard/console-links';
import { UNKNOWN } from '../../../src/reading/fact';
import { testStack } from '../../util';

const CONSOLE = 'https://console.aws.amazon.com';
const METRICS = `[Metrics](${CONSOLE}/lambda/home?region=eu-west-1#/functions/pay?tab=monitoring)`;
const logOf = (name: string) => `[Log](${CONSOLE}/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/${name})`;

test.each([
  ['its default log group', undefined, [METRICS, logOf('$252Faws$252Flambda$252Fpay')]],
  ['a log group of its own', '/mine/pay#1', [METRICS, logOf('$252Fmine$252Fpay$25231')]],
  ['a log group that is known at deployment', UNKNOWN, [METRICS]],
] as const)('a function with %s has links to its metrics, and to its log if that is known', (_, logGroupName, expected) => {
  expect(linksTo('pay', 'eu-west-1', { logGroupName })).toEqual(expected);
});

test('slashes and hashes are encoded as the console expects them, and nothing else', () => {
  expect(encoded('/a/b#c-d.e_f#')).toBe('$252Fa$252Fb$2523c-d.e_f$2523');
});

test('a Region that isn\'t known is that of the dashboard', () => {
  const region = Token.asString({ Ref: 'Elsewhere' });
  const stack = testStack();

  [capacityProviders(region), logGroup('x', region), ...linksTo('pay', region, {})].forEach((link) => {
    expect(JSON.stringify(stack.resolve(link))).toContain('{"Ref":"AWS::Region"}');
  });
  expect(capacityProviders('eu-west-1')).toBe(`${CONSOLE}/lambda/home?region=eu-west-1#/capacity-providers`);
});
