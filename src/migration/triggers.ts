/** What calls a function, and how it comes to call the successor. */
import { isKnown } from '../reading/fact';
import { EVENT_SOURCE_MAPPING, FUNCTION_URL, HTTP_INTEGRATION, PERMISSION, ResourceView, REST_METHOD, SCHEDULE, SUBSCRIPTION } from '../reading/resource-view';

/** Something that calls a function. */
export interface Trigger {
  readonly name: string;
  readonly type: string;
  /** How to repoint it. */
  readonly how: string;
}

const HOW: Readonly<Record<string, string>> = {
  [EVENT_SOURCE_MAPPING]: 'add a second event source mapping; then lower MaximumConcurrency of this one, then disable it (streams: disable it first)',
  [FUNCTION_URL]: 'the successor has a URL of its own: shift callers in front of it',
  [HTTP_INTEGRATION]: 'put a second API behind a weighted front, then change the integration',
  [REST_METHOD]: 'let a canary of the stage name the successor',
  [SCHEDULE]: 'name the successor as the target',
  [SUBSCRIPTION]: 'subscribe the successor with a filter, and narrow this one',
};

const HOW_BY_PRINCIPAL: Readonly<Record<string, string>> = {
  'elasticloadbalancing.amazonaws.com': 'a second target group, and weights',
  'apigateway.amazonaws.com': 'permit the API to call the successor, too',
  'events.amazonaws.com': 'a second target of the rule, and permission for it',
  'sns.amazonaws.com': 'permit the topic to call the successor, too',
  's3.amazonaws.com': 'permit the bucket to call the successor, and change its notification',
};

/** What of the resources that call a function, or let somebody call it, has to be repointed. */
export function triggersOf(callers: ReadonlySet<ResourceView>): Trigger[] {
  return [...callers].filter(({ type }) => type === PERMISSION || type in HOW).map(({ name, type, properties }) => {
    const principal = properties.string('principal');
    const byPrincipal = isKnown(principal) ? HOW_BY_PRINCIPAL[principal] : undefined;
    return { name, type, how: HOW[type] ?? byPrincipal ?? 'give the successor the same permission' };
  });
}
