/** The section about one fleet: its picture, its cost over the load, its versions, and the assumptions behind the figures. */
import { CostCurve, costCurve } from './cost-curve';
import { drawCurve } from './draw-curve';
import { fleetPicture } from './fleet-picture';
import { Content, Html, html, raw } from './html';
import { ShownFleet } from './page-content';
import { dollars, feeText, wholeDollars } from '../planning/cost-rules';
import { span } from '../planning/money-text';
import { MonthlyCostRange } from '../planning/monthly-cost';
import { PlanFigures } from '../planning/plan-figures';
import { basisNotes, discountText, shortNameOf, shortTerm, uncounted } from '../planning/plan-text';
import { figure } from '../rules/fleet/need-text';

/** A section of the page. */
export function fleetSection(fleet: ShownFleet, id: string): Html {
  const { name, file, line, plan } = fleet;
  const curve = costCurve(plan, fleet.loads, fleet.loadsAssumed);
  return html`<section class="fleet" id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${name}</h2>
<p class="place">${file}${line !== undefined && `:${line}`}</p>
${figures(plan)}
${fleetPicture(plan) ?? html`<p class="note">There is no picture: ${whyNoPicture(plan)}.</p>`}
<h3>Cost over load</h3>
${curve ? curveFigure(curve, name) : html`<p class="note">There is no curve: ${whyNoCurve(plan)}.</p>`}
<h3>Versions</h3>
${versionsTable(plan)}
<h3>What was assumed</h3>
<ul class="assumed">${assumptions(fleet, curve).map((text) => html`<li>${text}</li>`)}</ul>
</section>
`;
}

/** Returns the most important figures. */
function figures(plan: PlanFigures): Html {
  const { instances, vCpusAtRest, idleFloor, ceiling, sufficientVCpuCount, maxVCpuCount, around, _details: { context, costs } } = plan;
  const least = costs.isAtLeast ? 'at least ' : '';
  const tile = (what: string, value: string, more: Content = undefined) => html`<div><dt>${what}</dt><dd>${value}${more && html` <small>${more}</small>`}</dd></div>
`;
  const fits = sufficientVCpuCount === undefined || maxVCpuCount === undefined ? undefined : `${figure(sufficientVCpuCount)} needed to deploy`;
  return html`<dl class="figures">
${tile('At rest', idleFloor ? `${least}${rangeText(idleFloor)}` : 'unknown', idleFloor && 'a month')}
${tile('At maximum', ceiling ? rangeText(ceiling) : 'unknown', ceiling && 'a month')}
${tile('Instances at rest', instances ? `${least}${instances.atRest}` : 'unknown', `${least}${figure(vCpusAtRest)} vCPUs`)}
${tile(shortTerm(context, 'maxVCpuCount'), maxVCpuCount === undefined ? 'unknown' : figure(maxVCpuCount), fits)}
${around.map(({ text, count, monthly }) => tile(`${count} ${text}`, monthly === undefined ? 'unknown' : dollars(monthly), monthly !== undefined && 'a month'))}
</dl>`;
}

function curveFigure(curve: CostCurve, name: string): Html {
  const words = breakEvenText(curve);
  return html`<figure class="curve" role="img" aria-label="Cost of ${name} over its load. ${words}">
${raw(drawCurve(curve))}
<figcaption>Dollars a month over requests at once on average: the fleet, between the cheapest and the most expensive type, and standard Lambda (dashed). ${words}</figcaption>
</figure>`;
}

function breakEvenText({ breakEven: { lowest, highest }, points, load, architecture }: CostCurve): string {
  const most = points[points.length - 1].concurrency;
  const given = load === undefined ? '' : ` Your load is ${number(load)} at once.`;
  if (!points.some(({ standard }) => standard !== undefined)) return `The cost of standard Lambda on ${architecture} isn't known.${given}`;
  // Where the most expensive type is cheaper than standard Lambda, the cheapest is as well.
  if (lowest === undefined) return `Up to ${number(most)} requests at once, the fleet isn't cheaper than standard Lambda.${given}`;
  const from = highest === undefined ? number(lowest) : span(number(lowest), number(highest));
  return `Above ${from} requests at once, the fleet is cheaper than standard Lambda on ${architecture}.${given}`;
}

function versionsTable({ versions, _details: { stack } }: PlanFigures): Html {
  if (versions.length === 0) return html`<p class="note">No function is attached.</p>`;
  const cell = (value: number | undefined, unknown = '?') => html`<td class="number">${value === undefined ? unknown : figure(value)}</td>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Versions"><table>
<thead><tr><th scope="col">function</th><th scope="col">version</th><th scope="col" class="number">MB</th><th scope="col" class="number">vCPUs</th><th scope="col" class="number">at once</th><th scope="col" class="number">min</th><th scope="col" class="number">max</th></tr></thead>
<tbody>${versions.map(({ functionName, version, memorySize, vCpus, maxConcurrency, minExecutionEnvironments, maxExecutionEnvironments }) => html`
<tr><th scope="row">${shortNameOf(functionName, stack)}</th><td>${shortNameOf(version, stack)}</td>${cell(memorySize)}${cell(vCpus)}${cell(maxConcurrency)}${cell(minExecutionEnvironments)}${cell(maxExecutionEnvironments, '-')}</tr>`)}
</tbody></table></div>`;
}

/** Lists the assumptions behind the figures. */
function assumptions({ plan, loads, loadsAssumed }: ShownFleet, curve: CostCurve | undefined): string[] {
  const { assumed = [], costs } = plan._details;
  const written = assumed.map((text) => `${text[0].toUpperCase()}${text.slice(1)}.`);
  const loaded = new Set(loads.map(({ functionName }) => functionName));
  const without = [...new Set(plan.versions.map(({ functionName }) => functionName))].filter((name) => !loaded.has(name));
  return [
    ...written,
    ...without.length > 0 && !loadsAssumed ? [`${without.join(', ')} ${without.length === 1 ? 'has no load and is' : 'have no load and are'} counted at rest.`] : [],
    ...plan.versions.some(({ assumesMemoryGiBPerVCpu }) => assumesMemoryGiBPerVCpu) ? ['Functions without a ratio get AWS\'s 2 GiB per vCPU.'] : [],
    `Dollars are estimates of EC2 on demand${discountText(plan)} with the fee of ${feeText(costs.fee)}, without ${uncounted(plan, 'requests (but in the curve)')}.`,
    ...basisNotes(plan),
    ...curve && loadsAssumed ? ['No load was given, so the curve assumes equally many requests to each function, of 100 ms that mostly wait, and the same memory on standard Lambda. Give yours with --load.'] : [],
    'Instances are those that suit the fleet best. How Lambda places environments isn\'t documented: they are drawn as evenly as they fit.',
  ];
}

function whyNoPicture({ versions }: PlanFigures): string {
  return versions.length === 0 ? 'no function is attached' : 'no instance type is known to hold each environment';
}

function whyNoCurve({ versions, idleFloor, region }: PlanFigures): string {
  if (versions.length === 0) return 'no function is attached';
  return idleFloor ? 'the size or the concurrency of a function isn\'t known' : `no price of the instances is known in ${region}`;
}

function rangeText({ lowest, highest }: MonthlyCostRange): string {
  return span(wholeDollars(lowest.total), wholeDollars(highest.total));
}

function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 });
}
