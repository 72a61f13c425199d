/** What the functions of a dashboard read from. */
import { Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { isKnown } from '../../reading/fact';
import { ResourceGraph } from '../../reading/resource-graph';
import { ALIAS, EVENT_SOURCE_MAPPING, ResourceView } from '../../reading/resource-view';
import { LambdaResources, settledResourcesOf, stageAround } from '../../registry/lambda-resources';

/** What an event source mapping reads from. */
export enum EventSourceKind {
  /** Kinesis, or DynamoDB. */
  STREAM = 'stream',
  KAFKA = 'kafka',
  /** SQS. */
  QUEUE = 'queue',
}

/** An event source mapping of a function on managed instances. */
export interface EventSource {
  readonly mapping: lambda.CfnEventSourceMapping;
  readonly kind: EventSourceKind;
  /** A queue that is made in this app. */
  readonly queue?: sqs.CfnQueue;
  /** The name of one that isn't, where its ARN is written out. */
  readonly queueName?: string;
  /** Whether it sends metrics of how many events it polled, and what became of them. */
  readonly countsEvents: boolean;
  /** Whether it has pollers of its own. */
  readonly hasPollers: boolean;
}

/** Those of each function. */
export type EventSources = ReadonlyMap<lambda.CfnFunction, EventSource[]>;

/** How many event source mappings there are at this moment. */
export function countEventSources(scope: IConstruct): number {
  return settledResourcesOf(stageAround(scope)).graph.ofType(EVENT_SOURCE_MAPPING).length;
}

const SOURCES = new WeakMap<LambdaResources, Map<lambda.CfnFunction, EventSource[]>>();

/** The event source mappings of each function on managed instances, also of its versions and aliases. */
export function eventSourcesAround(scope: IConstruct): EventSources {
  const found = settledResourcesOf(stageAround(scope));
  const sources = SOURCES.get(found) ?? new Map<lambda.CfnFunction, EventSource[]>();
  if (SOURCES.has(found)) return sources;
  SOURCES.set(found, sources);
  for (const view of found.graph.ofType(EVENT_SOURCE_MAPPING)) {
    const fn = (found.graph.managedFunctionOf(view) ?? functionAround(view, found.graph))?.key as lambda.CfnFunction | undefined;
    if (fn) sources.set(fn, [...sources.get(fn) ?? [], read(view)]);
  }
  return sources;
}

/** CDK takes the name of an alias apart, so that no reference is left. But it puts the mapping below the alias. */
function functionAround({ key }: ResourceView, graph: ResourceGraph<ResourceView>): ResourceView | undefined {
  const around = (key as IConstruct).node.scopes.reverse().map(({ node }) => node.defaultChild);
  const alias = graph.ofType(ALIAS).find((view) => around.includes(view.key as IConstruct));
  return alias && graph.managedFunctionOf(alias);
}

function read({ key, properties }: ResourceView): EventSource {
  const mapping = key as lambda.CfnEventSourceMapping;
  const source = properties.reference('eventSourceArn');
  const metrics = properties.strings('metricsConfig', 'metrics');
  const queue = isKnown(source) ? source.key : undefined;
  return {
    mapping,
    kind: kindOf(properties.has('topics'), properties.has('startingPosition')),
    queue: sqs.CfnQueue.isCfnQueue(queue) ? queue : undefined,
    queueName: isKnown(source) && !source.key && !Token.isUnresolved(mapping.eventSourceArn) ? source.text.split(':').pop() : undefined,
    countsEvents: isKnown(metrics) && metrics.includes('EventCount'),
    hasPollers: properties.has('provisionedPollerConfig'),
  };
}

/** By what a kind must have: the ARN is often a token. */
function kindOf(hasTopics: boolean, hasStart: boolean): EventSourceKind {
  if (hasTopics) return EventSourceKind.KAFKA;
  return hasStart ? EventSourceKind.STREAM : EventSourceKind.QUEUE;
}
