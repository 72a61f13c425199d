import { FleetFacts } from '../../rules/fleet/fleet-facts';
import { figure } from '../../rules/fleet/need-text';
import { Limits } from '../../service/managed-instances-limits';
import { isKnownAtRest } from '../../sizing/fleet-demand';

/** What the fleet is planned to have, in Markdown and without money: what a template holds must not change with prices. */
export function planLine(fleet: FleetFacts, limits: Limits): string {
  const { versions } = fleet;
  const { need, best, sufficientVCpuCount } = fleet.capacity(limits);
  // What isn't known comes on top.
  const atLeast = versions.every(isKnownAtRest) ? '' : 'at least ';
  const instances = best && need.atRest.vCpus > 0 ? ` (${best.atRest.map(({ type, count }) => `${count} × \`${type.name}\``).join(' + ')})` : '';
  return [
    `**Plan** · ${versions.length === 1 ? '1 live version keeps' : `${versions.length} live versions keep`} ${atLeast}${figure(need.atRest.vCpus)} vCPUs${instances}`,
    `${atLeast}${figure(need.toDeployOne.total)} vCPUs while a function is deployed`,
    ...sufficientVCpuCount === undefined || atLeast ? [] : [`a \`maxVCpuCount\` of ${figure(sufficientVCpuCount)} suffices`],
  ].join(' · ');
}
