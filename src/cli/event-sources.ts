/** What sends events to a function, as far as what calls it in a template shows, and samples of it are there. */
import { isKnown } from '../reading/fact';
import { EVENT_SOURCE_MAPPING, FUNCTION_URL, HTTP_INTEGRATION, PERMISSION, ResourceView, REST_METHOD, SUBSCRIPTION } from '../reading/resource-view';
import { EVENT_SOURCES, EventSource } from '../rehearsal/sample-events';

/** By the resource that calls the function. */
const BY_TYPE: Record<string, EventSource> = {
  [FUNCTION_URL]: 'http-api',
  [HTTP_INTEGRATION]: 'http-api',
  [REST_METHOD]: 'rest-api',
  [SUBSCRIPTION]: 'sns',
  'AWS::Events::Rule': 'eventbridge',
};

/** By the service that may invoke it, where nothing else of the service names the function. */
const BY_PRINCIPAL: Record<string, EventSource> = {
  'elasticloadbalancing.amazonaws.com': 'load-balancer',
  'events.amazonaws.com': 'eventbridge',
  's3.amazonaws.com': 's3',
  'sns.amazonaws.com': 'sns',
};

/** The sources behind these callers, each once. */
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

/** By what a kind of source must have, since its ARN is often known at deployment only; else by the ARN. */
function polledSource(properties: ResourceView['properties']): EventSource | undefined {
  if (properties.has('topics')) return 'kafka';
  const source = properties.reference('eventSourceArn');
  if (!isKnown(source)) return undefined;
  const isStream = properties.has('startingPosition');
  if (!isStream) return /^arn:[^:]+:(?!sqs:)/.test(source.text) ? undefined : 'sqs';
  return source.attribute === 'StreamArn' || source.text.includes(':dynamodb:') ? 'dynamodb' : 'kinesis';
}
