import { readFileSync } from 'node:fs';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmLevel, AlarmThreshold, ManagedInstances } from '../../src';
import { testFunction, testStack } from '../util';

const PAGE = readFileSync('docs/monitoring-and-runbooks.md', 'utf-8');

/** The ids of all alarms that there are. */
function alarmIds(): string[] {
  const stack = testStack();
  const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
  fleet.addFunction(testFunction(stack));
  const onRequest = { noData: AlarmThreshold.below(1), instanceChurn: AlarmThreshold.above(2), underUtilised: AlarmThreshold.below(20) };
  fleet.addAlarms('Together', { level: AlarmLevel.FULL, ...onRequest, instanceTypes: ['c8g.xlarge'] });
  fleet.addAlarms('Each', { level: AlarmLevel.FULL, perFunction: true });
  const alarms = stack.node.findAll().filter((construct) => construct instanceof cloudwatch.AlarmBase);
  return [...new Set(alarms.map(({ node }) => /\/(?:Together|Each)\/(\w+)/.exec(node.path)![1]))];
}

const ids = alarmIds();

test('each alarm has a row and a runbook', () => {
  const [rows, headings] = [/^\| `.*$/gm, /^### .*$/gm].map((pattern) => (PAGE.match(pattern) ?? []).join('\n'));

  expect(ids.length).toBeGreaterThan(20);
  expect(ids.filter((id) => !rows.includes(`\`${id}\``))).toEqual([]);
  expect(ids.filter((id) => !headings.includes(`\`${id}\``))).toEqual([]);
});

test('no runbook is about an alarm that is gone', () => {
  const named = [...PAGE.matchAll(/^### .*$/gm)].flatMap(([heading]) => [...heading.matchAll(/`(\w+)`/g)].map(([, id]) => id));

  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
});
