import { Fact, isKnown, mapFact } from './fact';
import { PropertySource } from './property-source';
import { SelectionFacts } from './selection-facts';

/** A target tracking policy of a capacity provider. */
export interface ScalingPolicyFacts {
  readonly metric: Fact<string>;
  /** Percent. */
  readonly target: Fact<number>;
}

/** What the rules need to know of a capacity provider, as its resource says it. */
export interface ProviderFacts {
  readonly name: Fact<string>;
  readonly subnetIds: Fact<Fact<string>[]>;
  readonly securityGroupIds: Fact<Fact<string>[]>;
  readonly architectures: Fact<Fact<string>[]>;
  /** Exact names or patterns. */
  readonly allowedInstanceTypes: Fact<Fact<string>[]>;
  /** Exact names or patterns. */
  readonly excludedInstanceTypes: Fact<Fact<string>[]>;
  readonly maxVCpuCount: Fact<number>;
  readonly scalingMode: Fact<string>;
  readonly scalingPolicies: Fact<ScalingPolicyFacts[]>;
  /** How the list of types came about, where the library made it. */
  readonly selection?: SelectionFacts;
}

/** Reads an `AWS::Lambda::CapacityProvider`. */
export function providerFacts(properties: PropertySource, selection?: SelectionFacts): ProviderFacts {
  return {
    selection,
    name: properties.string('capacityProviderName'),
    subnetIds: properties.strings('vpcConfig', 'subnetIds'),
    securityGroupIds: properties.strings('vpcConfig', 'securityGroupIds'),
    architectures: properties.strings('instanceRequirements', 'architectures'),
    allowedInstanceTypes: properties.strings('instanceRequirements', 'allowedInstanceTypes'),
    excludedInstanceTypes: properties.strings('instanceRequirements', 'excludedInstanceTypes'),
    maxVCpuCount: properties.number('capacityProviderScalingConfig', 'maxVCpuCount'),
    scalingMode: properties.string('capacityProviderScalingConfig', 'scalingMode'),
    scalingPolicies: mapFact(properties.items('capacityProviderScalingConfig', 'scalingPolicies'), (policies) => policies.map((policy) => ({
      metric: policy.string('predefinedMetricType'),
      target: policy.number('targetValue'),
    }))),
  };
}

/** The entries of a list that are known. */
export function knownEntries(list: Fact<Fact<string>[]>): string[] {
  return isKnown(list) ? list.filter(isKnown) : [];
}
