import { FleetFacts } from './fleet-facts';
import { assumesRatio, assumption, figure, hostsText, sumText } from './need-text';
import { isKnown } from '../../reading/fact';
import { Limits } from '../../service/managed-instances-limits';
import { PAGES } from '../../service/pages';
import { isKnownAtRest, LiveVersion, nameOf, vCpusKept } from '../../sizing/fleet-demand';
import { countOfHosts, HostType, spaceOn } from '../../sizing/fleet-need';
import { NeedSum } from '../../sizing/need-sum';
import { fitting, Space } from '../../sizing/packing';
import { Level, Rule } from '../rule';

/** The vCPUs of the smallest instance that Lambda is known to accept. */
const SMALLEST_HOST = 2;

/** The rules about all versions on a capacity provider together. */
export const FLEET_RULES: Rule<FleetFacts>[] = [
  {
    code: 'VCpuCeilingBelowMinimum',
    level: Level.ERROR,
    alsoLevel: Level.WARNING,
    what: 'The vCPU ceiling has room for the fewest whole instances that can hold the environments of all live versions.',
    why: 'Versions stay pending and then fail, and the capacity provider may not recover even if the ceiling is raised.',
    source: PAGES.failedDeployments,
    check(facts, { limits, term }) {
      const capacity = facts.capacity(limits);
      const { ceiling } = capacity;
      // If the likely placement fits, at least one placement does.
      if (ceiling === undefined || capacity.isRoomy || capacity.need.atRest.vCpus <= ceiling || capacity.fewest.vCpus <= ceiling) return undefined;
      const { vCpus, hosts } = capacity.fewest;
      const isAssumed = assumesRatio(facts.versions);
      const fewest = hosts.length > 0 ? `: ${hostsText(hosts)} at the very least` : '';
      return {
        level: isAssumed ? Level.WARNING : Level.ERROR,
        property: term('maxVCpuCount'),
        allowed: `the environments that are always kept (${largestShares(facts.versions)} vCPUs) need ${figure(vCpus)}${fewest}${assumption(facts.versions)}`,
        found: foundCeiling(facts, ceiling),
        remedy: `${raiseTo(capacity.need.toDeployOne, facts, limits)}, or lower ${term('minExecutionEnvironments')}`,
      };
    },
  },
  {
    code: 'VCpuCeilingTight',
    level: Level.WARNING,
    what: 'The vCPU ceiling has room for the old and the new version of all functions that are deployed at once, and for one more instance.',
    why: 'A deployment, or the replacement of an instance, may find no room and fail. CloudFormation updates independent functions of a stack at once.',
    source: PAGES.roomForDeployments,
    check(facts, { limits, term }) {
      const capacity = facts.capacity(limits);
      if (capacity.isRoomy) return undefined;
      const { ceiling, need } = capacity;
      if (ceiling === undefined || need.atRest.vCpus === 0 || need.toDeployAll.total <= ceiling) return undefined;
      if (need.atRest.vCpus > ceiling && capacity.fewest.vCpus > ceiling) return undefined;
      const { toDeployOne: one, toDeployAll: all } = need;
      const isTooLowForOne = one.total > ceiling;
      const more = isTooLowForOne && all.total > one.total ? `, or to ${leastOf(all, limits)} to deploy ${all.deployment!.functions} functions at once` : '';
      return {
        property: term('maxVCpuCount'),
        allowed: isTooLowForOne
          ? `${need.atRest.vCpus > ceiling ? 'the fleet and a deployment need' : 'even one function needs'} ${figure(one.total)}${need.atRest.vCpus > ceiling ? '' : ' to be deployed'}${assumption(facts.versions)}`
          : `CloudFormation deploys ${all.deployment!.functions} functions of a stack at once, which needs ${figure(all.total)}${assumption(facts.versions)}`,
        found: foundCeiling(facts, ceiling),
        remedy: isTooLowForOne ? `${raiseTo(one, facts, limits)}${more}` : `${raiseTo(all, facts, limits)}, or deploy them one after the other`,
      };
    },
  },
  {
    code: 'EnvironmentDoesNotFit',
    level: Level.ERROR,
    alsoLevel: Level.WARNING,
    what: 'For each function, an environment fits on an allowed instance type, next to what Lambda reserves.',
    why: 'No instance can run the function, so its version never becomes active.',
    source: PAGES.calculator,
    check(facts, { term }) {
      const types = facts.hasAllowList ? facts.types : undefined;
      if (!isKnown(types) || types.unknown.length > 0 || types.types.length === 0) return undefined;
      // A version that is too large even without Lambda's reserve is reported first, whatever the order of the functions.
      const refused = largestOn(types.types, facts.versions, wholeOf);
      const isRefused = refused !== undefined;
      const tooLarge = refused ?? largestOn(types.types, facts.versions, spaceOf);
      if (!tooLarge) return undefined;
      const { name, vCpus, memoryMiB } = largestOf(types.types);
      const left = spaceOf({ name, vCpus, memoryMiB });
      return {
        level: isRefused ? Level.ERROR : Level.WARNING,
        property: term('allowedInstanceTypes'),
        verb: 'has no type for',
        allowed: `the largest, ${name}, leaves ${left.vCpus} vCPUs and ${left.memoryMiB} MB for environments`,
        found: `the ${tooLarge.vCpus} vCPUs and ${tooLarge.memoryMiB} MB of ${nameOf(tooLarge)}`,
        remedy: `allow a larger type, or lower ${term('memorySize')} of the function`,
      };
    },
  },
  {
    code: 'VersionsPerProvider',
    level: Level.ERROR,
    alsoLevel: Level.WARNING,
    what: 'A capacity provider has at most 100 versions, `$LATEST.PUBLISHED` of each function included.',
    why: 'Lambda refuses further versions, and doesn\'t raise the limit.',
    source: PAGES.quotas,
    check({ versions }, { limits: { versionsPerProviderMax: most, versionsPerProviderNear: near }, term }) {
      if (versions.length <= Math.min(near, most)) return undefined;
      const isRefused = versions.length > most;
      return {
        level: isRefused ? Level.ERROR : Level.WARNING,
        property: term('capacityProvider'),
        verb: 'has',
        allowed: `Lambda allows ${most}${isRefused ? '' : ', and a deployment adds to them'}`,
        found: `${versions.length} function versions ($LATEST.PUBLISHED of each function included)`,
        remedy: 'put functions on a second capacity provider, or publish fewer numbered versions',
      };
    },
  },
  {
    code: 'SubnetAddresses',
    level: Level.WARNING,
    what: 'The subnets have enough addresses for the largest fleet that the ceiling allows.',
    why: 'Instances aren\'t launched (SubnetOutOfIPAddresses), and requests are throttled.',
    source: PAGES.apiModel,
    check(facts, { limits, term }) {
      const { subnetAddresses } = facts;
      if (subnetAddresses.length === 0 || !subnetAddresses.every(isKnown)) return undefined;
      const fewest = Math.min(...subnetAddresses);
      const capacity = facts.capacity(limits);
      // No instance has fewer than two vCPUs. In most cases there are enough addresses for as many such instances as the ceiling allows.
      if (fewest * subnetAddresses.length * SMALLEST_HOST >= (capacity.ceiling ?? Infinity)) return undefined;
      if (facts.versions.some(({ vCpus, maxEnvironments }) => vCpus === undefined || maxEnvironments === undefined)) return undefined;
      const hosts = capacity.best?.maximum;
      if (hosts === undefined) return undefined;
      const instances = countOfHosts(hosts);
      const each = Math.ceil(instances / subnetAddresses.length);
      if (fewest >= each) return undefined;
      return {
        property: term('vpcSubnets'),
        verb: 'has a subnet with only',
        allowed: `${instances} instances over ${subnetAddresses.length} subnets need ${each} in each`,
        found: `${fewest} free addresses`,
        remedy: `use larger subnets, or lower ${term('maxExecutionEnvironments')} or ${term('maxVCpuCount')}`,
      };
    },
  },
];

/** Names the versions that need most, so that users know where to begin. */
function largestShares(versions: LiveVersion[]): string {
  const shares = versions
    .filter((version) => vCpusKept(version) > 0)
    .sort((a, b) => vCpusKept(b) - vCpusKept(a) || nameOf(a).localeCompare(nameOf(b)));
  const shown = shares.slice(0, 3).map((version) => `${nameOf(version)} ${version.minEnvironments} × ${version.vCpus}`);
  return [...shown, ...shares.length > shown.length ? [`${shares.length - shown.length} more`] : []].join(', ');
}

function foundCeiling({ maxVCpuCount }: FleetFacts, ceiling: number): string | number {
  return maxVCpuCount === undefined ? `none, which means AWS's ${ceiling}` : ceiling;
}

/** Returns the remedy. If a version isn't known, the fleet needs at least that much. */
function raiseTo(sum: NeedSum, { versions }: FleetFacts, limits: Limits): string {
  const atLeast = versions.every(isKnownAtRest) ? '' : 'at least ';
  const total = leastOf(sum, limits);
  const proven = total > sum.total ? `; less than ${total} isn't known to work` : '';
  return `raise it to ${atLeast}${figure(total)}: ${sumText(sum)}${proven}`;
}

function leastOf({ total }: NeedSum, { vCpuCountProvenMin }: Limits): number {
  return Math.max(total, vCpuCountProvenMin);
}

/** Returns the space for environments, ignoring GPUs, which `GpuTypesTooSmall` checks. */
function spaceOf(type: HostType): Space {
  return { ...spaceOn(type), gpus: Infinity };
}

function wholeOf(type: HostType): Space {
  return { vCpus: type.vCpus, memoryMiB: type.memoryMiB, gpus: Infinity };
}

function fitsOn(types: readonly HostType[], { vCpus, memoryMiB }: LiveVersion, space: (type: HostType) => Space): boolean {
  return vCpus === undefined || memoryMiB === undefined || types.some((type) => fitting(space(type), { vCpus, memoryMiB }) > 0);
}

/** Returns the version with the largest environments among those that no type holds. */
function largestOn(types: readonly HostType[], versions: LiveVersion[], space: (type: HostType) => Space): LiveVersion | undefined {
  let largest: LiveVersion | undefined;
  for (const version of versions) {
    if (!fitsOn(types, version, space) && (!largest || byNeed(version, largest) < 0)) largest = version;
  }
  return largest;
}

function byNeed(a: LiveVersion, b: LiveVersion): number {
  return b.vCpus! - a.vCpus! || b.memoryMiB! - a.memoryMiB! || nameOf(a).localeCompare(nameOf(b), 'en');
}

function largestOf(types: readonly HostType[]): HostType {
  return [...types].sort((a, b) => b.vCpus - a.vCpus || b.memoryMiB - a.memoryMiB || a.name.localeCompare(b.name))[0];
}
