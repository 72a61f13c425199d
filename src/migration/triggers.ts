/** Lists what calls a function, and how to repoint each caller to the successor. */
import { isKnown } from '../reading/fact';
import { EVENT_SOURCE_MAPPING, FUNCTION_URL, HTTP_INTEGRATION, PERMISSION, ResourceView, REST_METHOD, SCHEDULE, SUBSCRIPTION } from '../reading/resource-view';

/** A resource that calls a function. */
export interface Trigger {
  readonly name: string;
  readonly type: string;
  /** The way to repoint the resource to the successor. */
  readonly how: string;
}

const HOW: Readonly<Record<string, string>> = {
  [EVENT_SOURCE_MAPPING]: 'add a second event source mapping; then lower MaximumConcurrency of this one, and disable it at last (for streams, disable it first)',
  [FUNCTION_URL]: 'the successor has a URL of its own: shift callers in front of it',
  [HTTP_INTEGRATION]: 'put a second API behind a weighted front, then change the integration',
  [REST_METHOD]: 'point a canary of the stage at the successor',
  [SCHEDULE]: 'set the successor as the target',
  [SUBSCRIPTION]: 'subscribe the successor with a filter, and narrow the filter of this subscription',
};

const HOW_BY_PRINCIPAL: Readonly<Record<string, string>> = {
  'elasticloadbalancing.amazonaws.com': 'add a second target group, and shift weight to it',
  'apigateway.amazonaws.com': 'allow the API to call the successor, too',
  'events.amazonaws.com': 'add a second target to the rule, and a permission for it',
  'sns.amazonaws.com': 'allow the topic to call the successor, too',
  's3.amazonaws.com': 'allow the bucket to call the successor, and change its notification',
};

/** Returns the triggers among the resources that call a function or permit calls of it. */
export function triggersOf(callers: ReadonlySet<ResourceView>): Trigger[] {
  return [...callers].filter(({ type }) => type === PERMISSION || type in HOW).map(({ name, type, properties }) => {
    const principal = properties.string('principal');
    const byPrincipal = isKnown(principal) ? HOW_BY_PRINCIPAL[principal] : undefined;
    return { name, type, how: HOW[type] ?? byPrincipal ?? 'give the successor the same permission' };
  });
}
