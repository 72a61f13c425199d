/** Keeps track of the functions on a capacity provider, whichever way they were attached. */
import { Aspects, CfnResource, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { forgetFound, LambdaResources, settledResourcesOf, stageAround, unsettle } from './lambda-resources';
import { Attachment, knownRecordOf, Listener, ProviderRecord, recordOf, Told } from './provider-record';
import { ConstructProperties } from '../reading/constructs/construct-properties';
import { keyOf } from '../reading/constructs/resource-behind';
import { isToken } from '../reading/constructs/token';
import { isKnown } from '../reading/fact';
import { LMI } from '../reading/lambda-references';

/** A function that this copy of the library attached, with the key of its provider and the value that its `capacityProviderConfig` had then. */
interface Attached {
  readonly attachment: Attachment;
  readonly key: IConstruct;
  readonly config: unknown;
}

const ATTACHED = new WeakMap<lambda.CfnFunction, Attached>();

/** Records that a function was attached to a provider, and notifies the listeners. */
export function recordAttachment(attachment: Attachment): void {
  const { provider, resource } = attachment;
  const key = keyOf(provider);
  const record = recordOf(key);
  record.attachments.push(attachment);
  record.architectureAtRendering = undefined;
  ATTACHED.set(resource, { attachment, key, config: resource.capacityProviderConfig });
  [key, resource].forEach((construct) => forgetFound(stageAround(construct)));
  tell(record, attachment);
}

/**
 * Calls a listener for each function on a provider: the ones attached so far and each one that is attached later.
 *
 * Functions that are attached by CDK's own `addFunction`, by an L1 or by another copy of the library are found when aspects run, which is the last
 * moment at which constructs can be created for them. Without the feature flag `@aws-cdk/core:aspectStabilization`, CDK's tags don't reach constructs
 * that are created then.
 */
export function onAttachment(provider: lambda.ICapacityProviderRef, order: Listener, hear: (attachment: Attachment) => void): void {
  watchSynthesis(provider);
  const { listeners, attachments } = recordOf(provider);
  const listener = { order, hear, heard: new Set<lambda.CfnFunction>() };
  listeners.push(listener);
  listeners.sort((one, other) => one.order - other.order);
  attachments.forEach((attachment) => tellOne(listener, attachment));
}

/** The watched providers of a stage, and the ones that aspects haven't visited yet. */
interface Watch {
  readonly providers: Map<IConstruct, lambda.ICapacityProviderRef>;
  readonly lookers: ((found: LambdaResources) => void)[];
  waiting: Set<IConstruct>;
}

const WATCHES = new WeakMap<IConstruct, Watch>();

/**
 * Lets all watched providers of a stage share one walk through it while they are rendered: see `settledAttachmentsOf`.
 *
 * @param provider the provider to watch
 * @param look called with the resources found when aspects run, after the listeners have been notified. It may create constructs
 */
export function watchSynthesis(provider: lambda.ICapacityProviderRef, look?: (found: LambdaResources) => void): void {
  const key = keyOf(provider);
  const stage = stageAround(key);
  const watch: Watch = WATCHES.get(stage) ?? { providers: new Map(), lookers: [], waiting: new Set() };
  WATCHES.set(stage, watch);
  if (look) watch.lookers.push(look);
  if (watch.providers.has(key)) return;
  watch.providers.set(key, provider);
  Aspects.of(key).add({ visit: () => visited(stage, key, watch) });
}

/**
 * Called when the aspects of a provider run. A walk through the stage for each provider would cost more than the synthesis. So the stage
 * is walked for the first provider that is visited and for the last, because other aspects may have added functions in between.
 */
function visited(stage: IConstruct, key: IConstruct, watch: Watch): void {
  unsettle(stage);
  const isFirst = !watch.waiting.delete(key);
  if (isFirst) watch.waiting = new Set([...watch.providers.keys()].filter((other) => other !== key && isInTree(other)));
  const listening = [...watch.providers].filter(([other]) => recordOf(other).listeners.length > 0);
  if (listening.length + watch.lookers.length === 0 || (!isFirst && watch.waiting.size > 0)) return;
  const found = new LambdaResources(stage);
  listening.forEach(([other, provider]) => attachmentsAmong(provider, found).forEach((attachment) => tell(recordOf(other), attachment)));
  watch.lookers.forEach((look) => look(found));
  forgetFound(stage);
}

function tell({ listeners }: ProviderRecord, attachment: Attachment): void {
  listeners.forEach((listener) => tellOne(listener, attachment));
}

function tellOne({ hear, heard }: Told, attachment: Attachment): void {
  if (heard.has(attachment.resource)) return;
  heard.add(attachment.resource);
  hear(attachment);
}

/**
 * Returns the functions that are on a provider at this moment: first the ones that the library attached, in the order of the calls, then the others.
 * Functions that were removed from the tree, or moved to another provider, are left out.
 *
 * This walks the tree each time, so don't call it for each function.
 */
export function attachmentsOf(provider: lambda.ICapacityProviderRef): readonly Attachment[] {
  return attachmentsAmong(provider, new LambdaResources(stageAround(keyOf(provider))));
}

/** Returns the functions that are on a provider during validation and rendering. If the provider is watched, all callers share one walk through the tree. */
export function settledAttachmentsOf(provider: lambda.ICapacityProviderRef): readonly Attachment[] {
  return attachmentsAmong(provider, settledResourcesOf(stageAround(keyOf(provider))));
}

/** Returns the functions on a provider, among the resources found in its stage. */
export function attachmentsAmong(provider: lambda.ICapacityProviderRef, found: LambdaResources): readonly Attachment[] {
  const key = keyOf(provider);
  const stage = stageAround(key);
  const { byProvider, placeless } = managedAmong(found);
  // Imports are compared by name, because several imports may stand for one provider.
  const present = new Set([...byProvider.get(key) ?? [], ...placeless.filter((resource) => providerOf(resource, [provider]) === key)]);
  const attached = (knownRecordOf(key)?.attachments ?? []).filter(({ resource }) => (
    isStillOn(resource, key) && (present.has(resource) || (stageAround(resource) !== stage && isInTree(resource)))
  ));
  attached.forEach(({ resource }) => present.delete(resource));
  return [...attached, ...[...present].map((resource) => ({ provider, function: constructOf(resource), resource }))];
}

/** Functions on managed instances by the construct of their provider, and functions whose provider isn't created by this app. */
interface Managed {
  readonly byProvider: Map<IConstruct, lambda.CfnFunction[]>;
  readonly placeless: lambda.CfnFunction[];
}

const MANAGED = new WeakMap<LambdaResources, Managed>();

function managedAmong(found: LambdaResources): Managed {
  const known = MANAGED.get(found);
  if (known) return known;
  const managed: Managed = { byProvider: new Map(), placeless: [] };
  for (const resource of found.resources.filter(isManagedFunction)) {
    const key = providerOf(resource, []);
    const functions = key ? managed.byProvider.get(key) : managed.placeless;
    if (functions) functions.push(resource);
    else managed.byProvider.set(key!, [resource]);
  }
  MANAGED.set(found, managed);
  return managed;
}

/** Returns the attachment of a function, if this copy of the library attached it. */
export function attachmentOf(resource: lambda.CfnFunction): Attachment | undefined {
  return ATTACHED.get(resource)?.attachment;
}

/** Returns the first function that the library attached to a provider and that is still on it. This doesn't walk the tree. */
export function firstAttached(key: IConstruct): lambda.CfnFunction | undefined {
  return knownRecordOf(key)?.attachments.find(({ resource }) => isStillOn(resource, key) && isInTree(resource))?.resource;
}

/** Returns the construct of the provider that a function is on at this moment. */
export function providerOf(resource: lambda.CfnFunction, imports: readonly lambda.ICapacityProviderRef[]): IConstruct | undefined {
  const attached = ATTACHED.get(resource);
  if (attached && attached.config === resource.capacityProviderConfig) return attached.key;
  const reference = new ConstructProperties(resource).reference(...LMI, 'capacityProviderArn');
  if (isKnown(reference) && lambda.CfnCapacityProvider.isCfnCapacityProvider(reference.key)) return reference.key;
  const arn = arnOf(resource);
  return arn === undefined ? undefined : imports.find((provider) => isNamed(provider, arn, resource));
}

function isManagedFunction(resource: CfnResource): resource is lambda.CfnFunction {
  return lambda.CfnFunction.isCfnFunction(resource) && resource.capacityProviderConfig !== undefined;
}

/** Whether the function's provider is still the one that the library set, and hasn't been changed since. */
function isStillOn(resource: lambda.CfnFunction, key: IConstruct): boolean {
  const attached = ATTACHED.get(resource);
  return attached?.key === key && attached.config === resource.capacityProviderConfig;
}

/** Whether a function refers to an imported provider. An ARN that is known only at deployment may have another value in each stack. */
function isNamed(provider: lambda.ICapacityProviderRef, arn: string, resource: lambda.CfnFunction): boolean {
  return provider.capacityProviderRef.capacityProviderArn === arn && (!isToken(arn) || resource.stack === Stack.of(provider));
}

function arnOf({ capacityProviderConfig: config }: lambda.CfnFunction): string | undefined {
  const arn = (config as Partial<lambda.CfnFunction.CapacityProviderConfigProperty> | undefined)?.lambdaManagedInstancesCapacityProviderConfig;
  return (arn as Partial<lambda.CfnFunction.LambdaManagedInstancesCapacityProviderConfigProperty> | undefined)?.capacityProviderArn;
}

/** Returns the construct that the user created, rather than the resource in it. */
function constructOf(resource: lambda.CfnFunction): lambda.IFunctionRef {
  const { scope } = resource.node;
  return scope && 'functionRef' in scope && scope.node.defaultChild === resource ? scope as unknown as lambda.IFunctionRef : resource;
}

/** Whether a construct is still in the tree: it, or a construct around it, may have been removed. */
export function isInTree({ node }: IConstruct): boolean {
  const { scope } = node;
  return scope === undefined || (scope.node.tryFindChild(node.id)?.node === node && isInTree(scope));
}
