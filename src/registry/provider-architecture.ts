import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { Attachment, attachmentsOf, cfnCapacityProviderOf } from './provider-record';
import { providerProperties } from './stated-provider';
import { ConstructProperties } from '../reading/constructs/construct-properties';
import { Fact, mapFact, UNKNOWN } from '../reading/fact';
import { functionArchitecture } from '../reading/lambda-references';
import { PropertySource } from '../reading/property-source';

const FOLLOWERS = new WeakSet<lambda.CfnCapacityProvider>();

/** Notes that a provider takes the architecture of its functions. */
export function recordFollower(provider: lambda.CfnCapacityProvider): void {
  FOLLOWERS.add(provider);
}

/** The architecture of a provider of this app; that of its first function where it follows them. */
export function architectureOfProvider(provider: IConstruct): Fact<string> {
  const resource = cfnCapacityProviderOf(provider);
  if (!resource) return withoutDefault(providerProperties(provider));
  if (!FOLLOWERS.has(resource)) return statedArchitecture(new ConstructProperties(resource));
  const [first] = attachmentsOf(resource);
  return first && architectureOfFunction(first);
}

/** Of a provider that is made elsewhere: what isn't stated is unknown. */
function withoutDefault(stated?: PropertySource): Fact<string> {
  return stated?.has('instanceRequirements', 'architectures') ? statedArchitecture(stated) : UNKNOWN;
}

/** The architecture that all functions on a provider share. */
export function sharedArchitecture(provider: lambda.CfnCapacityProvider): Fact<string> {
  const architectures = new Set(attachmentsOf(provider).map(architectureOfFunction));
  return architectures.size === 1 ? [...architectures][0] : undefined;
}

/** What the properties of a provider say; x86_64 is Lambda's default. */
export function statedArchitecture(properties: PropertySource): Fact<string> {
  const architectures = properties.strings('instanceRequirements', 'architectures');
  return architectures === undefined ? 'x86_64' : mapFact<Fact<string>[], string>(architectures, ([architecture]) => architecture);
}

function architectureOfFunction({ resource }: Attachment): Fact<string> {
  return functionArchitecture(new ConstructProperties(resource));
}
