import { Fact, isKnown, mapFact, UNKNOWN } from './fact';
import { PropertySource } from './property-source';
import { FUNCTION_URL, ResourceView, SCALABLE_TARGET, SCHEDULE } from './resource-view';
import { InstanceCatalog } from '../catalog/instance-catalog';
import { DEFAULT_ARCHITECTURE } from '../service/architectures';
import { PUT_SCALING_CONFIG_CALL } from '../service/put-scaling-config';

/** The path of a function's configuration for managed instances. */
export const LMI = ['capacityProviderConfig', 'lambdaManagedInstancesCapacityProviderConfig'];

/** Returns the architecture of a function. */
export function functionArchitecture(properties: PropertySource): Fact<string> {
  return properties.string('architectures', '0') ?? DEFAULT_ARCHITECTURE;
}

/**
 * Returns the architecture that the properties of a provider state, or Lambda's default, x86_64. Unknown if the allowed types have another
 * architecture: another rule reports that mistake, and functions aren't compared with it.
 */
export function statedArchitecture(properties: PropertySource): Fact<string> {
  const architectures = properties.strings('instanceRequirements', 'architectures');
  if (architectures !== undefined) return mapFact<Fact<string>[], string>(architectures, ([architecture]) => architecture);
  const allowed = properties.strings('instanceRequirements', 'allowedInstanceTypes');
  const isOther = isKnown(allowed) && allowed.some((type) => isKnown(type) && InstanceCatalog._NEWEST._architectureOf(type) === 'arm64');
  return isOther ? UNKNOWN : DEFAULT_ARCHITECTURE;
}

/** Whether a function is on a capacity provider. */
export function isManaged({ properties }: ResourceView): boolean {
  return properties.has('capacityProviderConfig');
}

/** Returns the ARN by which a function names its capacity provider. */
export function providerArn({ properties }: ResourceView): Fact<string> {
  return properties.string(...LMI, 'capacityProviderArn');
}

/**
 * Returns the key of the capacity provider that a function refers to by a reference, even if it is created elsewhere: see `ResourceGraph.providerOf`.
 */
export function providerKey({ properties }: ResourceView): object | undefined {
  const reference = properties.reference(...LMI, 'capacityProviderArn');
  return typeof reference === 'object' ? reference.key : undefined;
}

/** Returns the property that names the function of a resource, and the properties that contain it. */
export function functionNaming(resource: ResourceView): { readonly holder: PropertySource; readonly path: string[] } {
  const input = scalingInput(resource);
  return input ? { holder: input, path: ['functionName'] } : { holder: resource.properties, path: functionProperty(resource.type) };
}

/** Returns the input that a schedule passes to `PutFunctionScalingConfig`, if it calls that and its input can be read. */
export function scalingInput({ type, properties }: ResourceView): PropertySource | undefined {
  if (type !== SCHEDULE) return undefined;
  const target = properties.text('target', 'arn');
  const input = isKnown(target) && PUT_SCALING_CONFIG_CALL.test(target) ? properties.json('target', 'input') : undefined;
  return isKnown(input) ? input : undefined;
}

/** Returns the path at which a resource of that type names its function. */
export function functionProperty(type: string): string[] {
  switch (type) {
    case FUNCTION_URL: return ['targetFunctionArn'];
    case SCALABLE_TARGET: return ['resourceId'];
    default: return ['functionName'];
  }
}
