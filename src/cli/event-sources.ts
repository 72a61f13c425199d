/** Returns sample events for the sources that call a function in a template. */
import { isKnown } from '../reading/fact';
import { EVENT_SOURCE_MAPPING, FUNCTION_URL, HTTP_INTEGRATION, PERMISSION, ResourceView, REST_METHOD, SUBSCRIPTION } from '../reading/resource-view';
import { EVENT_SOURCES, EventSource } from '../rehearsal/sample-events';

/** Samples by the type of the resource that calls the function. */
const BY_TYPE: Record<string, EventSource> = {
  [FUNCTION_URL]: 'http-api',
  [HTTP_INTEGRATION]: 'http-api',
  [REST_METHOD]: 'rest-api',
  [SUBSCRIPTION]: 'sns',
  'AWS::Events::Rule': 'eventbridge',
};

/** Samples by the service that may invoke the function, for services of which no other resource names it. */
const BY_PRINCIPAL: Record<string, EventSource> = {
  'elasticloadbalancing.amazonaws.com': 'load-balancer',
  'events.amazonaws.com': 'eventbridge',
  's3.amazonaws.com': 's3',
  'sns.amazonaws.com': 'sns',
};

/** Returns the sources behind these callers, without duplicates. */
export function eventSourcesOf(callers: readonly ResourceView[]): EventSource[] {
  const found = new Set(callers.map(sourceOf));
  return EVENT_SOURCES.filter((source) => found.has(source));
}

function sourceOf({ type, properties }: ResourceView): EventSource | undefined {
  if (type === EVENT_SOURCE_MAPPING) return polledSource(properties);
  if (type === HTTP_INTEGRATION && properties.string('payloadFormatVersion') === '1.0') return 'rest-api';
  const principal = type === PERMISSION ? properties.string('principal') : undefined;
  return isKnown(principal) ? BY_PRINCIPAL[principal] : BY_TYPE[type];
}

/** Recognises an event source by a property that it must have, since its ARN is often known only at deployment, and otherwise by its ARN. */
function polledSource(properties: ResourceView['properties']): EventSource | undefined {
  if (properties.has('topics')) return 'kafka';
  const source = properties.reference('eventSourceArn');
  if (!isKnown(source)) return undefined;
  const isStream = properties.has('startingPosition');
  if (!isStream) return /^arn:[^:]+:(?!sqs:)/.test(source.text) ? undefined : 'sqs';
  return source.attribute === 'StreamArn' || source.text.includes(':dynamodb:') ? 'dynamodb' : 'kinesis';
}
