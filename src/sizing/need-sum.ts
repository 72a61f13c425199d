/** Writes the need of a fleet as sums of whole instances, so that each total can be checked by hand. */
import { LiveVersion, vCpusKept } from './fleet-demand';
import { DeploymentNeed, HostPlan, Hosts, vCpusOfHosts } from './fleet-need';

/** One term of a sum. */
export interface NeedPart {
  readonly vCpus: number;
  /** The instances with these vCPUs. Empty if no type is known to hold the fleet; the vCPUs are then those of environments. */
  readonly hosts: Hosts;
}

/** A term that is added while functions are deployed. */
export interface DeploymentPart extends NeedPart {
  /** The name of one of the functions. */
  readonly functionName: string;
  readonly functions: number;
}

/** The need during a deployment: at rest, the deployment, and one more instance. */
export interface NeedSum {
  readonly atRest: NeedPart;
  /** Absent if no environment is kept, because then nothing runs twice. */
  readonly deployment?: DeploymentPart;
  readonly replacement: NeedPart;
  readonly total: number;
}

/** The need of a fleet at rest, during deployments and at the maximum. */
export interface FleetNeed {
  readonly atRest: NeedPart;
  readonly toDeployOne: NeedSum;
  /** The functions of one stack at once. */
  readonly toDeployAll: NeedSum;
  /** Absent if nothing is known to bound the fleet, or if no type is known to hold it. */
  readonly maximum?: NeedPart;
}

/** Returns the need of a fleet on planned instances. */
export function needOf({ atRest, deployment, deploymentOfAll, replacement, maximum }: HostPlan): FleetNeed {
  const deploymentPart = (need: DeploymentNeed | undefined) => (
    need && { ...partOf(need.added), functionName: need.functionName, functions: need.functions }
  );
  const sum = (need: DeploymentNeed | undefined) => sumOf(partOf(atRest), deploymentPart(need), partOf(replacement));
  return {
    atRest: partOf(atRest),
    toDeployOne: sum(deployment),
    toDeployAll: sum(deploymentOfAll),
    maximum: maximum && partOf(maximum),
  };
}

/** Returns the minimum need of a fleet that no type is known to hold: the vCPUs of its environments. */
export function needOfEnvironments(versions: LiveVersion[]): FleetNeed {
  const kept = new Map<string, number>();
  for (const version of versions) kept.set(version.functionName, (kept.get(version.functionName) ?? 0) + vCpusKept(version));
  const largest = [...kept].sort(([a, vCpus], [b, others]) => others - vCpus || (a < b ? -1 : 1))[0];
  const atRest = bare([...kept.values()].reduce((sum, vCpus) => sum + vCpus, 0));
  const sum = (vCpus: number, functions: number) => (
    sumOf(atRest, vCpus > 0 ? { ...bare(vCpus), functionName: largest[0], functions } : undefined, bare(0))
  );
  return { atRest, toDeployOne: sum(largest?.[1] ?? 0, 1), toDeployAll: sum(atRest.vCpus, kept.size) };
}

function sumOf(atRest: NeedPart, deployment: DeploymentPart | undefined, replacement: NeedPart): NeedSum {
  return { atRest, deployment, replacement, total: atRest.vCpus + (deployment?.vCpus ?? 0) + replacement.vCpus };
}

function partOf(hosts: Hosts): NeedPart {
  return { vCpus: vCpusOfHosts(hosts), hosts };
}

function bare(vCpus: number): NeedPart {
  return { vCpus, hosts: [] };
}
