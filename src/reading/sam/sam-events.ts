/** Expands the events of a SAM function into event source mappings, schedules and permissions. */
import { withoutAbsent } from './sam-capacity-provider';
import { Resources } from './sam-expansion';
import { EVENT_RULE, EVENT_SOURCE_MAPPING, PERMISSION, SCHEDULE } from '../resource-view';

/** The events of queues, streams and logs, with the property in which SAM keeps the ARN of the source. */
const SOURCES: Record<string, string[]> = {
  SQS: ['Queue'],
  Kinesis: ['Stream'],
  DynamoDB: ['Stream'],
  MSK: ['Stream'],
  MQ: ['Broker'],
  DocumentDB: ['Cluster'],
  SelfManagedKafka: [],
};

/** Returns the resources that SAM creates for an event, by their logical ids. `id` is the function's logical id followed by the name of the event. */
export function samEvent(id: string, event: any, target: object): Resources {
  const { Type: type, Properties } = event ?? {};
  const properties = Properties ?? {};
  const permission = { Type: PERMISSION, Properties: { FunctionName: target, Action: 'lambda:InvokeFunction' } };
  const arnProperties = typeof type === 'string' && Object.hasOwn(SOURCES, type) ? SOURCES[type] : undefined;
  if (arnProperties) return { [id]: { Type: EVENT_SOURCE_MAPPING, Properties: eventSourceMapping(type, properties, arnProperties, target) } };
  switch (type) {
    case 'Schedule': return { [id]: { Type: EVENT_RULE, Properties: eventRule(properties, target) }, [`${id}Permission`]: permission };
    case 'ScheduleV2': return { [id]: { Type: SCHEDULE, Properties: { ...properties, Target: { Arn: target } } } };
    default: return { [id]: permission };
  }
}

/** Returns a rule. SAM has two ways to disable it. */
function eventRule({ Schedule, Enabled, State }: any, target: object): object {
  return withoutAbsent({ ScheduleExpression: Schedule, State: Enabled === false ? 'DISABLED' : State, Targets: [{ Arn: target }] });
}

/** Returns an event source mapping. Amazon DocumentDB and self-managed Kafka are recognised by their properties, other sources by their ARN. */
function eventSourceMapping(type: string, properties: any, arnProperties: string[], target: object): object {
  const { DatabaseName, CollectionName, FullDocument, KafkaBootstrapServers, ...others } = properties;
  const arn = arnProperties.map((name) => properties[name]).find((value) => value !== undefined);
  return {
    ...others,
    FunctionName: target,
    ...arn !== undefined && { EventSourceArn: arn },
    ...type === 'DocumentDB' && { DocumentDBEventSourceConfig: { DatabaseName, CollectionName, FullDocument } },
    ...type === 'SelfManagedKafka' && { SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers } } },
  };
}
