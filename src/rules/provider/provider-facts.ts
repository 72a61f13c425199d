import { SelectionFacts } from './selection-facts';
import { Fact, isKnown, mapFact, UNKNOWN } from '../../reading/fact';
import { PropertySource } from '../../reading/property-source';

/** A target tracking policy of a capacity provider. */
export interface ScalingPolicyFacts {
  readonly metric: Fact<string>;
  /** The target, in percent. */
  readonly target: Fact<number>;
}

/** A tag for instances, volumes and network interfaces. */
export interface TagFacts {
  readonly key: Fact<string>;
  readonly value: Fact<string>;
}

/** The facts about a capacity provider that rules need, from its resource. */
export interface ProviderFacts {
  readonly name: Fact<string>;
  /** Whether the provider has a fixed name, even as an expression. */
  readonly hasName: Fact<boolean>;
  readonly subnetIds: Fact<Fact<string>[]>;
  /** Texts that are equal for the same subnet, even if its id is a token. */
  readonly subnetIdentities: Fact<string[]>;
  readonly securityGroupIds: Fact<Fact<string>[]>;
  /** Texts that are equal for the same group, even if its id is a token. */
  readonly securityGroupIdentities: Fact<string[]>;
  readonly architectures: Fact<Fact<string>[]>;
  /** The allowed types, as exact names or patterns. */
  readonly allowedInstanceTypes: Fact<Fact<string>[]>;
  /** The excluded types, as exact names or patterns. */
  readonly excludedInstanceTypes: Fact<Fact<string>[]>;
  readonly maxVCpuCount: Fact<number>;
  readonly scalingMode: Fact<string>;
  readonly scalingPolicies: Fact<ScalingPolicyFacts[]>;
  /** How the list of types was made, if the library made it. */
  readonly selection?: SelectionFacts;
  /** The prop with which the caller set the GPU target. Undefined if the target is an ordinary policy. */
  readonly gpuTargetProp?: string;
  readonly kmsKeyArn: Fact<string>;
  /** The mode of propagation: `None` or `Explicit`. */
  readonly tagPropagation: Fact<string>;
  readonly propagatedTags: Fact<TagFacts[]>;
  /** Whether the provider itself has tags. */
  readonly hasTags: boolean;
  readonly logGroup: Fact<string>;
  /** The Region of the provider. */
  readonly region: Fact<string>;
  /** The Region of the VPC. */
  readonly vpcRegion: Fact<string>;
  /** A subnet or group that is known to be in another VPC, in words for a message. */
  readonly foreign: Fact<string>;
  /** Whether this app creates the key for volumes, so that its policy is known. */
  readonly ownKey: Fact<boolean>;
  /** Whether this app allows the operator role to use that key. */
  readonly keyGranted: Fact<boolean>;
  /** The number of capacity providers in its stack. */
  readonly providersInStack: Fact<number>;
}

/** The facts about a provider that its resource doesn't show. */
export type ProviderSurroundings = Partial<Pick<ProviderFacts, 'region' | 'vpcRegion' | 'foreign' | 'ownKey' | 'keyGranted' | 'providersInStack' | 'selection' | 'gpuTargetProp'>>;

/** Reads an `AWS::Lambda::CapacityProvider`. */
export function providerFacts(properties: PropertySource, surroundings: ProviderSurroundings = {}): ProviderFacts {
  const subnets = properties.items('vpcConfig', 'subnetIds');
  const groups = properties.items('vpcConfig', 'securityGroupIds');
  return {
    selection: surroundings.selection,
    gpuTargetProp: surroundings.gpuTargetProp,
    name: properties.string('capacityProviderName'),
    hasName: properties.filled('capacityProviderName'),
    subnetIds: mapFact(subnets, textsOf),
    subnetIdentities: mapFact(subnets, identitiesOf),
    securityGroupIds: mapFact(groups, textsOf),
    securityGroupIdentities: mapFact(groups, identitiesOf),
    architectures: properties.strings('instanceRequirements', 'architectures'),
    allowedInstanceTypes: properties.strings('instanceRequirements', 'allowedInstanceTypes'),
    excludedInstanceTypes: properties.strings('instanceRequirements', 'excludedInstanceTypes'),
    maxVCpuCount: properties.number('capacityProviderScalingConfig', 'maxVCpuCount'),
    scalingMode: properties.string('capacityProviderScalingConfig', 'scalingMode'),
    scalingPolicies: mapFact(properties.items('capacityProviderScalingConfig', 'scalingPolicies'), (policies) => policies.map((policy) => ({
      metric: policy.string('predefinedMetricType'),
      target: policy.number('targetValue'),
    }))),
    kmsKeyArn: properties.string('kmsKeyArn'),
    tagPropagation: properties.string('propagateTags', 'mode'),
    propagatedTags: mapFact(properties.items('propagateTags', 'explicitTags'), (tags) => tags.map((tag) => ({
      key: tag.string('key'),
      value: tag.string('value'),
    }))),
    hasTags: hasTags(properties),
    logGroup: properties.string('telemetryConfig', 'loggingConfig', 'logGroup'),
    region: surroundings.region ?? UNKNOWN,
    vpcRegion: surroundings.vpcRegion ?? UNKNOWN,
    foreign: surroundings.foreign ?? UNKNOWN,
    ownKey: surroundings.ownKey ?? UNKNOWN,
    keyGranted: surroundings.keyGranted ?? UNKNOWN,
    get providersInStack() { return surroundings.providersInStack ?? UNKNOWN; },
  };
}

/** Whether a provider has tags of the user. SAM tags every resource that it creates, and those tags don't count. */
function hasTags(properties: PropertySource): boolean {
  const tags = properties.items('tags');
  return isKnown(tags) ? tags.some((tag) => tag.string('key') !== 'lambda:createdBy') : tags !== undefined;
}

function textsOf(entries: PropertySource[]): Fact<string>[] {
  return entries.map((entry) => entry.string());
}

function identitiesOf(entries: PropertySource[]): string[] {
  return entries.map((entry) => entry.identity());
}

/** Returns the known entries of a list. */
export function knownEntries(list: Fact<Fact<string>[]>): string[] {
  return isKnown(list) ? list.filter(isKnown) : [];
}
