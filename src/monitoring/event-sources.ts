/** The event sources that functions on managed instances read from. */
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { isToken } from '../reading/constructs/token';
import { isKnown } from '../reading/fact';
import { ResourceGraph } from '../reading/resource-graph';
import { ALIAS, EVENT_SOURCE_MAPPING, ResourceView } from '../reading/resource-view';
import { LambdaResources } from '../registry/lambda-resources';
import { INVOCATION_PERIOD } from './metrics/metric-names';

/**
 * The namespace of a queue's metrics. Source:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html (read 2026-11-21)
 */
const QUEUE_NAMESPACE = 'AWS/SQS';

/** The event source of a mapping. */
export enum EventSourceKind {
  /** Kinesis or DynamoDB Streams. */
  STREAM = 'stream',
  KAFKA = 'kafka',
  /** SQS. */
  QUEUE = 'queue',
}

/** An event source mapping of a function on managed instances. */
export interface EventSource {
  readonly mapping: lambda.CfnEventSourceMapping;
  readonly kind: EventSourceKind;
  /** The queue, if this app creates it. */
  readonly queue?: sqs.CfnQueue;
  /** The name of a queue that this app doesn't create, if its ARN is known. */
  readonly queueName?: string;
  /** Whether the mapping publishes metrics of the events that it polled. */
  readonly countsEvents: boolean;
  /** Whether the mapping has provisioned pollers. */
  readonly hasPollers: boolean;
}

/** The event sources of each function. */
export type EventSources = ReadonlyMap<lambda.CfnFunction, EventSource[]>;

const SOURCES = new WeakMap<LambdaResources, Map<lambda.CfnFunction, EventSource[]>>();

/** Returns the event source mappings of each function on managed instances, including those of its versions and aliases. */
export function eventSourcesAmong(found: LambdaResources): EventSources {
  const sources = SOURCES.get(found) ?? new Map<lambda.CfnFunction, EventSource[]>();
  if (SOURCES.has(found)) return sources;
  SOURCES.set(found, sources);
  for (const view of found.graph.ofType(EVENT_SOURCE_MAPPING)) {
    const fn = (found.graph.managedFunctionOf(view) ?? functionAround(view, found.graph))?.key as lambda.CfnFunction | undefined;
    if (fn) sources.set(fn, [...sources.get(fn) ?? [], read(view)]);
  }
  return sources;
}

/** Returns the age of the oldest message in a queue, in seconds. Undefined if the source isn't a queue, or if its name isn't known. */
export function queueAge({ kind, queue, queueName }: EventSource): cloudwatch.IMetric | undefined {
  const name = queue?.attrQueueName ?? queueName;
  return kind !== EventSourceKind.QUEUE || name === undefined ? undefined : new cloudwatch.Metric({
    namespace: QUEUE_NAMESPACE,
    metricName: 'ApproximateAgeOfOldestMessage',
    dimensionsMap: { QueueName: name },
    statistic: cloudwatch.Stats.MAXIMUM,
    period: INVOCATION_PERIOD,
    label: name,
  });
}

/**
 * Returns the function of a mapping on an alias. CDK splits the name of an alias, so that no reference is left, but it puts the mapping below the
 * alias.
 */
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
    queueName: isKnown(source) && !source.key && !isToken(mapping.eventSourceArn) ? source.text.split(':').pop() : undefined,
    countsEvents: isKnown(metrics) && metrics.includes('EventCount'),
    hasPollers: properties.has('provisionedPollerConfig'),
  };
}

/** Returns the kind of a source. It is recognised by the properties that the kind requires, because the ARN is often a token. */
function kindOf(hasTopics: boolean, hasStart: boolean): EventSourceKind {
  if (hasTopics) return EventSourceKind.KAFKA;
  return hasStart ? EventSourceKind.STREAM : EventSourceKind.QUEUE;
}
