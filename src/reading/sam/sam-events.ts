/** What the events of a SAM function become: event source mappings, schedules, and permissions to call. */
import { EVENT_SOURCE_MAPPING, PERMISSION, SCHEDULE } from '../resource-view';

/** Who is called from a queue, a stream or a log, and where SAM has the ARN of that. */
const SOURCES: Record<string, string[]> = {
  SQS: ['Queue'],
  Kinesis: ['Stream'],
  DynamoDB: ['Stream'],
  MSK: ['Stream'],
  MQ: ['Broker'],
  DocumentDB: ['Cluster'],
  SelfManagedKafka: [],
};

/** The resource that calls the target because of an event. */
export function samCaller(event: any, target: object): any {
  const { Type: type, Properties: properties = {} } = event ?? {};
  const arnProperties = typeof type === 'string' && Object.hasOwn(SOURCES, type) ? SOURCES[type] : undefined;
  if (arnProperties) return { Type: EVENT_SOURCE_MAPPING, Properties: eventSourceMapping(type, properties, arnProperties, target) };
  if (type === 'ScheduleV2') {
    return {
      Type: SCHEDULE,
      Properties: {
        ScheduleExpression: properties.ScheduleExpression,
        ScheduleExpressionTimezone: properties.ScheduleExpressionTimezone,
        Target: { Arn: target },
      },
    };
  }
  return { Type: PERMISSION, Properties: { FunctionName: target, Action: 'lambda:InvokeFunction' } };
}

/** Amazon DocumentDB and self-managed Kafka have properties that tell them apart; the rest is told by the ARN of its source. */
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
