import { Stage, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { lambdaViewsBelow } from '../../reading/constructs/construct-views';
import { isKnown } from '../../reading/fact';
import { ResourceGraph } from '../../reading/resource-graph';
import { ALIAS, EVENT_SOURCE_MAPPING, ResourceView } from '../../reading/resource-view';

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
  readonly function: lambda.CfnFunction;
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

/** How many event source mappings an app has at this moment. */
export function countEventSources(scope: IConstruct): number {
  return Stage.of(scope)!.node.findAll().filter((construct) => lambda.CfnEventSourceMapping.isCfnEventSourceMapping(construct)).length;
}

/** The event source mappings of functions on managed instances, also of their versions and aliases. */
export function eventSourcesOf(scope: IConstruct): EventSource[] {
  if (countEventSources(scope) === 0) return [];
  const graph = new ResourceGraph(lambdaViewsBelow(Stage.of(scope)!));
  return graph.ofType(EVENT_SOURCE_MAPPING).flatMap((view) => {
    const fn = graph.managedFunctionOf(view) ?? functionAround(view, graph);
    return fn ? [read(view, fn.key as lambda.CfnFunction)] : [];
  });
}

/** CDK takes the name of an alias apart, so that no reference is left. But it puts the mapping below the alias. */
function functionAround({ key }: ResourceView, graph: ResourceGraph<ResourceView>): ResourceView | undefined {
  const around = (key as IConstruct).node.scopes.reverse().map(({ node }) => node.defaultChild);
  const alias = graph.ofType(ALIAS).find((view) => around.includes(view.key as IConstruct));
  return alias && graph.managedFunctionOf(alias);
}

function read({ key, properties }: ResourceView, fn: lambda.CfnFunction): EventSource {
  const mapping = key as lambda.CfnEventSourceMapping;
  const source = properties.reference('eventSourceArn');
  const metrics = properties.strings('metricsConfig', 'metrics');
  const queue = isKnown(source) ? source.key : undefined;
  return {
    mapping,
    function: fn,
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
