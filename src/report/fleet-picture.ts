/** Draws a fleet: instances as boxes with their environments in them, under the line of the ceiling. */
import { Content, Html, html } from './html';
import { Environment, FleetPicture, fleetPictures, Instance } from './placement';
import { PlanFigures } from '../planning/plan-figures';
import { shortNameOf, shortTerm } from '../planning/plan-text';
import { figure, hostsText } from '../rules/fleet/need-text';
import { RESERVED_PER_INSTANCE } from '../service/reserved-capacity';
import { HostType } from '../sizing/fleet-need';

/** The number of boxes above which equal boxes are drawn only once. */
const MOST_BOXES = 24;
/** The largest and smallest height of a vCPU, and the height of the largest box, in pixels. */
const [UNIT_MOST, UNIT_LEAST, BOX_MOST] = [22, 1.5, 190];
/** The height of a box below which a label doesn't fit. */
const LABEL_LEAST = 13;
const COLOURS = 8;

/** Draws the fleet. Undefined if there is nothing to draw. */
export function fleetPicture(plan: PlanFigures): Html | undefined {
  const pictures = fleetPictures(plan);
  if (!pictures || plan.versions.length === 0) return undefined;
  const { atRest, whileDeploying, atMaximum, deployed } = pictures;
  const drawing = new Drawing(plan, [atRest, whileDeploying, ...atMaximum ? [atMaximum] : []]);
  return html`<div class="pictures">
${drawing.moment('at-rest', 'At rest', atRest)}
${drawing.moment('while-deploying', deployed === undefined ? 'While deploying' : `While ${drawing.nameOf(deployed)} is deployed`, whileDeploying)}
${atMaximum && drawing.moment('at-maximum', 'At maximum', atMaximum)}
</div>
${drawing.legend()}`;
}

/** A drawing, which knows the height of a vCPU and the letter of each function. */
class Drawing {
  private readonly unit: number;
  private readonly functions: string[];

  constructor(private readonly plan: PlanFigures, pictures: FleetPicture[]) {
    const largest = Math.max(...pictures.flatMap(({ instances }) => instances.map(({ type }) => type.vCpus)));
    this.unit = Math.max(UNIT_LEAST, Math.min(UNIT_MOST, BOX_MOST / largest));
    this.functions = [...new Set(plan.versions.map(({ functionName }) => functionName))];
  }

  public moment(id: string, title: string, { instances, vCpus, withoutRoom }: FleetPicture): Html {
    const { maxVCpuCount: ceiling = Infinity } = this.plan;
    let sum = 0;
    const isUnder = instances.map(({ type }) => (sum += type.vCpus) <= ceiling);
    const above = instances.filter((_, i) => !isUnder[i]);
    const under = instances.filter((_, i) => isUnder[i]);
    return html`<figure class="moment" data-moment="${id}" data-instances="${instances.length}" data-vcpus="${figure(vCpus)}">
<figcaption><strong>${title}</strong> ${hostsText(typesOf(instances)) || 'no instance'}, ${figure(vCpus)} vCPUs</figcaption>
${above.length > 0 && html`<ul class="instances above" aria-label="above the ceiling">${this.boxes(above)}</ul>`}
<div class="ceiling"><span>${this.ceilingText(vCpus)}</span></div>
<ul class="instances" aria-label="${title}: instances">${this.boxes(under)}</ul>
${withoutRoom > 0 && html`<p class="note">${withoutRoom === 1 ? '1 environment has' : `${withoutRoom} environments have`} no room under the ceiling.</p>`}
</figure>`;
  }

  public legend(): Html {
    return html`<ul class="legend" aria-label="Legend">
${this.functions.map((name, i) => html`<li><span class="environment c${i % COLOURS}">${letterOf(i)}</span> ${this.nameOf(name)}</li>`)}
<li><span class="environment c0 new">${letterOf(0)}</span> new version while deployed</li>
<li><span class="environment reserve"></span> reserved by Lambda</li>
<li><span class="environment free"></span> free</li>
</ul>`;
  }

  public nameOf(functionName: string): string {
    return shortNameOf(functionName, this.plan._details.stack);
  }

  private ceilingText(vCpus: number): string {
    const { maxVCpuCount, _details: { context } } = this.plan;
    if (maxVCpuCount === undefined) return `${shortTerm(context, 'maxVCpuCount')} isn't known`;
    return `${shortTerm(context, 'maxVCpuCount')} ${figure(maxVCpuCount)}: ${roomText(maxVCpuCount - vCpus)}`;
  }

  private boxes(instances: readonly Instance[]): Html[] {
    if (instances.length <= MOST_BOXES) return instances.map((instance) => this.box(instance, 1));
    const alike = new Map<string, { readonly instance: Instance; count: number }>();
    for (const instance of instances) {
      const key = `${instance.isReplacement} ${this.describe(instance)}`;
      const known = alike.get(key);
      if (known) known.count += 1;
      else alike.set(key, { instance, count: 1 });
    }
    return [...alike.values()].map(({ instance, count }) => this.box(instance, count));
  }

  private box(instance: Instance, count: number): Html {
    const { type, environments, free, isReplacement = false } = instance;
    const what = this.describe(instance);
    return html`<li class="instance${isReplacement && ' replacement'}" data-count="${count}" data-type="${type.name}" title="${what}">
<span class="type">${count > 1 && html`<b>${count} ×</b> `}${type.name}</span>
<span class="stack" role="img" aria-label="${what}">${[
  this.part('free', free.vCpus),
  environments.map((environment) => this.environment(environment)),
  this.part('reserve', RESERVED_PER_INSTANCE.vCpus),
]}</span></li>
`;
  }

  private environment({ version, vCpus, isNew = false }: Environment): Html {
    const index = this.functions.indexOf(version.functionName);
    return this.part(`c${index % COLOURS}${isNew ? ' new' : ''}`, vCpus, vCpus * this.unit >= LABEL_LEAST && letterOf(index));
  }

  private part(kind: string, vCpus: number, label: Content = undefined): Html {
    return vCpus <= 0 ? html`` : html`<span class="environment ${kind}" style="height:${figure(Math.round(vCpus * this.unit * 10) / 10)}px">${label}</span>`;
  }

  private describe({ type, environments, free, isReplacement }: Instance): string {
    if (isReplacement) return `${type.name}: ready to replace an instance`;
    const counts = new Map<string, number>();
    for (const { version, isNew } of environments) {
      const name = `${this.nameOf(version.functionName)} ${version.version}${isNew ? ' (new)' : ''}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const inside = [...counts].map(([name, count]) => `${count} × ${name}`).join(', ') || 'no environment';
    return `${type.name}: ${inside}; ${figure(free.vCpus)} vCPU${free.vCpus === 1 ? '' : 's'} and ${figure(free.memoryMiB / 1024)} GB free`;
  }
}

function roomText(vCpus: number): string {
  if (vCpus < 0) return `${figure(-vCpus)} vCPUs too few`;
  return vCpus === 0 ? 'no room for more' : `room for ${figure(vCpus)} more vCPUs`;
}

function typesOf(instances: readonly Instance[]): { type: HostType; count: number }[] {
  const counts = new Map<HostType, number>();
  for (const { type } of instances) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => ({ type, count }));
}

/** Returns the letter of a function: `A` to `Z`, then `A2` and so on. */
function letterOf(index: number): string {
  return String.fromCharCode(65 + index % 26) + (index < 26 ? '' : Math.floor(index / 26) + 1);
}
