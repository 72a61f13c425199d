/**
 * Sample events for a rehearsal without given ones: three for each kind of event source, in the form that Lambda delivers, each with its own ids and
 * texts.
 */
import { RehearsalEvent } from './function-description';

/** The services with sample events. */
export type EventSource = 'http-api' | 'rest-api' | 'load-balancer' | 'sqs' | 'sns' | 'kinesis' | 'dynamodb' | 's3' | 'eventbridge' | 'kafka';

const NAMES = ['amaryllis', 'bergamot', 'cinquefoil'];
const ARN = 'arn:aws:%:us-east-1:123456789012:rehearsal';

const SAMPLES: Record<EventSource, (name: string) => unknown> = {
  'http-api': (name) => ({
    version: '2.0',
    routeKey: '$default',
    rawPath: `/${name}`,
    rawQueryString: `user=user-of-${name}`,
    headers: { 'content-type': 'application/json', 'host': 'localhost', 'user-agent': 'rehearsal' },
    queryStringParameters: { user: `user-of-${name}` },
    requestContext: { accountId: '123456789012', apiId: 'api', domainName: 'localhost', http: { method: 'POST', path: `/${name}`, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'rehearsal' }, requestId: `http-${name}`, routeKey: '$default', stage: '$default', time: '01/Jan/2020:00:00:00 +0000', timeEpoch: 1577836800000 },
    body: JSON.stringify({ id: `id-of-${name}` }),
    isBase64Encoded: false,
  }),
  'rest-api': (name) => ({
    resource: '/{proxy+}',
    path: `/${name}`,
    httpMethod: 'POST',
    headers: { 'content-type': 'application/json', 'host': 'localhost' },
    multiValueHeaders: { 'content-type': ['application/json'], 'host': ['localhost'] },
    queryStringParameters: { user: `user-of-${name}` },
    multiValueQueryStringParameters: { user: [`user-of-${name}`] },
    pathParameters: { proxy: name },
    stageVariables: null,
    requestContext: { accountId: '123456789012', apiId: 'api', httpMethod: 'POST', identity: { sourceIp: '127.0.0.1' }, path: `/${name}`, protocol: 'HTTP/1.1', requestId: `rest-${name}`, resourcePath: '/{proxy+}', stage: 'live' },
    body: JSON.stringify({ id: `id-of-${name}` }),
    isBase64Encoded: false,
  }),
  'load-balancer': (name) => ({
    requestContext: { elb: { targetGroupArn: ARN.replace('%', 'elasticloadbalancing') } },
    httpMethod: 'POST',
    path: `/${name}`,
    queryStringParameters: { user: `user-of-${name}` },
    headers: { 'content-type': 'application/json', 'host': 'localhost' },
    body: JSON.stringify({ id: `id-of-${name}` }),
    isBase64Encoded: false,
  }),
  'sqs': (name) => records({
    messageId: `message-${name}`, receiptHandle: `receipt-${name}`, body: JSON.stringify({ id: `id-of-${name}` }), attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1577836800000' }, messageAttributes: {}, eventSource: 'aws:sqs', eventSourceARN: ARN.replace('%', 'sqs'), awsRegion: 'us-east-1',
  }),
  'sns': (name) => records({
    EventVersion: '1.0', EventSource: 'aws:sns', EventSubscriptionArn: ARN.replace('%', 'sns'), Sns: { Type: 'Notification', MessageId: `message-${name}`, TopicArn: ARN.replace('%', 'sns'), Subject: name, Message: JSON.stringify({ id: `id-of-${name}` }), Timestamp: '2020-01-01T00:00:00.000Z', MessageAttributes: {} },
  }),
  'kinesis': (name) => records({
    kinesis: { partitionKey: name, sequenceNumber: `sequence-${name}`, data: base64({ id: `id-of-${name}` }), approximateArrivalTimestamp: 1577836800 }, eventSource: 'aws:kinesis', eventID: `shard:${name}`, eventName: 'aws:kinesis:record', awsRegion: 'us-east-1', eventSourceARN: ARN.replace('%', 'kinesis'),
  }),
  'dynamodb': (name) => records({
    eventID: `event-${name}`, eventName: 'INSERT', eventSource: 'aws:dynamodb', awsRegion: 'us-east-1', dynamodb: { Keys: { id: { S: `id-of-${name}` } }, NewImage: { id: { S: `id-of-${name}` }, user: { S: `user-of-${name}` } }, SequenceNumber: `sequence-${name}`, StreamViewType: 'NEW_IMAGE' }, eventSourceARN: ARN.replace('%', 'dynamodb'),
  }),
  's3': (name) => records({
    eventVersion: '2.1', eventSource: 'aws:s3', awsRegion: 'us-east-1', eventTime: '2020-01-01T00:00:00.000Z', eventName: 'ObjectCreated:Put', s3: { s3SchemaVersion: '1.0', bucket: { name: 'rehearsal', arn: 'arn:aws:s3:::rehearsal' }, object: { key: `objects/${name}.json`, size: 1024, eTag: `etag-${name}` } },
  }),
  'eventbridge': (name) => ({
    'version': '0', 'id': `event-${name}`, 'detail-type': 'Rehearsal', 'source': 'rehearsal', 'account': '123456789012', 'time': '2020-01-01T00:00:00Z', 'region': 'us-east-1', 'resources': [], 'detail': { id: `id-of-${name}`, user: `user-of-${name}` },
  }),
  'kafka': (name) => ({
    eventSource: 'aws:kafka', eventSourceArn: ARN.replace('%', 'kafka'), bootstrapServers: 'localhost:9092', records: { 'rehearsal-0': [{ topic: 'rehearsal', partition: 0, offset: 1, timestamp: 1577836800000, timestampType: 'CREATE_TIME', key: Buffer.from(name).toString('base64'), value: base64({ id: `id-of-${name}` }), headers: [] }] },
  }),
};

export const EVENT_SOURCES = Object.keys(SAMPLES) as EventSource[];

/** Returns sample events of these sources. Without a source, the events are plain objects, as a direct caller sends them. */
export function sampleEvents(sources: readonly EventSource[]): RehearsalEvent[] {
  if (sources.length === 0) return NAMES.map((name, index) => ({ label: `sample event ${index + 1}`, value: { id: `id-of-${name}`, user: `user-of-${name}` } }));
  return sources.flatMap((source) => NAMES.map((name, index) => ({ label: `sample ${source} event ${index + 1}`, value: SAMPLES[source](`${name}-${source}`) })));
}

function records(record: unknown) {
  return { Records: [record] };
}

function base64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64');
}
