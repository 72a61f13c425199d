/** Who calls the functions of an app, as far as its resources show, and by which name. */
import { Fact, isKnown } from './fact';
import { functionProperty, scalingInput } from './lambda-references';
import { PropertySource, Reference } from './property-source';
import { ResourceGraph } from './resource-graph';
import { ALIAS, EVENT_RULE, EVENT_SOURCE_MAPPING, FUNCTION, FUNCTION_URL, HTTP_INTEGRATION, PERMISSION, ResourceView, SCHEDULE, VERSION } from './resource-view';

/** A resource that calls a function, or lets somebody call it. */
export interface Caller {
  readonly resource: ResourceView;
  /** Whether it names a version or an alias, and not the function, which means `$LATEST.PUBLISHED`. */
  readonly isQualified: boolean;
  /** The numbered version that it names, itself or by an alias, where that is in the app. */
  readonly version?: ResourceView;
}

/** The properties in which resources of other types name what they call. */
const CALLS: Record<string, string[][]> = {
  'AWS::ApiGateway::Method': [['integration', 'uri']],
  [EVENT_RULE]: [['targets']],
  'AWS::Pipes::Pipe': [['target'], ['enrichment']],
  'AWS::SNS::Subscription': [['endpoint']],
  'AWS::StepFunctions::StateMachine': [['definitionString'], ['definition'], ['definitionSubstitutions']],
};

const POLICIES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'];
const INVOKING = ['lambda:InvokeFunction', 'lambda:*', '*'];

/** The callers of each function, by its key. */
export function callersIn(graph: ResourceGraph<ResourceView>): Map<object, Caller[]> {
  const callers = new Map<object, Caller[]>();
  const add = (fn: ResourceView, caller: Caller) => {
    const others = callers.get(fn.key);
    if (others) others.push(caller);
    else callers.set(fn.key, [caller]);
  };
  const note = (resource: ResourceView, { key, text }: Reference, isQualified = /^:[\w-]/.test(text)) => {
    const target = graph.resource(key);
    if (target?.type === FUNCTION) return add(target, { resource, isQualified });
    const fn = target && (target.type === VERSION || target.type === ALIAS) ? graph.functionOf(target) : undefined;
    if (fn) add(fn, { resource, isQualified: true, version: versionBehind(target!, graph) });
  };
  for (const resource of graph.resources) {
    if (resource.isLeftOut || scalingInput(resource)) continue;
    const { type, properties } = resource;
    if ([EVENT_SOURCE_MAPPING, PERMISSION, HTTP_INTEGRATION, SCHEDULE, FUNCTION_URL].includes(type)) {
      const references = properties.references(...functionProperty(type));
      const hasQualifier = type === FUNCTION_URL && properties.has('qualifier');
      references.forEach((reference) => note(resource, reference, hasQualifier || undefined));
      const fn = references.length === 0 ? graph.functionOf(resource) : undefined;
      if (fn) add(fn, { resource, isQualified: hasQualifier || hasLiteralQualifier(properties.text(...functionProperty(type))) });
    } else if (Object.hasOwn(CALLS, type)) {
      CALLS[type].forEach((path) => properties.references(...path).forEach((reference) => note(resource, reference)));
    } else if (POLICIES.includes(type)) {
      invocationsIn(properties).forEach((reference) => note(resource, reference));
    }
  }
  return callers;
}

function versionBehind(target: ResourceView, graph: ResourceGraph<ResourceView>): ResourceView | undefined {
  return target.type === VERSION ? target : graph.referredTo(VERSION, target, 'functionVersion');
}

/** What a policy lets somebody invoke. */
function invocationsIn(policy: PropertySource): Reference[] {
  const statements = policy.items('policyDocument', 'statement');
  if (!isKnown(statements)) return [];
  return statements.filter((statement) => {
    const several = statement.strings('action');
    const actions: Fact<string>[] = isKnown(several) ? several : [statement.string('action')];
    return actions.some((action) => isKnown(action) && INVOKING.includes(action));
  }).flatMap((statement) => statement.references('resource'));
}

/** `orders:live`, and the same at the end of an ARN. */
function hasLiteralQualifier(nameOrArn: Fact<string>): boolean {
  return isKnown(nameOrArn) && /^(?:arn:.*:function:)?[^:]+:[\w-]+$/.test(nameOrArn);
}
