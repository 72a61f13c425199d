/** Computes the `maxVCpuCount` for a load: the vCPUs that the suggested settings need at the peak and while a function is deployed. */
import { SuggestedSettings } from './load-sizing';
import { isKnown } from '../reading/fact';
import { FleetFacts } from '../rules/fleet/fleet-facts';
import { hostsText } from '../rules/fleet/need-text';
import { Limits } from '../service/managed-instances-limits';
import { vCpusOf } from '../sizing/environment';
import { isKnownAtRest, LiveVersion } from '../sizing/fleet-demand';
import { bestPlan, plansOn, vCpusOfHosts } from '../sizing/fleet-need';

/** A sum of whole instances. */
export interface SuggestedNeed {
  readonly total: number;
  /** The sum in words: `80 at the peak (10 × c7g.2xlarge) + 32 for a deployment + 8 for a replacement`. */
  readonly text: string;
}

/** Computes the need with the suggested settings. Undefined if nothing is suggested, or if something isn't known. */
export function suggestedNeed(
  { versions, hosts, zones, hasAllowList }: FleetFacts, suggested: Map<LiveVersion | undefined, SuggestedSettings | undefined>, limits: Limits,
): SuggestedNeed | undefined {
  if (![...suggested.values()].some((settings) => settings) || !isKnown(hosts) || !versions.every(isKnownAtRest)) return undefined;
  const changed = versions.map((version) => withSettings(version, suggested.get(version)));
  const best = bestPlan(plansOn(hosts, changed, { zones, freeChoice: !hasAllowList }));
  if (!best?.maximum) return undefined;
  const [peak, deployment, replacement] = [best.maximum, best.deployment?.added ?? [], best.replacement].map(vCpusOfHosts);
  const sum = peak + deployment + replacement;
  const total = Math.max(sum, limits.vCpuCountProvenMin);
  return { total, text: `${peak} at the peak (${hostsText(best.maximum)}) + ${deployment} for a deployment + ${replacement} for a replacement${total > sum ? `, and no less than ${total}` : ''}` };
}

/** Returns a version with the suggested settings. A version without suggestions is at rest. */
function withSettings(version: LiveVersion, settings: SuggestedSettings | undefined): LiveVersion {
  if (!settings) return { ...plain(version), maxEnvironments: version.minEnvironments };
  return {
    ...plain(version),
    vCpus: vCpusOf(version.memoryMiB!, settings.memoryGiBPerVCpu),
    minEnvironments: settings.minExecutionEnvironments,
    maxEnvironments: settings.maxExecutionEnvironments,
  };
}

/** Returns only the fields that packing needs, without lazy ones. */
function plain({ functionName, stack, version, memoryMiB, vCpus, gpuMemory, minEnvironments }: LiveVersion): LiveVersion {
  return { functionName, stack, version, memoryMiB, vCpus, gpuMemory, minEnvironments };
}
