import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { Limits } from '../service/managed-instances-limits';

/** A function on a capacity provider. */
export interface Attachment {
  readonly provider: lambda.ICapacityProviderRef;
  readonly function: lambda.IFunctionRef;
  readonly resource: lambda.CfnFunction;
  readonly limits: Limits;
}

/** What is behind a construct is asked for several times for each function. */
const PROVIDERS = new WeakMap<IConstruct, lambda.CfnCapacityProvider>();
const FUNCTIONS = new WeakMap<IConstruct, lambda.CfnFunction>();
const BY_PROVIDER = new WeakMap<IConstruct, Attachment[]>();
const LISTENERS = new WeakMap<IConstruct, ((attachment: Attachment) => void)[]>();
const BY_FUNCTION = new WeakMap<lambda.CfnFunction, Attachment>();
const LIMITS = new WeakMap<object, Limits>();

/** Notes that a function is on a provider. */
export function recordAttachment(attachment: Attachment): void {
  const key = keyOf(attachment.provider);
  const attached = BY_PROVIDER.get(key);
  if (attached) attached.push(attachment);
  else BY_PROVIDER.set(key, [attachment]);
  BY_FUNCTION.set(attachment.resource, attachment);
  LISTENERS.get(key)?.forEach((listener) => listener(attachment));
}

/** Tells of each function on a provider: those attached so far, and each one that follows. */
export function onAttachment(provider: IConstruct, listener: (attachment: Attachment) => void): void {
  const key = keyOf(provider);
  attachmentsOf(key).forEach(listener);
  LISTENERS.set(key, [...LISTENERS.get(key) ?? [], listener]);
}

/**
 * The functions attached to a provider in this app so far, by whatever route and from whatever stack.
 *
 * Kept for each `CfnCapacityProvider`, so that our construct, the L2 and the L1 of one provider share one
 * list. An imported provider has a list of its own for each import.
 */
export function attachmentsOf(provider: IConstruct): readonly Attachment[] {
  return BY_PROVIDER.get(keyOf(provider)) ?? [];
}

/** Where a function is attached, if it is. */
export function attachmentOf(resource: lambda.CfnFunction): Attachment | undefined {
  return BY_FUNCTION.get(resource);
}

/** Notes which limits count for a provider and its functions. */
export function recordLimits(provider: lambda.ICapacityProviderRef, limits: Limits): void {
  LIMITS.set(keyOf(provider), limits);
}

/** The limits that count for a provider, unless the library knows nothing of it. */
export function limitsOf(provider: IConstruct): Limits | undefined {
  return LIMITS.get(keyOf(provider));
}

/** The resource behind a capacity provider, unless it is imported. */
export function cfnCapacityProviderOf(construct: IConstruct): lambda.CfnCapacityProvider | undefined {
  return PROVIDERS.get(construct) ?? resourceBehind(construct, lambda.CfnCapacityProvider.isCfnCapacityProvider, PROVIDERS);
}

/** The function resource behind a construct, unless it is an import, a version or an alias, or keeps its function elsewhere. */
export function cfnFunctionOf(construct: IConstruct): lambda.CfnFunction | undefined {
  return FUNCTIONS.get(construct) ?? resourceBehind(construct, lambda.CfnFunction.isCfnFunction, FUNCTIONS);
}

/** What stands for a provider, however it is given. */
export function keyOf(provider: IConstruct): IConstruct {
  return cfnCapacityProviderOf(provider) ?? provider;
}

/** Follows default children down to a resource of the type asked for, and keeps what it finds. */
function resourceBehind<T extends IConstruct>(construct: IConstruct, isResource: (x: any) => x is T, found: WeakMap<IConstruct, T>): T | undefined {
  if (isResource(construct)) {
    found.set(construct, construct);
    return construct;
  }
  const child = construct.node.defaultChild;
  const resource = child === undefined || child === construct ? undefined : resourceBehind(child, isResource, found);
  if (resource) found.set(construct, resource);
  return resource;
}
