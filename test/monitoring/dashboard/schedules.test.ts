/** What a dashboard says of schedules. */
import { App, Stack, TimeZone } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ManagedInstances } from '../../../src';
import { testFunction } from '../../util';
import { bodyOf } from '../body';

const at = (hour: string, weekDay = '*') => ScheduleExpression.cron({ hour, minute: '0', weekDay, timeZone: TimeZone.EUROPE_BERLIN });
const counts = (min: number, max = min) => ({ minExecutionEnvironments: min, maxExecutionEnvironments: max });

function given() {
  const stack = new Stack(new App(), 'Stack');
  const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
  const attach = (id: string) => fleet.addFunction(testFunction(stack, id), { latestPublishedScalingConfig: counts(3, 9) });
  fleet.addDashboard('Dashboard');
  return { stack, fleet, attach };
}

/** All texts of a dashboard. */
function texts(stack: Stack): string {
  return bodyOf(stack).widgets.filter(({ type }: any) => type === 'text').map(({ properties }: any) => properties.markdown).join('\n');
}

test('the header and the title of each row name a pause, without dates', () => {
  const { stack, fleet, attach } = given();
  attach('Orders');
  fleet.pauseOnSchedule('Night', { from: at('22'), until: at('6') });

  expect(texts(stack)).toMatch(/\*\*Plan\*\*.* · paused 22:00–06:00 Europe\/Berlin/);
  expect(texts(stack)).toMatch(/\*\*.* · (paused 22:00–06:00, 3 to 9 environments 06:00–22:00|3 to 9 environments 06:00–22:00, paused 22:00–06:00) Europe\/Berlin/);
  expect(texts(stack)).not.toMatch(/20\d\d-\d\d/);
});

test('the header says what is kept when, where functions have schedules of their own', () => {
  const { stack, attach } = given();
  attach('Orders');
  const batch = attach('Batch');
  batch.scaleOnSchedule('Up', { schedule: at('1'), ...counts(6) });
  batch.scaleOnSchedule('Down', { schedule: at('3'), ...counts(0) });

  expect(texts(stack)).toMatch(/over the week \d+ vCPUs 03:00–01:00; \d+ vCPUs 01:00–03:00 \(Europe\/Berlin\)/);
  expect(texts(stack)).toMatch(/\*\*.* · paused 03:00–01:00, 6 environments 01:00–03:00 Europe\/Berlin/);
  expect(texts(stack).match(/\*\*.*paused/g)).toHaveLength(1);
});

test('says nothing of schedules where there are none', () => {
  const { stack, attach } = given();
  attach('Orders');

  expect(texts(stack)).not.toMatch(/paused|over the week|keeps at most/);
});
