import { FleetFacts } from '../../rules/fleet/fleet-facts';
import { Limits } from '../../service/managed-instances-limits';
import { isKnownAtRest, vCpusKept } from '../../sizing/fleet-demand';

/** What the fleet is planned to have, in Markdown and without money: what a template holds must not change with prices. */
export function planLine(fleet: FleetFacts, limits: Limits): string {
  const { versions } = fleet;
  const { vCpusAtRest, largest, best, sufficientVCpuCount } = fleet.capacity(limits);
  const deployment = vCpusAtRest + (largest ? vCpusKept(largest) : 0) + (best?.type.vCpus ?? 0);
  // What isn't known comes on top.
  const atLeast = versions.every(isKnownAtRest) ? '' : 'at least ';
  const instances = best && !atLeast ? ` on about ${best.atRest} × \`${best.type.name}\`` : '';
  return [
    `**Plan** · ${versions.length === 1 ? '1 live version keeps' : `${versions.length} live versions keep`} ${atLeast}${vCpusAtRest} vCPUs${instances}`,
    `${atLeast}${deployment} vCPUs while a function is deployed`,
    ...sufficientVCpuCount === undefined || atLeast ? [] : [`a \`maxVCpuCount\` of ${sufficientVCpuCount} suffices`],
  ].join(' · ');
}
