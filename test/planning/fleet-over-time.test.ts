/** What schedules make of plan, rules, budget and texts. */
import { App, CfnParameter, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Budget, CapacityPlan, InstanceSelection, ManagedInstances, ManagedInstancesProps, PriceBook } from '../../src';
import { timesText } from '../../src/rules/fleet/week-text';
import { LiveVersion } from '../../src/sizing/fleet-demand';
import { overTime } from '../../src/sizing/fleet-week';
import { testFunction } from '../util';

const BERLIN = TimeZone.EUROPE_BERLIN;
const at = (hour: string, weekDay = '*', minute = '0') => ScheduleExpression.cron({ hour, minute, weekDay, timeZone: BERLIN });
const counts = (min: number, max = min) => ({ minExecutionEnvironments: min, maxExecutionEnvironments: max });
/** A dollar an hour for each vCPU, without a fee of AWS's own to reckon with: a month at full price is 730 $ a vCPU, and the fee. */
const DOLLAR = { prices: PriceBook.perVCpuHour(1) };
const HOURS_PER_MONTH = 730;
const TYPES = ['c7g.xlarge', 'c7g.2xlarge', 'm7g.xlarge'].map((name) => new ec2.InstanceType(name));

function given(props: ManagedInstancesProps = {}) {
  const stack = new Stack(new App(), 'Stack', { env: { region: 'us-east-1' } });
  const fleet = new ManagedInstances(stack, 'Fleet', {
    maxVCpuCount: 400, instances: InstanceSelection.allow(...TYPES), ...props,
  });
  const attach = (id: string, min: number, max: number) => {
    const fn = testFunction(stack, id, { architecture: lambda.Architecture.ARM_64, memorySize: 4096 });
    return fleet.addFunction(fn, { executionEnvironmentMemoryGiBPerVCpu: 2, latestPublishedScalingConfig: counts(min, max) });
  };
  return { stack, fleet, attach };
}

const week = ({ week: times }: CapacityPlan) => times.map(({ when, vCpus, hoursPerWeek }) => [when, vCpus, hoursPerWeek]);

test('shows what is kept at each time of the week, and the month that comes of it', () => {
  // GIVEN
  const { fleet, attach } = given();
  attach('Orders', 3, 12);
  const always = fleet.plan(DOLLAR);
  // WHEN
  fleet.pauseOnSchedule('Nights', { from: at('20', 'MON-FRI'), until: at('7', 'MON-FRI', '30') });
  // THEN
  const plan = fleet.plan(DOLLAR);
  expect(week(plan)).toEqual([['Mon–Thu 20:00–07:30, Fri 20:00–Mon 07:30', 0, 105.5], ['Mon–Fri 07:30–20:00', 12, 62.5]]);
  expect(plan.week.every(({ timeZone }) => timeZone === 'Europe/Berlin')).toBe(true);
  expect(plan.vCpusAtRest).toBe(always.vCpusAtRest);
  expect(plan.idleFloor!.lowest.compute).toBeCloseTo(12 * HOURS_PER_MONTH * 62.5 / 168, 6);
  expect(plan.idleFloor!.lowest.total).toBeCloseTo(always.idleFloor!.lowest.total * 62.5 / 168, 6);
  expect(plan.ceiling).toEqual(always.ceiling);
  expect(plan.toString()).toContain('Mon–Fri 07:30–20:00');
  expect(plan.findings.find(({ code }) => code === 'IdleFloor')!.text).toContain('at the busiest time of the week');
});

test('adds up the hours of several functions, in the time zone of the first', () => {
  const { fleet, attach } = given();
  const day = attach('Day', 0, 0);
  const night = attach('Night', 0, 0);
  day.scaleOnSchedule('Up', { schedule: at('8'), ...counts(3) });
  day.scaleOnSchedule('Down', { schedule: at('20'), ...counts(0) });
  night.scaleOnSchedule('Up', { schedule: ScheduleExpression.cron({ hour: '18', minute: '0', timeZone: TimeZone.ETC_UTC }), ...counts(12) });
  night.scaleOnSchedule('Down', { schedule: ScheduleExpression.cron({ hour: '7', minute: '0', timeZone: TimeZone.ETC_UTC }), ...counts(0) });

  // On c7g.2xlarge, which holds three of these environments, and never on fewer than three.
  expect(week(fleet.plan())).toEqual([['20:00–08:00', 32, 84], ['08:00–19:00', 24, 77], ['19:00–20:00', 40, 7]]);
});

test('is the same for the plan, whatever the order of schedules', () => {
  const plans = [0, 1].map((first) => {
    const { fleet, attach } = given();
    const orders = attach('Orders', 0, 0);
    const both = [() => orders.scaleOnSchedule('Up', { schedule: at('8'), ...counts(3) }), () => orders.scaleOnSchedule('Down', { schedule: at('20'), ...counts(0) })];
    both[first]();
    both[1 - first]();
    return fleet.plan(DOLLAR).toJson();
  });

  expect(plans[0].monthly).toEqual(plans[1].monthly);
});

test('judges the ceiling by the highest minimum of the week', () => {
  // GIVEN
  const { stack, attach } = given({ maxVCpuCount: 32 });
  const orders = attach('Orders', 0, 0);
  // WHEN
  orders.scaleOnSchedule('Up', { schedule: at('8'), ...counts(20) });
  orders.scaleOnSchedule('Down', { schedule: at('20'), ...counts(0) });
  // THEN
  expect(() => Annotations.fromStack(stack)).toThrow('VCpuCeilingBelowMinimum');
});

test('does not add what two functions keep at different times', () => {
  const { stack, fleet, attach } = given({ maxVCpuCount: 48 });
  const [day, night] = ['Day', 'Night'].map((id) => attach(id, 0, 0));
  day.scaleOnSchedule('Up', { schedule: at('8'), ...counts(6) });
  day.scaleOnSchedule('Down', { schedule: at('19'), ...counts(0) });
  night.scaleOnSchedule('Up', { schedule: at('20'), ...counts(6) });
  night.scaleOnSchedule('Down', { schedule: at('7'), ...counts(0) });

  expect(fleet.plan().vCpusAtRest).toBe(24);
  Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('VCpuCeilingBelowMinimum'));
});

test('has the budget judge the average week', () => {
  const floorOf = (budget: number | undefined, pauses: boolean) => {
    const { stack, fleet, attach } = given({ budget: budget === undefined ? undefined : Budget.monthly({ failAbove: budget, ...DOLLAR }) });
    attach('Orders', 3, 12);
    if (pauses) fleet.pauseOnSchedule('Nights', { from: at('20'), until: at('8') });
    if (budget !== undefined) Annotations.fromStack(stack);
    return fleet.plan(DOLLAR).idleFloor!.lowest.total;
  };
  const [always, paused] = [floorOf(undefined, false), floorOf(undefined, true)];

  expect(paused).toBeCloseTo(always / 2, 6);
  expect(() => floorOf(paused + 1, true)).not.toThrow();
  expect(() => floorOf(paused + 1, false)).toThrow('BudgetExceeded');
});

test.each<[string, (stack: Stack) => object, string]>([
  ['a rate', () => ({ schedule: ScheduleExpression.rate(Duration.days(1)) }), 'rate(1 day) of Orders'],
  ['a date', () => ({ schedule: ScheduleExpression.at(new Date('2027-01-01')) }), 'at(2027-01-01T00:00:00) of Orders'],
  ['a day of the month', () => ({ schedule: ScheduleExpression.cron({ day: '1', hour: '3', minute: '0' }) }), 'cron(0 3 1 * ? *) of Orders'],
  ['numbers of a parameter', (stack) => ({
    schedule: at('8'), maxExecutionEnvironments: new CfnParameter(stack, 'Most', { type: 'Number' }).valueAsNumber,
  }), 'cron(0 8 ? * * *) of Orders'],
])('renders %s, and leaves it out of the plan with a word', (_what, options, words) => {
  // GIVEN
  const { stack, fleet, attach } = given();
  const orders = attach('Orders', 3, 12);
  const before = fleet.plan(DOLLAR);
  // WHEN
  orders.scaleOnSchedule('Change', { ...counts(9), ...options(stack) } as any);
  // THEN
  const plan = fleet.plan(DOLLAR);
  expect(plan.week).toEqual([]);
  expect(plan.idleFloor).toEqual(before.idleFloor);
  expect(plan.toString().replace(/\s+/g, ' ')).toContain(`Left out, since an average week can't show it: ${words}.`);
  expect(plan.toJson().schedulesLeftOut).toHaveLength(1);
});

test('estimates a load without instances in the pause', () => {
  const { fleet, attach } = given();
  const orders = attach('Orders', 3, 12);
  const load = () => fleet.plan(DOLLAR).estimate([{ function: orders.function, requestsPerMonth: 1e6, meanDuration: Duration.millis(100) }]);
  const always = load();
  fleet.pauseOnSchedule('Nights', { from: at('20'), until: at('8') });

  expect(load().expected!.lowest.total).toBeCloseTo(always.expected!.lowest.total / 2, 6);
});

describe('times', () => {
  const DAY = 24 * 60;
  const MON = DAY;

  test.each([
    ['22:00–06:00', [0, 1, 2, 3, 4, 5, 6].map((day) => [day * DAY + 22 * 60, (day + 1) * DAY + 6 * 60])],
    ['Mon–Fri 07:30–20:00', [1, 2, 3, 4, 5].map((day) => [day * DAY + 450, day * DAY + 1200])],
    ['Mon, Wed 08:00–09:00', [1, 3].map((day) => [day * DAY + 480, day * DAY + 540])],
    ['Fri 20:00–Mon 07:30', [[5 * DAY + 1200, 8 * DAY + 450]]],
    ['Mon–Thu 20:00–07:30, Fri 20:00–Mon 07:30', [...[1, 2, 3, 4].map((day) => [day * DAY + 1200, (day + 1) * DAY + 450]), [5 * DAY + 1200, 8 * DAY + 450]]],
    ['Mon 00:00–00:00', [[MON, MON + DAY]]],
    ['Sat, Sun 00:00–12:00', [[0, 720], [6 * DAY, 6 * DAY + 720]]],
    ['always', [[0, 7 * DAY]]],
    ['Mon 08:00–12:00', [[DAY + 480, DAY + 540], [DAY + 540, DAY + 720]]],
    ['always', [[0, DAY], [DAY, 7 * DAY]]],
  ])('%s', (words, stretches) => {
    // As a week has them: from Sunday on, and cut where it ends.
    const cut = stretches.flatMap(([from, to]) => (to <= 7 * DAY ? [[from, to]] : [[0, to - 7 * DAY], [from, 7 * DAY]]))
      .map(([from, to]) => ({ from, to })).sort((a, b) => a.from - b.from);

    expect(timesText(cut)).toBe(words);
  });
});

test('the week of many functions with one pause has two times, and each of its minutes one', () => {
  const schedules = [
    { timing: { expression: 'cron(0 22 * * ? *)', timeZone: 'Europe/Berlin' }, min: 0, max: 0 },
    { timing: { expression: 'cron(0 6 * * ? *)', timeZone: 'Europe/Berlin' }, min: 3, max: 9 },
  ];
  const versions: LiveVersion[] = Array.from({ length: 1000 }, (_, index) => ({
    functionName: `F${index}`, version: '$LATEST.PUBLISHED', memoryMiB: 2048, vCpus: 1, minEnvironments: 3, maxEnvironments: 9, schedules,
  }));

  const { week: made, busiest } = overTime(versions);

  expect(made!.times).toHaveLength(2);
  expect(made!.times.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 10);
  expect(busiest.every(({ minEnvironments, maxEnvironments }) => minEnvironments === 3 && maxEnvironments === 9)).toBe(true);
});
