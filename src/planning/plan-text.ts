import { InstanceCostRange } from './cost-facts';
import { dollars, feeText } from './cost-rules';
import { rangeText } from './money-text';
import { PlanFigures } from './plan-figures';
import { shorten, textTable, wrap } from './text-table';
import { figure, hostsText, whileDeployed } from '../rules/fleet/need-text';
import { RuleContext } from '../rules/rule';
import { EXECUTION_ENVIRONMENT_DEFAULTS } from '../service/execution-environments';
import { RESERVED_PER_INSTANCE } from '../service/reserved-capacity';
import { vCpusKept } from '../sizing/fleet-demand';
import { hostsToDeploy, sumOfHosts, vCpusOfHosts } from '../sizing/fleet-need';
import { NeedPart, NeedSum } from '../sizing/need-sum';

/** The width of the text, which fits a terminal. */
export const WIDTH = 80;

const UNKNOWN = 'unknown';

const AT_LEAST = 'at least ';

const AT_MOST = 'at most ';

/** The width that the other columns leave for the version. */
const VERSION_WIDTH = 20;

/** Returns the plan as text: what runs, what it needs, whether it fits, what it costs, and what is worth knowing. */
export function planText(plan: PlanFigures): string {
  return [
    ...heading(`Capacity plan of ${plan._details.name}`),
    '',
    ...versionsTable(plan),
    '',
    ...plan.versions.length > 0 ? [...fleetTable(plan), '', ...weekTable(plan), ...verdict(plan), ''] : [],
    ...costTable(plan),
    ...section('Assumed', [...plan._details.assumed ?? []]),
    ...section('Good to know', plan.findings.map(({ level, code, text }) => `${level} ${code}: ${text}`)),
  ].join('\n');
}

function versionsTable({ _details: { facts: { versions }, costs: { isAtLeast }, stack } }: PlanFigures): string[] {
  if (versions.length === 0) return ['No function is attached.'];
  const rows = versions.map((version) => [
    shortNameOf(version.functionName, stack),
    versionText(version.version, stack),
    cell(version.memoryMiB),
    `${cell(version.vCpus)}${version.assumesRatio ? '*' : ''}`,
    cell(version.maxConcurrency),
    cell(version.minEnvironments),
    version.maxEnvironments === Infinity ? '-' : cell(version.maxEnvironments),
    cell(version.vCpus === undefined || version.minEnvironments === undefined ? undefined : vCpusKept(version)),
  ]);
  return [
    ...textTable(['function', 'version', 'MB', 'vCPUs', 'at once', 'min', 'max', 'vCPUs kept'], rows, WIDTH),
    ...versions.some(({ assumesRatio }) => assumesRatio) ? ['', ...wrap(`* No ratio is set, so AWS's default is assumed: ${EXECUTION_ENVIRONMENT_DEFAULTS.memoryGiBPerVCpu} GiB per vCPU.`, WIDTH)] : [],
    ...rows.flat().includes('?') ? ['', ...wrap(`? is unknown before deployment${isAtLeast ? ', so the figures below are minimums' : ''}.`, WIDTH)] : [],
  ];
}

/** Writes the sums of whole instances. Each line that begins with `=` is the sum of the lines above that belong to it. */
function fleetTable(plan: PlanFigures): string[] {
  const { _details: { capacity: { need, best }, costs: { isAtLeast, isAtMost }, stack } } = plan;
  const { toDeployOne: one, toDeployAll: all, maximum } = need;
  const least = isAtLeast || !best ? AT_LEAST : '';
  const isUnknown = isAtLeast && need.atRest.vCpus === 0;
  const row = (what: string, { hosts, vCpus }: NeedPart, bound: string = least) => {
    if (isUnknown) return [what, UNKNOWN, UNKNOWN];
    if (!best) return [what, UNKNOWN, `${bound}${figure(vCpus)}`];
    return hosts.length > 0 ? [what, `${bound}${hostsText(hosts)}`, `${bound}${figure(vCpus)}`] : [what, 'none', '0'];
  };
  const sumRows = (what: string, sum: NeedSum, withReplacement: boolean) => [
    ...sum.deployment ? [row(`+ ${whileDeployed({ ...sum.deployment, functionName: shortNameOf(sum.deployment.functionName, stack) })}`, sum.deployment)] : [],
    ...withReplacement && sum.replacement.vCpus > 0 ? [row('+ for a replacement', sum.replacement)] : [],
    row(`= ${what}`, totalOfSum(sum)),
  ];
  const rows = [
    row(plan.week.length > 0 ? 'at the busiest time of the week' : 'at rest', need.atRest),
    ...sumRows('to deploy one function', one, true),
    ...all.total > one.total ? sumRows(`to deploy ${all.deployment!.functions} functions at once`, all, false) : [],
    maximum ? row('at maximum', maximum, isAtMost ? AT_MOST : '') : ['at maximum', UNKNOWN, UNKNOWN],
  ];
  return [...textTable(['the whole fleet', 'instances that suit it best', 'vCPUs'], rows, WIDTH), ...hostNotes(plan).flatMap((note) => ['', ...wrap(note, WIDTH)])];
}

/** Returns a table of what is kept at each time, if schedules change it. */
function weekTable({ week, _details: { capacity: { times }, facts: { leftOut = [] }, stack } }: PlanFigures): string[] {
  const rows = week.map(({ when, hoursPerWeek, vCpus }, index) => {
    const { hosts } = times[index].atRest;
    return [when, hosts.length > 0 ? hostsText(hosts) : (vCpus > 0 ? UNKNOWN : 'none'), figure(vCpus), figure(hoursPerWeek)];
  });
  const unweekly = [...new Set(leftOut.map(({ expression, functionName }) => (
    `${expression ?? 'a schedule that is known only at deployment'} of ${shortNameOf(functionName, stack)}`
  )))];
  return [
    ...week.length > 0 ? [...textTable([`at rest, ${week[0].timeZone}`, 'instances', 'vCPUs', 'hours'], rows, WIDTH), ''] : [],
    ...unweekly.length > 0 ? [...wrap(`Left out, since an average week can't show it: ${some(unweekly)}.`, WIDTH), ''] : [],
  ];
}

function totalOfSum({ atRest, deployment, replacement, total }: NeedSum): NeedPart {
  return { vCpus: total, hosts: sumOfHosts(atRest.hosts, deployment?.hosts ?? [], replacement.hosts) };
}

/** Explains the number of instances. */
function hostNotes({ instances, _details: { capacity: { best } } }: PlanFigures): string[] {
  if (!best || !instances) return [];
  const { vCpus, memoryMiB, name } = best.type;
  const { strandedVCpus, strandedMemory } = instances;
  const stranded = ` At rest, ${percent(strandedVCpus)} of the vCPUs and ${percent(strandedMemory)} of the memory run no function.`;
  return [
    `${name} has ${vCpus} vCPUs and ${figure(memoryMiB / 1024)} GB. Lambda keeps ${RESERVED_PER_INSTANCE.vCpus} vCPU and `
    + `${RESERVED_PER_INSTANCE.memoryMiB / 1024} GB of each instance, and spreads a fleet over up to three.${instances.atRest > 0 ? stranded : ''}`,
    ...best.singles ? [`Lambda chooses the type. It was observed to start an instance of ${best.singles.vCpus} vCPUs for each version that keeps one environment.`] : [],
  ];
}

function verdict(plan: PlanFigures): string[] {
  const { maxVCpuCount, sufficientVCpuCount, _details: { capacity, costs: { isAtLeast } } } = plan;
  const { term } = plan._details.context;
  const ceiling = maxVCpuCount === undefined ? `${term('maxVCpuCount')} is not known here` : `${term('maxVCpuCount')} is ${maxVCpuCount}`;
  if (sufficientVCpuCount === undefined) {
    const why = capacity.best ? 'it isn\'t known how many environments any version keeps' : 'no instance type is known to hold each environment';
    return wrap(`${ceiling}; what suffices is unknown, since ${why}.`, WIDTH);
  }
  const all = Math.max(capacity.need.toDeployAll.total, sufficientVCpuCount);
  const deployAll = all > sufficientVCpuCount ? `, ${all} to deploy all functions of a stack at once` : '';
  const suffices = isAtLeast ? `at least ${sufficientVCpuCount} is needed` : `${sufficientVCpuCount} suffices`;
  const proven = sufficientVCpuCount > capacity.need.toDeployOne.total ? ` Less than ${sufficientVCpuCount} isn't known to work.` : '';
  return wrap(`${ceiling}${shortage(plan)}; on ${capacity.best!.type.name}, ${suffices} to deploy one function at a time${deployAll}.${proven}${onLargest(plan)}`, WIDTH);
}

/** Warns that Lambda may choose an allowed type that is too large for the ceiling, as was reported. */
function onLargest({ sufficientVCpuCount = 0, _details: { capacity: { plans }, facts: { hasAllowList } } }: PlanFigures): string {
  const needs = plans.map((plan) => ({ name: plan.type.name, needed: vCpusOfHosts(hostsToDeploy(plan, plan.deployment)) }));
  const most = needs.reduce((one, other) => (other.needed > one.needed ? other : one));
  return hasAllowList && most.needed > sufficientVCpuCount ? ` On ${most.name}, which is allowed too, it takes ${most.needed}.` : '';
}

function shortage({ maxVCpuCount = Infinity, sufficientVCpuCount = 0, _details: { capacity: { need, fewest } } }: PlanFigures): string {
  if (maxVCpuCount < Math.min(fewest.vCpus, need.atRest.vCpus)) return ', which is too low';
  if (maxVCpuCount < need.atRest.vCpus) return ', which is likely too low';
  return maxVCpuCount < sufficientVCpuCount ? ', which is tight' : '';
}

function costTable(plan: PlanFigures): string[] {
  const { around, _details: { costs } } = plan;
  const { floor, ceiling } = costs;
  const rows = [
    instancesRow(costs.isOverWeek ? 'instances at rest, over the week' : 'instances at rest', floor),
    instancesRow('instances at maximum', ceiling),
    ...around.map(({ text, count, monthly }) => [text, monthly === undefined ? UNKNOWN : dollars(monthly), String(count)]),
  ];
  const notes = [
    `Estimates in $ a month, of EC2 on demand${discountText(plan)} with the fee of ${feeText(costs.fee)}, without ${uncounted(plan, 'requests')}.`,
    ...costs.isOverWeek && floor ? ['At rest, the amount is the average over a week, and the instances are those of the busiest time.'] : [],
    ...costs.isAtLeast && floor ? ['At rest, the amount is a minimum, because some numbers are unknown.'] : [],
    ...costs.isAtMost && ceiling ? ['At maximum, the amount is an upper bound, because some maximums are unknown.'] : [],
    ...basisNotes(plan),
    ...unpricedNotes(plan),
  ];
  return [...textTable(['cost', '$ a month', 'of'], rows, WIDTH), '', ...notes.flatMap((note) => wrap(note, WIDTH))];
}

/** Says how to set the prices that the library lacks in the Region. The command can't, and nobody can set that of composite alarms. */
function unpricedNotes({ around, region, _details: { withoutMonitoring } }: PlanFigures): string[] {
  const unpriced = around.filter(({ what, monthly }) => monthly === undefined && what !== 'CompositeAlarms').map(({ text }) => text);
  if (unpriced.length === 0) return [];
  return [`The library has no price for ${some(unpriced)} in ${region}.${withoutMonitoring ? '' : ' Pass one with PriceBook\'s withServicePrices.'}`];
}

/** Lists what the amounts don't contain. The words for requests differ between plan and report. */
export function uncounted({ _details: { withoutMonitoring } }: PlanFigures, requests: string): string {
  return withoutMonitoring ? `${requests}, traffic, alarms and dashboards` : `${requests} and traffic`;
}

/** Returns the basis of the amounts. */
export function basisNotes({ region, _details: { terms, costs } }: PlanFigures): string[] {
  return [
    `Prices ${terms.prices.asOf === undefined ? 'are your own' : `of ${terms.prices.asOf}`}, ${region}${terms.regionAssumed ? ', because the Region of the stack isn\'t known' : ''}.`,
    ...costs.standIns && (costs.floor ?? costs.ceiling) ? [`Lambda chooses the type: the range is over ${costs.standIns.text}, each in the size that costs least at rest.`] : [],
    ...costs.unpriced.length === 0 ? [] : [`No price is known for ${some(costs.unpriced)}.`],
  ];
}

/** Describes the discount. A discount of 72 % on EC2 is less than 72 % of the bill, because the fee isn't reduced. */
export function discountText({ _details: { terms, costs } }: PlanFigures): string {
  const { computeDiscount } = terms;
  if (!computeDiscount) return computeDiscount === 0 ? '' : ' less a discount that is known only at deployment';
  const off = computeDiscount - costs.fee.rate;
  return ` less ${percent(computeDiscount)} (EC2 and fee together: ${percent(Math.abs(off))} ${off < 0 ? 'above' : 'off'} EC2's price)`;
}

function instancesRow(what: string, range: InstanceCostRange | undefined): string[] {
  return range ? [what, ...rangeText(range)] : [what, UNKNOWN, ''];
}

/** Returns a title with a line under it. */
export function heading(title: string): string[] {
  const lines = wrap(title, WIDTH);
  return [...lines, '='.repeat(Math.max(...lines.map((line) => line.length)))];
}

/** Shortens a long name at its beginning, because the end says more. */
function versionText(version: string, stack: string): string {
  return shorten(shortNameOf(version, stack), VERSION_WIDTH);
}

/** Returns a list under a heading, or nothing if the list is empty. */
function section(title: string, entries: string[]): string[] {
  return entries.length === 0 ? [] : ['', title, ...entries.flatMap((entry) => wrap(`- ${entry}`, WIDTH, '  '))];
}

function some(names: string[]): string {
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
}

/** Formats a number for a narrow column. */
function cell(value: number | undefined): string {
  return value === undefined ? '?' : figure(value);
}

/** Returns the last part of the name of a property, where there is little space: `MaxVCpuCount`. */
export function shortTerm({ term }: RuleContext, property: string): string {
  return term(property).split('.').at(-1)!;
}

/** Formats a share: `57 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Returns a name without the path of the fleet's own stack. */
export function shortNameOf(name: string, stack: string): string {
  return name.startsWith(`${stack}/`) ? name.slice(stack.length + 1) : name;
}
