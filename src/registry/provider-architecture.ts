/** The architecture of a capacity provider, which may be that of its functions. */
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { firstAttached } from './attachments';
import { knownRecordOf } from './provider-record';
import { isOverridden } from '../reading/constructs/cdk-internals';
import { ConstructProperties } from '../reading/constructs/construct-properties';
import { Fact, UNKNOWN } from '../reading/fact';
import { functionArchitecture, statedArchitecture } from '../reading/lambda-references';

/**
 * Returns the architecture that the functions of a provider must have: the architecture of its first function if the provider follows its functions.
 *
 * @param key the construct under which the provider is recorded
 * @param first the first function, if the caller also knows functions that weren't attached through this library
 */
export function architectureOfProvider(key: IConstruct, first: lambda.CfnFunction | undefined = firstAttached(key)): Fact<string> {
  if (!lambda.CfnCapacityProvider.isCfnCapacityProvider(key)) return withoutDefault(key);
  if (!followsFunctions(key)) return statedArchitecture(new ConstructProperties(key));
  return first && architectureOf(first);
}

/** Returns the architecture that all these functions share, or undefined. */
export function sharedArchitecture(functions: readonly lambda.CfnFunction[]): Fact<string> {
  const architectures = new Set(functions.map(architectureOf));
  return architectures.size === 1 ? [...architectures][0] : undefined;
}

/** Whether a provider takes the architecture of its functions. It doesn't if the token for it was replaced or overridden. */
function followsFunctions(resource: lambda.CfnCapacityProvider): boolean {
  if (isOverridden(resource, 'InstanceRequirements', 'Architectures')) return false;
  const requirements = resource.instanceRequirements;
  return isArchitectureToCome(resource, requirements)
    || isArchitectureToCome(resource, (requirements as Partial<lambda.CfnCapacityProvider.InstanceRequirementsProperty> | undefined)?.architectures);
}

/** Returns the architecture of a provider that was created elsewhere. If it isn't stated, it is unknown. */
function withoutDefault(key: IConstruct): Fact<string> {
  const { stated } = knownRecordOf(key) ?? {};
  const properties = stated && new ConstructProperties(stated);
  return properties?.has('instanceRequirements', 'architectures') ? statedArchitecture(properties) : UNKNOWN;
}

function architectureOf(resource: lambda.CfnFunction): Fact<string> {
  return functionArchitecture(new ConstructProperties(resource));
}

/** Whether a value among the properties of a provider stands for the architecture of its functions. */
function isArchitectureToCome(resource: lambda.CfnCapacityProvider, value: unknown): boolean {
  return value !== undefined && knownRecordOf(resource)?.architectureToCome === value;
}
