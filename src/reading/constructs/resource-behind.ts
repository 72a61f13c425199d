/** Finds the resource of a construct. */
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';

/** Caches, because the resource behind a construct is needed several times for each function. */
const PROVIDERS = new WeakMap<IConstruct, lambda.CfnCapacityProvider>();
const FUNCTIONS = new WeakMap<IConstruct, lambda.CfnFunction>();

/** Returns the resource behind a capacity provider, unless it is imported. */
export function cfnCapacityProviderOf(construct: IConstruct): lambda.CfnCapacityProvider | undefined {
  return PROVIDERS.get(construct) ?? resourceBehind(construct, lambda.CfnCapacityProvider.isCfnCapacityProvider, PROVIDERS);
}

/**
 * Returns the function resource behind a construct. Undefined for an import, a version or an alias, and for a construct that keeps its function
 * elsewhere.
 */
export function cfnFunctionOf(construct: IConstruct): lambda.CfnFunction | undefined {
  return FUNCTIONS.get(construct) ?? resourceBehind(construct, isCfnFunction, FUNCTIONS);
}

/** Returns the construct that identifies a provider: its resource, or the import. */
export function keyOf(provider: IConstruct): IConstruct {
  return cfnCapacityProviderOf(provider) ?? provider;
}

/** Whether a construct is the L1 of a function. A raw `CfnResource` of the same type isn't, because its properties can't be read or set. */
function isCfnFunction(construct: unknown): construct is lambda.CfnFunction {
  return lambda.CfnFunction.isCfnFunction(construct) && 'capacityProviderConfig' in construct;
}

/** Follows default children down to a resource of the wanted type, and caches it. Default children may form a circle. */
function resourceBehind<T extends IConstruct>(construct: IConstruct, isResource: (x: any) => x is T, found: WeakMap<IConstruct, T>): T | undefined {
  const seen = new Set<IConstruct>();
  for (let behind: IConstruct | undefined = construct; behind && !seen.has(behind); behind = behind.node.defaultChild) {
    if (isResource(behind)) {
      found.set(construct, behind);
      return behind;
    }
    seen.add(behind);
  }
  return undefined;
}
