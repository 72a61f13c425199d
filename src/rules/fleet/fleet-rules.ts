import { FleetFacts } from './fleet-facts';
import { isKnown } from '../../reading/fact';
import { PAGES } from '../../service/pages';
import { HostType, isKnownAtRest, LiveVersion, nameOf, nameOfLargest, spaceOn, vCpusKept } from '../../sizing/fleet-demand';
import { fitting, Space } from '../../sizing/packing';
import { Level, Rule } from '../rule';

const DEPLOYMENTS_THAT_FAILED = 'https://github.com/aws/aws-durable-execution-sdk-js/issues/495';
const ROOM_FOR_DEPLOYMENTS = 'https://github.com/aws-powertools/powertools-lambda-typescript/issues/5735';
const CALCULATOR = 'https://aws-samples.github.io/sample-aws-lambda-managed-instances/';
const API_MODEL = PAGES.apiModel;

/** vCPUs of the smallest instance that Lambda is known to take. */
const SMALLEST_HOST = 2;

/** Each rule about all versions on a capacity provider together. */
export const FLEET_RULES: Rule<FleetFacts>[] = [
  {
    code: 'VCpuCeilingBelowMinimum',
    level: Level.ERROR,
    what: 'The vCPU ceiling holds the environments that all live versions keep.',
    why: 'Versions stay pending and then fail, and the capacity provider may not recover when the ceiling is raised.',
    source: DEPLOYMENTS_THAT_FAILED,
    check(facts, { limits, term }) {
      const capacity = facts.capacity(limits);
      const { ceiling, vCpusAtRest } = capacity;
      if (ceiling === undefined || vCpusAtRest <= ceiling) return undefined;
      return {
        property: term('maxVCpuCount'),
        allowed: `must be at least ${vCpusAtRest} vCPUs, which the environments that are kept need: ${largestShares(facts.versions)}`,
        found: foundCeiling(facts, ceiling),
        remedy: `${raiseTo(capacity.sufficientVCpuCount ?? vCpusAtRest, facts)}, or lower ${term('minExecutionEnvironments')}`,
      };
    },
  },
  {
    code: 'VCpuCeilingTight',
    level: Level.WARNING,
    alsoLevel: Level.INFO,
    what: 'The vCPU ceiling has room for the old and the new version of a function at once, and for an instance more.',
    why: 'A deployment, or the replacement of an instance, may find no room and fail.',
    source: ROOM_FOR_DEPLOYMENTS,
    check(facts, { limits, term }) {
      const capacity = facts.capacity(limits);
      const { ceiling, vCpusAtRest, largest } = capacity;
      if (ceiling === undefined || vCpusAtRest > ceiling || vCpusAtRest === 0 || !largest) return undefined;
      // Most fleets are far below: no need to pack them.
      if (2 * vCpusAtRest + largestHost(facts) <= ceiling) return undefined;
      const { best, sufficientVCpuCount } = capacity;
      const host = best?.type.vCpus ?? 0;
      const once = vCpusAtRest + vCpusKept(largest) + host;
      const all = 2 * vCpusAtRest + host;
      if (all <= ceiling) return undefined;
      const spare = host > 0 ? ` and ${host} for an instance more` : '';
      return once > ceiling
        ? {
          property: term('maxVCpuCount'),
          allowed: `should be at least ${once} vCPUs: ${vCpusAtRest} at rest, ${vCpusKept(largest)} while ${nameOfLargest(facts.versions, largest)} is deployed${spare}`,
          found: foundCeiling(facts, ceiling),
          remedy: raiseTo(sufficientVCpuCount ?? once, facts),
        }
        : {
          level: Level.INFO,
          property: term('maxVCpuCount'),
          allowed: `would have to be ${all} vCPUs to deploy all functions at once: twice the ${vCpusAtRest} at rest${spare}`,
          found: foundCeiling(facts, ceiling),
          remedy: `${raiseTo(best ? best.deploymentOfAll * best.type.vCpus : all, facts)} if functions are deployed together`,
        };
    },
  },
  {
    code: 'EnvironmentDoesNotFit',
    level: Level.ERROR,
    alsoLevel: Level.WARNING,
    what: 'An allowed instance type holds an environment of each function, next to what Lambda keeps for itself.',
    why: 'No instance can run the function, so that its version never becomes active.',
    source: CALCULATOR,
    check(facts, { term }) {
      const types = facts.hasAllowList ? facts.types : undefined;
      if (!isKnown(types) || types.unknown.length > 0 || types.types.length === 0) return undefined;
      // What is refused whatever Lambda keeps comes first, in whatever order functions were added.
      const refused = largestOn(types.types, facts.versions, wholeOf);
      const isRefused = refused !== undefined;
      const tooLarge = refused ?? largestOn(types.types, facts.versions, spaceOf);
      if (!tooLarge) return undefined;
      const { name, vCpus, memoryMiB } = largestOf(types.types);
      const left = spaceOf({ name, vCpus, memoryMiB });
      return {
        level: isRefused ? Level.ERROR : Level.WARNING,
        property: term('allowedInstanceTypes'),
        allowed: `${isRefused ? 'must' : 'should'} hold a type for each environment: the largest, ${name}, has ${left.vCpus} vCPUs and ${left.memoryMiB} MB for them`,
        found: `${tooLarge.vCpus} vCPUs and ${tooLarge.memoryMiB} MB of ${nameOf(tooLarge)}`,
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
        allowed: `${isRefused ? 'must' : 'should'} have at most ${isRefused ? most : near} function versions${isRefused ? '' : ` of the ${most} that Lambda allows, since a deployment adds to them`}`,
        found: `${versions.length}, $LATEST.PUBLISHED of each function included`,
        remedy: 'put functions on a second capacity provider, or publish fewer numbered versions',
      };
    },
  },
  {
    code: 'SubnetAddresses',
    level: Level.WARNING,
    what: 'The subnets have an address for each instance that the fleet grows to.',
    why: 'Instances aren\'t launched (SubnetOutOfIPAddresses), and requests are throttled.',
    source: API_MODEL,
    check(facts, { limits, term }) {
      const { subnetAddresses } = facts;
      if (subnetAddresses.length === 0 || !subnetAddresses.every(isKnown)) return undefined;
      const fewest = Math.min(...subnetAddresses);
      const capacity = facts.capacity(limits);
      // No instance is smaller than one of two vCPUs: mostly there are addresses for as many of these as the ceiling lets run.
      if (fewest * subnetAddresses.length * SMALLEST_HOST >= (capacity.ceiling ?? Infinity)) return undefined;
      if (facts.versions.some(({ vCpus, maxEnvironments }) => vCpus === undefined || maxEnvironments === undefined)) return undefined;
      const instances = capacity.best?.maximum;
      if (instances === undefined) return undefined;
      const each = Math.ceil(instances / subnetAddresses.length);
      if (fewest >= each) return undefined;
      return {
        property: term('vpcSubnets'),
        allowed: `should have ${each} free addresses each, for ${instances} instances at most over ${subnetAddresses.length} subnets`,
        found: `${fewest} in the smallest`,
        remedy: `use larger subnets, or lower ${term('maxExecutionEnvironments')} or ${term('maxVCpuCount')}`,
      };
    },
  },
];

/** Which versions need most, so that one knows where to begin. */
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

/** vCPUs; a bound that spares the packing. */
function largestHost({ hosts }: FleetFacts): number {
  let largest = 0;
  if (isKnown(hosts)) for (const { vCpus } of hosts) largest = Math.max(largest, vCpus);
  return largest;
}

/** What isn't known comes on top. */
function raiseTo(vCpus: number, { versions }: FleetFacts): string {
  return `raise it to ${versions.every(isKnownAtRest) ? '' : 'at least '}${vCpus}`;
}

/** What is left for environments, whatever they ask of GPUs: `GpuTypesTooSmall` is about these. */
function spaceOf(type: HostType): Space {
  return { ...spaceOn(type), gpus: Infinity };
}

function wholeOf(type: HostType): Space {
  return { vCpus: type.vCpus, memoryMiB: type.memoryMiB, gpus: Infinity };
}

function fitsOn(types: readonly HostType[], { vCpus, memoryMiB }: LiveVersion, space: (type: HostType) => Space): boolean {
  return vCpus === undefined || memoryMiB === undefined || types.some((type) => fitting(space(type), { vCpus, memoryMiB }) > 0);
}

/** Of the versions that no type holds, the one with the largest environments. */
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
