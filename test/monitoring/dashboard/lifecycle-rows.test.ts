import * as logs from 'aws-cdk-lib/aws-logs';
import { Threshold } from '../../../src/monitoring/alarms/thresholds';
import { lifecycleRows } from '../../../src/monitoring/dashboard/lifecycle-rows';
import { testStack } from '../../util';

/** The widgets where these thresholds have alarms: the title and width of each. */
function widgetsWith(names: string[], hasLogGroup: boolean) {
  const stack = testStack();
  const logGroup = hasLogGroup ? logs.LogGroup.fromLogGroupName(stack, 'Log', '/mine') : undefined;
  const thresholds = [{ get: (name: string) => (names.includes(name) ? new Threshold('above', () => 2, name) : undefined) }];
  const widgets = lifecycleRows({ fleet: 'orders', logGroup, thresholds }).flatMap((row) => stack.resolve(row.toJson()));
  return widgets.map(({ width, properties }: any) => `${properties.title ?? properties.markdown} ${width}`);
}

const HEADING = '### What happened to instances, from the system log 24';

test.each([
  [[], [HEADING, 'Events per 5 minutes 12', 'Last warnings 12']],
  [['instanceWarnings'], [HEADING, 'Events per 5 minutes 6', 'Warnings 6', 'Last warnings 12']],
  [['instanceWarningsRepeated', 'instanceChurn'], [HEADING, 'Events per 5 minutes 6', 'Warnings 6', 'Launches, and what is usual 6', 'Last warnings 6']],
])('the system log and graphs of %p fill a row', (names, expected) => {
  expect(widgetsWith(names, true)).toEqual(expected);
});

test.each([
  [[], []],
  [['instanceChurn'], ['Launches, and what is usual 24']],
  [['instanceWarnings', 'instanceChurn'], ['Warnings 12', 'Launches, and what is usual 12']],
])('graphs of %p fill a row without a system log', (names, expected) => {
  expect(widgetsWith(names, false)).toEqual(expected);
});
