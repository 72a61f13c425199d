import { dollars } from './cost-rules';
import { rangeText } from './money-text';
import { MonthlyCostRange } from './monthly-cost';
import { PlanFigures } from './plan-details';
import { shorten, textTable, wrap } from './text-table';
import { vCpusKept } from '../sizing/fleet-demand';

/** Fits a terminal. */
export const WIDTH = 80;

const UNKNOWN = 'unknown';

const AT_LEAST = 'at least ';

const AT_MOST = 'at most ';

/** What the other columns leave. */
const VERSION_WIDTH = 20;

/** The plan for people: what runs, what it needs, whether it fits, what it costs, and what is worth knowing. */
export function planText(plan: PlanFigures): string {
  const { fleet } = plan._details;
  return [
    ...heading(`Capacity plan of ${fleet.node.path}`),
    '',
    ...versionsTable(plan),
    '',
    ...plan.versions.length > 0 ? [...fleetTable(plan), '', ...verdict(plan), ''] : [],
    ...costTable(plan),
    ...section('Good to know', plan.findings),
  ].join('\n');
}

function versionsTable({ _details: { facts: { versions }, costs: { isAtLeast }, stack } }: PlanFigures): string[] {
  if (versions.length === 0) return ['No function is attached.'];
  const rows = versions.map((version) => [
    shortNameOf(version.functionName, stack),
    versionText(version.version, stack),
    figure(version.memoryMiB),
    figure(version.vCpus),
    figure(version.maxConcurrency),
    figure(version.minEnvironments),
    version.maxEnvironments === Infinity ? '-' : figure(version.maxEnvironments),
    figure(version.vCpus === undefined || version.minEnvironments === undefined ? undefined : vCpusKept(version)),
  ]);
  return [
    ...textTable(['function', 'version', 'MB', 'vCPUs', 'at once', 'min', 'max', 'vCPUs kept'], rows, WIDTH),
    ...rows.flat().includes('?') ? ['', ...wrap(`? is unknown before deployment${isAtLeast ? ', so that what follows is needed at least' : ''}.`, WIDTH)] : [],
  ];
}

function fleetTable(plan: PlanFigures): string[] {
  const { instances, _details: { costs: { isAtLeast, isAtMost } } } = plan;
  const deployed = isAtLeast && plan.vCpusAtRest === 0 ? UNKNOWN : atLeast(!isAtLeast && instances !== undefined, plan.vCpusDuringDeployment);
  const rows = [
    ['at rest', atLeast(!isAtLeast, plan.vCpusAtRest), hosts(plan, 'atRest')],
    ['while one function is deployed', deployed, hosts(plan, 'deployment')],
    ['at maximum', `${plan.vCpusAtMaximum !== undefined && isAtMost ? AT_MOST : ''}${number(plan.vCpusAtMaximum)}`, hosts(plan, 'maximum')],
  ];
  const stranded = instances && instances.atRest > 0
    ? ['', ...wrap(`Of the instances at rest, ${percent(instances.strandedVCpus)} of the vCPUs and ${percent(instances.strandedMemory)} of the memory run no function: `
      + 'Lambda keeps 1 vCPU and 1 GB of each, and the rest is seldom divisible.', WIDTH)]
    : [];
  return [...textTable(['the whole fleet', 'vCPUs', 'instances that suit it best'], rows, WIDTH), ...stranded];
}

function verdict(plan: PlanFigures): string[] {
  const { maxVCpuCount, sufficientVCpuCount, _details: { capacity, costs: { isAtLeast } } } = plan;
  const ceiling = maxVCpuCount === undefined ? 'maxVCpuCount is not known here' : `maxVCpuCount is ${maxVCpuCount}`;
  if (sufficientVCpuCount === undefined) {
    const why = capacity.best ? 'it isn\'t known what any version keeps' : 'no instance type is known to hold each environment';
    return wrap(`${ceiling}; what suffices is unknown, since ${why}.`, WIDTH);
  }
  const { type, deploymentOfAll } = capacity.best!;
  const all = Math.max(deploymentOfAll * type.vCpus, sufficientVCpuCount);
  const deployAll = all > sufficientVCpuCount ? `, ${all} to deploy all at once` : '';
  const suffices = isAtLeast ? `at least ${sufficientVCpuCount} is needed` : `${sufficientVCpuCount} suffices`;
  return wrap(`${ceiling}${shortage(plan)}; on ${type.name}, ${suffices} to deploy one function at a time${deployAll}.${onLargest(plan)}`, WIDTH);
}

/** Lambda chooses among allowed types, and was reported to choose one that is too large for the ceiling. */
function onLargest({ sufficientVCpuCount = 0, _details: { capacity: { plans }, facts: { hasAllowList } } }: PlanFigures): string {
  const needs = plans.map(({ type: { name, vCpus }, deployment }) => ({ name, needed: deployment * vCpus }));
  const most = needs.reduce((one, other) => (other.needed > one.needed ? other : one));
  return hasAllowList && most.needed > sufficientVCpuCount ? ` On ${most.name}, which is allowed too, it takes ${most.needed}.` : '';
}

function shortage({ maxVCpuCount = Infinity, sufficientVCpuCount = 0, vCpusAtRest }: PlanFigures): string {
  if (maxVCpuCount < vCpusAtRest) return ', which is too low';
  return maxVCpuCount < sufficientVCpuCount ? ', which is tight' : '';
}

function costTable(plan: PlanFigures): string[] {
  const { idleFloor, ceiling, around } = plan;
  const { costs } = plan._details;
  const rows = [
    instancesRow('instances at rest', idleFloor),
    instancesRow('instances at maximum', ceiling),
    ...around.map(({ what, count, monthly }) => [what, monthly === undefined ? UNKNOWN : dollars(monthly), String(count)]),
  ];
  const notes = [
    `Estimates in $ a month, of EC2 on demand${discountText(plan)} with the fee of ${percent(costs.feeRate)}, without requests and traffic.`,
    ...costs.isAtLeast && idleFloor ? ['At rest it is at least that: what is unknown comes on top.'] : [],
    ...costs.isAtMost && ceiling ? ['At maximum it is at most that: how far the fleet grows is unknown.'] : [],
    ...basisNotes(plan),
  ];
  return [...textTable(['cost', '$ a month', 'of'], rows, WIDTH), '', ...notes.flatMap((note) => wrap(note, WIDTH))];
}

/** What the amounts rest on. */
export function basisNotes({ idleFloor, ceiling, region, _details: { terms, costs, regionAssumed } }: PlanFigures): string[] {
  return [
    `Prices ${terms.prices.asOf === undefined ? 'are your own' : `of ${terms.prices.asOf}`}, ${region}${regionAssumed ? ', because the stack doesn\'t say where it is' : ''}.`,
    ...costs.standIns && (idleFloor ?? ceiling) ? [`Lambda chooses the type: the range is over ${costs.standIns}, each in the size that costs least at rest.`] : [],
    ...costs.unpriced.length === 0 ? [] : [`No price is known of ${some(costs.unpriced)}.`],
  ];
}

/** `72 % off EC2` is less off what is paid: the fee stays. */
export function discountText({ _details: { terms, costs } }: PlanFigures): string {
  const { computeDiscount } = terms;
  if (!computeDiscount) return computeDiscount === 0 ? '' : ' less a discount that is known at deployment only';
  const off = computeDiscount - costs.feeRate;
  return ` less ${percent(computeDiscount)} (EC2 and fee together: ${percent(Math.abs(off))} ${off < 0 ? 'above' : 'off'} EC2's price)`;
}

function instancesRow(what: string, range: MonthlyCostRange | undefined): string[] {
  return range ? [what, ...rangeText(range)] : [what, UNKNOWN, ''];
}

function hosts({ instances, _details: { capacity: { best }, costs: { isAtLeast, isAtMost } } }: PlanFigures, at: 'atRest' | 'deployment' | 'maximum'): string {
  const count = best?.[at];
  if (!best || !instances || count === undefined) return UNKNOWN;
  const bound = at === 'maximum' ? (isAtMost ? AT_MOST : '') : (isAtLeast ? AT_LEAST : '');
  return `${bound}${count} × ${best.type.name} (${count * best.type.vCpus} vCPUs)`;
}

function atLeast(isKnown: boolean, value: number): string {
  if (isKnown) return number(value);
  return value === 0 ? UNKNOWN : `${AT_LEAST}${figure(value)}`;
}

/** A title with a line under it. */
export function heading(title: string): string[] {
  const lines = wrap(title, WIDTH);
  return [...lines, '='.repeat(Math.max(...lines.map((line) => line.length)))];
}

/** The end of a long name tells more than its beginning. */
function versionText(version: string, stack: string): string {
  return shorten(shortNameOf(version, stack), VERSION_WIDTH);
}

/** A list under a heading; nothing where the list is empty. */
function section(title: string, entries: string[]): string[] {
  return entries.length === 0 ? [] : ['', title, ...entries.flatMap((entry) => wrap(`- ${entry}`, WIDTH, '  '))];
}

function some(names: string[]): string {
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
}

function number(value: number | undefined): string {
  return value === undefined ? UNKNOWN : figure(value);
}

/** In a narrow column. */
function figure(value: number | undefined): string {
  return value === undefined ? '?' : String(Number(value.toFixed(2)));
}

/** `57 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Without the path of the fleet's own stack. */
export function shortNameOf(name: string, stack: string): string {
  return name.startsWith(`${stack}/`) ? name.slice(stack.length + 1) : name;
}
