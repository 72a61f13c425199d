import { FleetFacts } from '../../rules/fleet/fleet-facts';
import { figure } from '../../rules/fleet/need-text';
import { pauseText, stretchesOf, timesText } from '../../rules/fleet/week-text';
import { Limits } from '../../service/managed-instances-limits';
import { isKnownAtRest, LiveVersion } from '../../sizing/fleet-demand';
import { FleetTime } from '../../sizing/fleet-week';

/** Returns the plan of the fleet in Markdown, without money, so that templates don't change with prices. */
export function planLine(fleet: FleetFacts, limits: Limits): string {
  const { versions } = fleet;
  const { need, best, sufficientVCpuCount, times } = fleet.capacity(limits);
  // Unknown needs are added to the known ones.
  const atLeast = versions.every(isKnownAtRest) ? '' : 'at least ';
  const instances = best && need.atRest.vCpus > 0 ? ` (${best.atRest.map(({ type, count }) => `${count} × \`${type.name}\``).join(' + ')})` : '';
  return [
    `**Plan** · ${versions.length === 1 ? '1 live version keeps' : `${versions.length} live versions keep`} ${atLeast || (times.length > 0 ? 'at most ' : '')}${figure(need.atRest.vCpus)} vCPUs${instances}`,
    `${atLeast}${figure(need.toDeployOne.total)} vCPUs while a function is deployed`,
    ...sufficientVCpuCount === undefined || atLeast ? [] : [`a \`maxVCpuCount\` of ${figure(sufficientVCpuCount)} suffices`],
    ...weekOf(fleet, limits),
  ].join(' · ');
}

/** Returns the pause of the whole fleet in a few words, or else the vCPUs that are kept at each time. */
function weekOf(fleet: FleetFacts, limits: Limits): string[] {
  const pause = pauseText(fleet.week);
  if (pause !== undefined || !fleet.week) return pause === undefined ? [] : [pause];
  const times = fleet.capacity(limits).times.map(({ stretches, atRest: { vCpus } }) => `${figure(vCpus)} vCPUs ${timesText(stretches)}`);
  return [`over the week ${times.join('; ')} (${fleet.week.timeZone})`];
}

/**
 * Returns the environments of a function at each time, as a text after its name: ` · paused 22:00–06:00 Europe/Berlin`. Empty if no schedule changes
 * them.
 */
export function scheduleOf(functionName: string, { week }: FleetFacts): string {
  if (!week) return '';
  const own = (version: LiveVersion) => version.functionName === functionName;
  const kept = new Map<string, FleetTime[]>();
  for (const time of week.times) {
    const counts = time.versions.filter(own).map(({ minEnvironments = 0, maxEnvironments = 0 }) => countsText(minEnvironments, maxEnvironments));
    const text = [...new Set(counts)].join(' and ');
    kept.set(text, [...kept.get(text) ?? [], time]);
  }
  if (kept.size <= 1) return '';
  return ` · ${[...kept].map(([text, times]) => `${text} ${timesText(stretchesOf(times))}`).join(', ')} ${week.timeZone}`;
}

function countsText(min: number, max: number): string {
  if (max === 0) return 'paused';
  return `${min === max ? min : `${min} to ${max}`} ${max === 1 ? 'environment' : 'environments'}`;
}
