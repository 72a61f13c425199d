/** Which functions are on a capacity provider, by whatever route they came. */
import { Aspects, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { Attachment, isRemembered, knownRecordOf, Listener, ProviderRecord, recordOf, Told } from './provider-record';
import { ConstructProperties } from '../reading/constructs/construct-properties';
import { keyOf } from '../reading/constructs/resource-behind';
import { isToken } from '../reading/constructs/token';
import { isKnown } from '../reading/fact';
import { LMI } from '../reading/lambda-references';
import { isOfFunctions } from '../reading/resource-view';

/** A function that this copy of the library attached: what stands for its provider, and the property that says so. */
interface Attached {
  readonly attachment: Attachment;
  readonly key: IConstruct;
  readonly config: unknown;
}

const ATTACHED = new WeakMap<lambda.CfnFunction, Attached>();

/** The Lambda resources of a stage and the schedules of its functions, and the providers among its constructs that the library knows and that are made elsewhere. */
export interface LambdaResources {
  readonly resources: CfnResource[];
  readonly imports: lambda.ICapacityProviderRef[];
}

/** Notes that a function is on a provider, and tells those who asked. */
export function recordAttachment(attachment: Attachment): void {
  const { provider, resource } = attachment;
  const key = keyOf(provider);
  const record = recordOf(key);
  record.attachments.push(attachment);
  record.architectureAtRendering = undefined;
  ATTACHED.set(resource, { attachment, key, config: resource.capacityProviderConfig });
  tell(record, attachment);
}

/**
 * Tells of each function on a provider: those attached so far, and each one that follows.
 *
 * Functions that come by CDK's own `addFunction`, by an L1 or by another copy of the library are looked for when aspects
 * run: that is the last moment at which constructs can be made for them. Without the feature flag
 * `@aws-cdk/core:aspectStabilization`, CDK's tags don't reach what is made then.
 */
export function onAttachment(provider: lambda.ICapacityProviderRef, order: Listener, hear: (attachment: Attachment) => void): void {
  const key = keyOf(provider);
  const record = recordOf(key);
  const { listeners } = record;
  if (listeners.length === 0) Aspects.of(key).add({ visit: () => attachmentsOf(provider).forEach((attachment) => tell(record, attachment)) });
  const listener = { order, hear, heard: new Set<lambda.CfnFunction>() };
  listeners.push(listener);
  listeners.sort((one, other) => one.order - other.order);
  record.attachments.forEach((attachment) => tellOne(listener, attachment));
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
 * The functions that are on a provider at this moment: those that were attached, in that order, and those that came by
 * another route. What is gone from the tree, or was put elsewhere, is not among them.
 *
 * Looks through the tree each time, so it is nothing to ask for each function.
 */
export function attachmentsOf(provider: lambda.ICapacityProviderRef): readonly Attachment[] {
  const key = keyOf(provider);
  const stage = stageAround(key);
  const present = new Set(lambdaResourcesOf(stage).resources.filter(isManagedFunction));
  const attached = (knownRecordOf(key)?.attachments ?? []).filter(({ resource }) => (
    isStillOn(resource, key) && (present.has(resource) || (stageAround(resource) !== stage && isInTree(resource)))
  ));
  attached.forEach(({ resource }) => present.delete(resource));
  const others = [...present].filter((resource) => providerOf(resource, [provider]) === key);
  return [...attached, ...others.map((resource) => ({ provider, function: constructOf(resource), resource }))];
}

/** Where this copy of the library attached a function, if it did. */
export function attachmentOf(resource: lambda.CfnFunction): Attachment | undefined {
  return ATTACHED.get(resource)?.attachment;
}

/** The first function that was attached to a provider and still is: all that can be told quickly. */
export function firstAttached(key: IConstruct): lambda.CfnFunction | undefined {
  return knownRecordOf(key)?.attachments.find(({ resource }) => isStillOn(resource, key) && isInTree(resource))?.resource;
}

/** What stands for the provider that a function is on at this moment. */
export function providerOf(resource: lambda.CfnFunction, imports: readonly lambda.ICapacityProviderRef[]): IConstruct | undefined {
  const attached = ATTACHED.get(resource);
  if (attached && attached.config === resource.capacityProviderConfig) return attached.key;
  const reference = new ConstructProperties(resource).reference(...LMI, 'capacityProviderArn');
  if (isKnown(reference) && reference.key) return reference.key as IConstruct;
  const arn = arnOf(resource);
  return arn === undefined ? undefined : imports.find((provider) => isNamed(provider, arn, resource));
}

/** Looks once through a stage, without those inside: they are synthesised apart. */
export function lambdaResourcesOf(stage: IConstruct): LambdaResources {
  const resources: CfnResource[] = [];
  const imports: lambda.ICapacityProviderRef[] = [];
  // Every construct of the app comes by: nothing is called for most of them.
  const visit = (construct: IConstruct) => {
    const { cfnResourceType } = construct as Partial<CfnResource>;
    if (cfnResourceType === undefined) {
      if ('stageName' in construct && construct !== stage && Stage.isStage(construct)) return;
      if (isRemembered(construct) && 'capacityProviderRef' in construct) imports.push(construct as lambda.ICapacityProviderRef);
    } else if (isOfFunctions(cfnResourceType)) {
      resources.push(construct as CfnResource);
    }
    for (const child of construct.node.children) visit(child);
  };
  visit(stage);
  return { resources, imports };
}

/** The stage in which a construct is synthesised, or all of a tree without one. */
export function stageAround(construct: IConstruct): IConstruct {
  return Stage.of(construct) ?? construct.node.root;
}

function isManagedFunction(resource: CfnResource): resource is lambda.CfnFunction {
  return lambda.CfnFunction.isCfnFunction(resource) && resource.capacityProviderConfig !== undefined;
}

/** Unless somebody has put it elsewhere since. */
function isStillOn(resource: lambda.CfnFunction, key: IConstruct): boolean {
  const attached = ATTACHED.get(resource);
  return attached?.key === key && attached.config === resource.capacityProviderConfig;
}

/** Whether a function names an imported provider. What is known at deployment only may be another thing in each stack. */
function isNamed(provider: lambda.ICapacityProviderRef, arn: string, resource: lambda.CfnFunction): boolean {
  return provider.capacityProviderRef.capacityProviderArn === arn && (!isToken(arn) || resource.stack === Stack.of(provider));
}

function arnOf({ capacityProviderConfig: config }: lambda.CfnFunction): string | undefined {
  const arn = (config as Partial<lambda.CfnFunction.CapacityProviderConfigProperty> | undefined)?.lambdaManagedInstancesCapacityProviderConfig;
  return (arn as Partial<lambda.CfnFunction.LambdaManagedInstancesCapacityProviderConfigProperty> | undefined)?.capacityProviderArn;
}

/** The construct that somebody made, rather than the resource in it. */
function constructOf(resource: lambda.CfnFunction): lambda.IFunctionRef {
  const { scope } = resource.node;
  return scope && 'functionRef' in scope && scope.node.defaultChild === resource ? scope as unknown as lambda.IFunctionRef : resource;
}

/** Whether a construct can still be found where it was made: somebody may have removed it, or what it is in. */
function isInTree({ node }: IConstruct): boolean {
  const { scope } = node;
  return scope === undefined || (scope.node.tryFindChild(node.id)?.node === node && isInTree(scope));
}
