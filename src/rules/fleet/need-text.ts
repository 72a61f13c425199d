/** Writes the need of a fleet, in the same words for findings, plans and dashboards. */
import { EXECUTION_ENVIRONMENT_DEFAULTS } from '../../service/execution-environments';
import { LiveVersion, vCpusKept } from '../../sizing/fleet-demand';
import { countOfHosts, Hosts } from '../../sizing/fleet-need';
import { DeploymentPart, NeedPart, NeedSum } from '../../sizing/need-sum';

/** `3 × c7g.xlarge`, with `+` between types. */
export function hostsText(hosts: Hosts): string {
  return hosts.map(({ type, count }) => `${count} × ${type.name}`).join(' + ');
}

/** `12 at rest (3 × c7g.xlarge) + 12 while Orders is deployed + 4 for a replacement = 28`. */
export function sumText({ atRest, deployment, replacement, total }: NeedSum): string {
  const parts = [
    atRestText(atRest),
    ...deployment ? [`${figure(deployment.vCpus)} ${whileDeployed(deployment)}`] : [],
    ...countOfHosts(replacement.hosts) > 0 ? [`${replacement.vCpus} for a replacement`] : [],
  ];
  return parts.length === 1 ? parts[0] : `${parts.join(' + ')} = ${figure(total)}`;
}

/** `12 at rest (3 × c7g.xlarge)`. */
export function atRestText({ vCpus, hosts }: NeedPart): string {
  return `${figure(vCpus)} at rest${hosts.length > 0 ? ` (${hostsText(hosts)})` : ''}`;
}

/** `while Orders is deployed`. */
export function whileDeployed({ functionName, functions }: Pick<DeploymentPart, 'functionName' | 'functions'>): string {
  return functions === 1 ? `while ${functionName} is deployed` : `while ${functions} functions are deployed at once`;
}

/** Writes a number without more digits than matter. */
export function figure(value: number): string {
  return String(Number(value.toFixed(2)));
}

/** Whether the need follows from a ratio that is assumed rather than set. */
export function assumesRatio(versions: LiveVersion[]): boolean {
  return versions.some((version) => version.assumesRatio && vCpusKept(version) > 0);
}

/** Returns the assumption behind the numbers as the end of a clause. Empty if there is none. */
export function assumption(versions: LiveVersion[]): string {
  return assumesRatio(versions) ? `, if functions without a ratio get AWS's ${EXECUTION_ENVIRONMENT_DEFAULTS.memoryGiBPerVCpu} GiB per vCPU` : '';
}
