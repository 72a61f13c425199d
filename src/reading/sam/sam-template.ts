/**
 * Reads a SAM template without SAM's transform. Expands each resource into CloudFormation resources, as far as they concern managed instances.
 *
 * Source: aws-sam-translator 1.115.0 (read 2026-11-27). A test compares the results with its output.
 */
import { samCapacityProvider } from './sam-capacity-provider';
import { Expansion, Resources } from './sam-expansion';
import { samFunction, samRole } from './sam-function';
import { withGlobals } from './sam-globals';
import { STATE_MACHINE } from '../resource-view';
import { entriesOf, entryOf } from '../templates/template';

/** A resource that can't be judged, and the reason. */
export interface NotRead {
  readonly logicalId: string;
  readonly type: string;
  readonly reason: string;
}

/** A CloudFormation template, and the SAM resources that couldn't be read. */
export interface ReadSam {
  readonly body: any;
  readonly notRead: NotRead[];
  /** The logical id of the SAM resource for each resource that SAM adds. */
  readonly origins: ReadonlyMap<string, string>;
}

const SERVERLESS = 'AWS::Serverless::';

/** The SAM resources that contain no function and call none, except through the events of functions. */
const WITHOUT_FUNCTIONS = ['Api', 'HttpApi', 'WebSocketApi', 'GraphQLApi', 'SimpleTable', 'LayerVersion', 'Connector'].map((kind) => SERVERLESS + kind);

/** Whether a template has resources that only SAM's transform turns into CloudFormation's. */
export function isSam(body: unknown): boolean {
  return entriesOf(entryOf(body, 'Resources')).some(([, resource]) => isServerless(resource));
}

/** Whether only SAM's transform turns a resource into one of CloudFormation. */
export function isServerless(resource: any): boolean {
  return typeof resource?.Type === 'string' && resource.Type.startsWith(SERVERLESS);
}

/** Returns a copy of the template in which each SAM resource is replaced by its CloudFormation resources. */
export function readSam(body: any): ReadSam {
  const resources: Resources = {};
  const names: Record<string, string> = {};
  const notRead: NotRead[] = [];
  const origins = new Map<string, string>();
  for (const [logicalId, resource] of entriesOf(body?.Resources)) {
    if (!isServerless(resource)) {
      resources[logicalId] = resource;
      continue;
    }
    const expansion = expand(logicalId, resource, body.Globals);
    if (!expansion) {
      if (!WITHOUT_FUNCTIONS.includes(resource.Type)) {
        notRead.push({ logicalId, type: resource.Type, reason: 'only SAM\'s transform can expand it' });
      }
      continue;
    }
    Object.assign(resources, expansion.resources);
    Object.assign(names, expansion.names);
    Object.keys(expansion.resources).filter((added) => added !== logicalId).forEach((added) => origins.set(added, logicalId));
  }
  return { body: renamed({ ...body, Resources: resources }, names), notRead, origins };
}

function expand(logicalId: string, resource: any, globals: unknown): Expansion | undefined {
  switch (resource.Type) {
    case `${SERVERLESS}Function`: return samFunction(logicalId, { ...resource, Properties: withGlobals(resource.Properties, entryOf(globals, 'Function')) });
    case `${SERVERLESS}CapacityProvider`: return samCapacityProvider(logicalId, { ...resource, Properties: withGlobals(resource.Properties, entryOf(globals, 'CapacityProvider')) });
    case `${SERVERLESS}Application`: return {
      resources: { [logicalId]: { ...resource, Type: 'AWS::CloudFormation::Stack', Properties: { ...resource.Properties, TemplateURL: entryOf(resource.Properties, 'Location') } } },
    };
    case `${SERVERLESS}StateMachine`: return {
      resources: { [logicalId]: { ...resource, Type: STATE_MACHINE }, [`${logicalId}Role`]: samRole(entryOf(resource.Properties, 'Policies') ?? []) },
    };
    default: return undefined;
  }
}

/** Replaces SAM's names: `{ Ref: Orders.Alias }` refers to the alias that SAM creates. */
function renamed(body: any, names: Record<string, string>): any {
  if (Object.keys(names).length === 0) return body;
  return JSON.parse(JSON.stringify(body), (key, value) => (key === 'Ref' && typeof value === 'string' && Object.hasOwn(names, value) ? names[value] : value));
}
