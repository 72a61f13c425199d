/** Checks that a dashboard is small enough for CloudWatch and CloudFormation. */
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
    what: 'The widgets, metrics, bytes, variables and references of a dashboard stay within the limits of CloudWatch and CloudFormation.',
    why: 'The deployment would fail. In a nested stack each reference to another stack becomes a parameter.',
    source: PAGES.cloudWatchLimits,
  },
});

/** The share of one fleet in a dashboard. */
export interface FleetOnDashboard {
  readonly rows: Pick<LazyWidget, 'size'>;
  /** The resources that the rows refer to, all of them or those that remain if references are spared. */
  readonly named: (sparingly: boolean) => IConstruct[];
}

const FLEETS = new WeakMap<cloudwatch.Dashboard, FleetOnDashboard[]>();

/** Returns the list of fleets on a dashboard, to which the caller may add. */
export function fleetsOn(dashboard: cloudwatch.Dashboard): FleetOnDashboard[] {
  const fleets = FLEETS.get(dashboard) ?? [];
  FLEETS.set(dashboard, fleets);
  return fleets;
}

/** Whether a dashboard must spare references, because its stack has fewer parameters than it would name resources. */
export function sparesReferences(dashboard: cloudwatch.Dashboard): boolean {
  return parametersOf(dashboard, false) > CLOUDWATCH_LIMITS.stackParameters;
}

/** Finds what exceeds the limits of a dashboard. Widgets that others added aren't counted. */
export function sizeFindings(dashboard: cloudwatch.Dashboard): Finding[] {
  const { dashboardWidgets, dashboardVariables, metricsPerDashboard, stackParameters, templateBytes } = CLOUDWATCH_LIMITS;
  const fleets = fleetsOn(dashboard);
  const sizes = fleets.map(({ rows }) => rows.size());
  const split = 'give each fleet a dashboard of its own';
  const found: [string, number, number, string][] = [
    ['widgets', sum(sizes.map(({ widgets }) => widgets)), dashboardWidgets, split],
    ['metrics', sum(sizes.map(({ metrics }) => metrics)), metricsPerDashboard, split],
    ['bytes', sum(sizes.map(({ bytes }) => bytes)), templateBytes, split],
    ['variables', fleets.length, dashboardVariables, split],
    ['references to other stacks', parametersOf(dashboard, sparesReferences(dashboard)), stackParameters, `put the dashboard into a stack that isn't nested, or ${split}`],
  ];
  return found.filter(([, count, most]) => count > most).map(([what, count, most, remedy]) => findingOf(DASHBOARD_FINDINGS.DashboardTooLarge, {
    property: 'The dashboard', verb: 'has', allowed: `at most ${most} are allowed`, found: `${count} ${what}`, remedy,
  }));
}

/** Returns the number of parameters that a dashboard takes in a nested stack: one for each resource of another stack that it names. */
function parametersOf(dashboard: cloudwatch.Dashboard, sparingly: boolean): number {
  const stack = Stack.of(dashboard);
  if (!stack.nestedStackParent) return 0;
  return new Set(fleetsOn(dashboard).flatMap(({ named }) => named(sparingly)).filter((construct) => Stack.of(construct) !== stack)).size;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
