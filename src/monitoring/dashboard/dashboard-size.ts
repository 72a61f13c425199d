/** Whether a dashboard is small enough for CloudWatch and CloudFormation. */
import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';
import { LazyWidget } from './lazy-widget';
import { Finding, findingOf } from '../../rules/findings';
import { descriptions, Level } from '../../rules/rule';
import { CLOUDWATCH_LIMITS } from '../../service/cloudwatch-limits';
import { PAGES } from '../../service/pages';

/** The findings about dashboards. */
export const DASHBOARD_FINDINGS = descriptions({
  DashboardTooLarge: {
    level: Level.ERROR,
    what: 'The widgets, metrics, variables and references of a dashboard stay within the limits of CloudWatch and CloudFormation.',
    why: 'The deployment would fail. In a nested stack each reference to another stack becomes a parameter.',
    source: PAGES.cloudWatchLimits,
  },
});

/** What one fleet has on a dashboard. */
export interface FleetOnDashboard {
  readonly rows: LazyWidget;
  /** What the rows name by reference. */
  readonly named: () => IConstruct[];
}

const FLEETS = new WeakMap<cloudwatch.Dashboard, FleetOnDashboard[]>();

/** The fleets on a dashboard so far, to add some. */
export function fleetsOn(dashboard: cloudwatch.Dashboard): FleetOnDashboard[] {
  const fleets = FLEETS.get(dashboard) ?? [];
  FLEETS.set(dashboard, fleets);
  return fleets;
}

/** What is too much for a dashboard. Widgets that others added to it aren't seen: they come on top. */
export function sizeFindings(dashboard: cloudwatch.Dashboard): Finding[] {
  const { dashboardWidgets, dashboardVariables, metricsPerDashboard, stackParameters } = CLOUDWATCH_LIMITS;
  const fleets = fleetsOn(dashboard);
  const stack = Stack.of(dashboard);
  const counts = fleets.map(({ rows }) => rows.count());
  const widgets = sum(counts.map((count) => count.widgets));
  const metrics = sum(counts.map((count) => count.metrics));
  const parameters = stack.nestedStackParent
    ? new Set(fleets.flatMap(({ named }) => named()).filter((construct) => Stack.of(construct) !== stack)).size
    : 0;
  const sizes: [string, number, number, string][] = [
    ['widgets', widgets, dashboardWidgets, 'give each fleet a dashboard of its own'],
    ['metrics', metrics, metricsPerDashboard, 'give each fleet a dashboard of its own'],
    ['variables', fleets.length, dashboardVariables, 'give each fleet a dashboard of its own'],
    ['references to other stacks', parameters, stackParameters, 'put the dashboard into a stack that isn\'t nested, or leave perFunction of the alarms out'],
  ];
  return sizes.filter(([, found, most]) => found > most).map(([what, found, most, remedy]) => findingOf(DASHBOARD_FINDINGS.DashboardTooLarge, {
    property: 'The dashboard', verb: 'has', allowed: `at most ${most} are allowed`, found: `${found} ${what}`, remedy,
  }));
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
