import { Fn, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { capacityProviders, encoded, logGroup as consoleOf, SLASH } from './console-links';
import { FleetView } from '../fleet-view';
import { text } from './widgets';
import { isToken } from '../../reading/constructs/token';
import { isKnown } from '../../reading/fact';
import { PAGES, REPOSITORY } from '../../service/pages';

/** The content of the header. */
export interface Header {
  readonly fleet: FleetView;
  /** Whether a variable chooses one function, because there are too many functions or some can't be named. */
  readonly chosenByVariable: boolean;
  readonly logGroup?: logs.ILogGroupRef;
  /** The number of alarms of the fleet that the dashboard's stack can't name. */
  readonly alarmsElsewhere: number;
  /** The plan of the fleet in Markdown, without money. */
  readonly plan?: string[];
}

/** The height of title, limits and links, with a line for the plan. */
const HEIGHT = 3;
/** The largest height. A longer header scrolls, so that alarms and key figures are visible without scrolling the dashboard. */
const MOST_HEIGHT = 6;
const LINES_PER_UNIT = 2;
const AT_DEPLOYMENT = 'set at deployment';
const RUNBOOKS = `${REPOSITORY}/blob/main/docs/monitoring-and-runbooks.md`;

/** Returns the header with limits and links, which shows the intended state before the graphs show the actual one. */
export function headerRow({ fleet, chosenByVariable, logGroup, alarmsElsewhere, plan = [] }: Header): cloudwatch.IWidget {
  const cells = limitsOf(fleet);
  const links = [
    `[Capacity providers, tab Monitor](${capacityProviders(fleet.place.region)})`,
    ...logGroup ? [`[System logs](${consoleOf(encodedName(logGroup), fleet.place.region)})`] : [],
    `[Runbooks](${RUNBOOKS})`,
    `[Troubleshooting](${PAGES.troubleshooting})`,
    `[Metrics](${PAGES.metrics})`,
  ];
  const row = (values: string[]) => `| ${values.join(' | ')} |`;
  return text(Math.min(MOST_HEIGHT, HEIGHT + Math.floor(plan.length / LINES_PER_UNIT)), [
    `## Capacity provider ${fleet.name}`,
    ...cells.length > 0 ? [row(cells.map(([title]) => title)), row(cells.map(() => '---')), row(cells.map(([, value]) => value))] : [],
    ...plan.length > 0 ? ['', ...plan] : [],
    '',
    [
      ...links,
      ...chosenByVariable ? ['the variable above chooses the function'] : [],
      ...alarmsElsewhere > 0 ? [alarmsElsewhere === 1 ? '1 alarm in another stack isn\'t shown' : `${alarmsElsewhere} alarms in other stacks aren't shown`] : [],
    ].join(' · '),
  ]);
}

/** Returns the known limits of a provider, which are few if it was created elsewhere. */
function limitsOf({ facts, architecture, attachments, ceiling, reachableVCpus, cpuTarget }: FleetView): [string, string][] {
  const cells: [string, string | undefined][] = [
    ['Architecture', architecture ?? (attachments.length > 0 ? AT_DEPLOYMENT : undefined)],
    ['Functions in this app', facts || attachments.length > 0 ? String(attachments.length) : undefined],
    ...facts ? [
      ['maxVCpuCount', String(ceiling ?? AT_DEPLOYMENT)],
      ['vCPUs that environments can hold', String(reachableVCpus ?? AT_DEPLOYMENT)],
      ['Scaling', [
        facts.scalingMode === undefined ? 'Auto' : (isKnown(facts.scalingMode) ? facts.scalingMode : AT_DEPLOYMENT),
        ...cpuTarget === undefined ? [] : [`CPU ${cpuTarget} %`],
      ].join(', ')],
    ] as [string, string][] : [],
  ];
  return cells.filter((cell): cell is [string, string] => cell[1] !== undefined);
}

/** Returns the name of a log group, encoded for the console's address. */
function encodedName(logGroup: logs.ILogGroupRef): string {
  const { logGroupName } = logGroup.logGroupRef;
  const made = logs.CfnLogGroup.isCfnLogGroup(logGroup) ? logGroup : logGroup.node.defaultChild;
  const name = logs.CfnLogGroup.isCfnLogGroup(made) ? Stack.of(made).resolve(made.logGroupName) : logGroupName;
  // Names that CloudFormation generates need no encoding.
  if (name === undefined) return logGroupName;
  return isToken(name) || typeof name !== 'string'
    ? Fn.join(SLASH, Fn.split('/', logGroupName))
    : encoded(name);
}
