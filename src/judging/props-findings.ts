/** Finds mistakes in the props of our constructs that no template shows. */
import { isToken } from '../reading/constructs/token';
import { Finding, findingOf } from '../rules/findings';
import { NETWORK_RULES } from '../rules/provider/network-rules';
import { PROVIDER_RULES } from '../rules/provider/provider-rules';
import { SelectionFacts } from '../rules/provider/selection-facts';
import { descriptionOf, descriptions, Level } from '../rules/rule';
import { GPU_UTILIZATION_METRIC } from '../service/gpu';
import { PAGES, REPOSITORY } from '../service/pages';
import { Problem } from '../service/problem';

/** The findings that only props can have. Other findings about props have the code of a rule. */
export const PROPS_FINDINGS = descriptions({
  ContradictingProps: {
    level: Level.ERROR,
    what: 'No property is given that another property makes meaningless.',
    why: 'It would be ignored silently.',
    source: REPOSITORY,
  },
  SubnetsWithoutVpc: {
    level: Level.ERROR,
    what: 'A subnet selection is given together with a VPC.',
    why: 'There is nothing to select from.',
    source: REPOSITORY,
  },
  SelectedArchitecture: {
    level: Level.ERROR,
    what: 'The instance selection has the architecture that is set.',
    why: 'A capacity provider has exactly one.',
    source: PAGES.capacityProviders,
  },
  NatProviderReused: {
    level: Level.ERROR,
    what: 'A NAT provider serves one network.',
    why: 'CDK\'s NAT providers remember what they created: the subnets of a second VPC would get routes to the gateways or instances of the first, which EC2 refuses.',
    source: PAGES.cdkNatProvider,
  },
  ProviderTarget: {
    level: Level.ERROR,
    what: 'The value given as a capacity provider is a capacity provider.',
    why: 'There would be nothing to attach functions to.',
    source: REPOSITORY,
  },
  LimitOverride: {
    level: Level.ERROR,
    what: 'Only limits that the library knows are overridden, with numbers that can be compared.',
    why: 'The checks would compare with nonsense and report nothing, or everything.',
    source: REPOSITORY,
  },
  InstanceRequirement: {
    level: Level.ERROR,
    what: 'The requirements for instances are known at synthesis, and some instance type meets them.',
    why: 'Instance types are selected at synthesis.',
    source: PAGES.ec2InstanceRequirements,
  },
});

/** The values of `scalingOptions` that contradict another prop. They are used like names of props. */
const AUTO_SCALING = 'ScalingOptions.auto()';
const GPU_POLICY = 'TargetTrackingScalingPolicy.gpuUtilization()';

/** Pairs of props: each makes the other one meaningless. */
const EXCLUSIVE_PROPS = [
  ['network', 'vpc'],
  ['network', 'vpcSubnets'],
  ['network', 'egress'],
  ['vpc', 'egress'],
  ['vpc', 'maxAzs'],
  ['vpc', 'availabilityZones'],
  ['vpc', 'ipAddresses'],
  ['availabilityZones', 'maxAzs'],
  ['securityGroups', 'allowAllOutbound'],
  [AUTO_SCALING, 'gpuUtilizationTarget'],
  [GPU_POLICY, 'gpuUtilizationTarget'],
  ['dashboard', 'dashboardName'],
];

interface Named {
  readonly name: string;
}

/** The props of our constructs that are checked. */
interface Props {
  readonly architecture?: Named;
  readonly instances?: { readonly architecture?: Named; readonly _facts?: SelectionFacts };
  readonly scalingOptions?: { readonly scalingMode: string; readonly scalingPolicies?: { readonly predefinedMetricType: string }[] };
  readonly egress?: { readonly _natCount?: number; readonly _natProvider?: { readonly configuredGateways: unknown[] } };
  readonly maxAzs?: number;
  readonly availabilityZones?: string[];
  readonly kmsKey?: object;
  readonly limits?: { readonly _problems: Problem[] };
}

/** Returns everything that is wrong with the props of one of our constructs. */
export function propsFindings(props: Props): Finding[] {
  return [
    ...contradictions(props),
    ...architectureFindings(props),
    ...countFindings(props),
    ...natProviderFindings(props),
    ...keyFindings(props),
    ...limitFindings(props.limits),
    ...(props.instances?._facts?.invalid ?? []).map((problem) => findingOf(PROPS_FINDINGS.InstanceRequirement, problem)),
  ];
}

/** Returns a finding for each limit that can't be compared with. */
export function limitFindings(limits: Props['limits']): Finding[] {
  return (limits?._problems ?? []).map((problem) => findingOf(PROPS_FINDINGS.LimitOverride, problem));
}

/** Checks that a value is a capacity provider or an import of one, because callers in JavaScript may pass anything. */
export function providerTargetFindings(provider: unknown): Finding[] {
  if (typeof provider === 'object' && provider !== null && 'capacityProviderRef' in provider) return [];
  return [findingOf(PROPS_FINDINGS.ProviderTarget, {
    property: 'capacityProvider',
    allowed: 'must be a capacity provider, or an import of one',
    found: typeof provider === 'object' && provider !== null ? 'another kind of object' : JSON.stringify(provider) ?? String(provider),
    remedy: 'pass a ManagedInstances, a lambda.CapacityProvider, or lambda.CapacityProvider.fromCapacityProviderName(…)',
  })];
}

function contradictions(props: Props): Finding[] {
  const given = Object.entries(props).filter(([, value]) => value !== undefined).map(([name]) => name);
  const { scalingMode, scalingPolicies = [] } = props.scalingOptions ?? {};
  if (scalingMode === 'Auto') given.push(AUTO_SCALING);
  if (scalingPolicies.some(({ predefinedMetricType }) => predefinedMetricType === GPU_UTILIZATION_METRIC)) given.push(GPU_POLICY);
  // Most fleets are given one such prop or none; the shortcut saves about fifty calls, which the benchmark counts.
  const [one, other] = (given.length > 1 ? EXCLUSIVE_PROPS : []).find((names) => names.every((name) => given.includes(name))) ?? [];
  return [
    ...one === undefined ? [] : [findingOf(PROPS_FINDINGS.ContradictingProps, {
      property: other, allowed: `must be left out if ${one} is given`, found: 'set', remedy: `leave out ${one} or ${other}`,
    })],
    ...!given.includes('vpcSubnets') || given.includes('vpc') || given.includes('network') ? [] : [findingOf(PROPS_FINDINGS.SubnetsWithoutVpc, {
      property: 'vpcSubnets',
      allowed: 'there is no vpc to select subnets from',
      found: 'set',
      remedy: 'set vpc as well, or leave vpcSubnets out',
    })],
  ];
}

function architectureFindings({ architecture, instances }: Props): Finding[] {
  const selected = instances?.architecture?.name;
  if (architecture === undefined || selected === undefined || architecture.name === selected) return [];
  return [findingOf(PROPS_FINDINGS.SelectedArchitecture, {
    property: 'architecture',
    allowed: `the selected instances are ${selected}`,
    found: architecture.name,
    remedy: 'leave architecture out, or select instances of that architecture',
  })];
}

/** Returns findings about numbers of NAT gateways and zones, which must be at least 1. */
function countFindings({ egress, maxAzs, availabilityZones }: Props): Finding[] {
  const gateways = egress?._natCount;
  const zones = ([['maxAzs', maxAzs], ['availabilityZones', isToken(availabilityZones) ? undefined : availabilityZones?.length]] as const)
    .flatMap(([property, count]) => (count === undefined || isToken(count) || count >= 1 ? [] : [{ property, count }]));
  return [
    ...gateways === undefined || isToken(gateways) || (Number.isInteger(gateways) && gateways >= 1) ? [] : [
      findingOf(descriptionOf('EgressMissing', NETWORK_RULES), {
        level: Level.ERROR,
        property: 'count',
        allowed: 'must be a whole number, at least 1',
        found: gateways,
        remedy: 'create at least 1, or choose egress without NAT: Egress.privateEndpoints()',
      }),
    ],
    ...zones.slice(0, 1).map(({ property, count }) => findingOf(descriptionOf('SubnetCount', PROVIDER_RULES), {
      property, ...property === 'maxAzs' ? { found: count } : { verb: 'has', found: 'no zone' }, allowed: 'the subnets need at least 1 zone', remedy: 'leave it out, or choose three zones',
    })),
  ];
}

function natProviderFindings({ egress }: Props): Finding[] {
  if ((egress?._natProvider?.configuredGateways ?? []).length === 0) return [];
  return [findingOf(PROPS_FINDINGS.NatProviderReused, {
    property: 'egress',
    verb: 'has',
    allowed: 'each network needs one of its own',
    found: 'a NAT provider that already serves another network',
    remedy: 'create a new Egress.natProvider(…), with a new NAT provider in it, for each network, or give the fleets one ManagedInstancesNetwork',
  })];
}

function keyFindings({ kmsKey }: Props): Finding[] {
  if (kmsKey === undefined || !('aliasName' in kmsKey)) return [];
  return [findingOf(descriptionOf('KmsKeyArn', PROVIDER_RULES), {
    property: 'kmsKey',
    allowed: 'must be a KMS key',
    found: 'an alias, whose ARN differs',
    remedy: 'pass the key that the alias points to; if this app doesn\'t create it, import it with kms.Key.fromKeyArn or kms.Key.fromLookup',
  })];
}
