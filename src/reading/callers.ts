/** Finds the resources that call the functions of an app, and the qualifiers that they use, as far as the app shows them. */
import { Fact, isKnown, UNKNOWN } from './fact';
import { scalingInput } from './lambda-references';
import { allowingStatements, allowsAction } from './policy-statements';
import { ResourceGraph } from './resource-graph';
import {
  ALIAS, EVENT_RULE, EVENT_SOURCE_MAPPING, FUNCTION, FUNCTION_URL, HTTP_INTEGRATION, PERMISSION, ResourceView, REST_METHOD, SCALABLE_TARGET, SCHEDULE,
  STATE_MACHINE, SUBSCRIPTION, VERSION,
} from './resource-view';
import { Text } from './text';
import { LATEST, LATEST_PUBLISHED } from '../service/execution-environments';

/** A function that a resource calls or permits to be called. */
export interface Call<View extends ResourceView = ResourceView> {
  readonly fn: View;
  /**
   * The qualifier: `$LATEST`, a number, or the name of an alias. For a version or an alias of the app, the resource's own name. Absent if there is no
   * qualifier, which means `$LATEST.PUBLISHED`.
   */
  readonly qualifier?: string;
  /** The numbered version that it names, directly or through an alias, if the app creates it. */
  readonly version?: View;
  /** The property that names the function. */
  readonly path: readonly string[];
}

/** A resource that calls a function or permits calls of it. */
export interface Caller {
  readonly resource: ResourceView;
  /** Whether it names a version or an alias. Naming only the function means `$LATEST.PUBLISHED`. */
  readonly isQualified: boolean;
  /** The numbered version that it names, directly or through an alias, if the app creates it. */
  readonly version?: ResourceView;
}

/** The properties in which resources name the functions that they call. An L1 may spell a property differently than the template does. */
const CALLS: Record<string, readonly string[][]> = {
  [EVENT_SOURCE_MAPPING]: [['functionName']],
  [FUNCTION_URL]: [['targetFunctionArn']],
  [PERMISSION]: [['functionName']],
  'AWS::ApiGateway::Authorizer': [['authorizerUri']],
  [REST_METHOD]: [['integration', 'uri']],
  'AWS::ApiGatewayV2::Authorizer': [['authorizerUri']],
  [HTTP_INTEGRATION]: [['integrationUri']],
  'AWS::AppSync::DataSource': [['lambdaConfig']],
  'AWS::CloudFormation::CustomResource': [['serviceToken']],
  'AWS::Cognito::UserPool': [['lambdaConfig']],
  'AWS::Config::ConfigRule': [['source', 'sourceIdentifier']],
  'AWS::ElasticLoadBalancingV2::TargetGroup': [['targets']],
  [EVENT_RULE]: [['targets']],
  'AWS::IoT::TopicRule': [['topicRulePayload']],
  'AWS::KinesisFirehose::DeliveryStream': [['extendedS3DestinationConfiguration', 'processingConfiguration']],
  'AWS::Logs::SubscriptionFilter': [['destinationArn']],
  'AWS::Pipes::Pipe': [['target'], ['enrichment']],
  'AWS::S3::Bucket': [['notificationConfiguration']],
  [SUBSCRIPTION]: [['endpoint']],
  [SCHEDULE]: [['target', 'arn']],
  'AWS::SecretsManager::RotationSchedule': [['rotationLambdaArn'], ['rotationLambdaARN']],
  [STATE_MACHINE]: [['definitionString'], ['definition'], ['definitionSubstitutions']],
  'Custom::S3BucketNotifications': [['notificationConfiguration']],
};

/** The types of resources that name the functions that they call. */
export const CALLING_TYPES: ReadonlySet<string> = new Set(Object.keys(CALLS));

/** Whether resources of a type are functions, belong to one, or call one. In an included template, a type may be any value. */
export function isRelated(type: unknown): boolean {
  return typeof type === 'string' && (type.startsWith('AWS::Lambda::') || CALLING_TYPES.has(type) || type === SCALABLE_TARGET);
}

/** The resources that also accept the name of a function. Others accept only an ARN. */
const NAMED_BY = [EVENT_SOURCE_MAPPING, FUNCTION_URL, PERMISSION];

const POLICIES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'];

/** Returns the functions of the app that a resource calls. */
export function callsOf<View extends ResourceView>(resource: ResourceView, graph: ResourceGraph<View>): Call<View>[] {
  const paths = Object.hasOwn(CALLS, resource.type) ? CALLS[resource.type] : [];
  return paths.flatMap((path) => {
    const given = resource.type === FUNCTION_URL ? qualifierOf(resource.properties.text('qualifier')) : undefined;
    return resource.properties.leaves(...path).flatMap((leaf) => callsIn(leaf, resource, graph)).map((call) => (
      call.qualifier === undefined && given !== undefined ? { ...call, qualifier: given, path: ['qualifier'] } : { ...call, path }
    ));
  });
}

/** Returns the callers of each function, by its key. */
export function callersIn(graph: ResourceGraph<ResourceView>): Map<object, Caller[]> {
  const callers = new Map<object, Caller[]>();
  for (const resource of graph.resources) {
    const isCaller = CALLING_TYPES.has(resource.type);
    if (!(isCaller || POLICIES.includes(resource.type)) || resource.isLeftOut || scalingInput(resource)) continue;
    const calls = isCaller ? callsOf(resource, graph) : invocationsIn(resource, graph);
    for (const { fn, qualifier, version } of calls) {
      const caller = { resource, isQualified: qualifier !== undefined && qualifier !== LATEST, version };
      const others = callers.get(fn.key);
      if (others) others.push(caller);
      else callers.set(fn.key, [caller]);
    }
  }
  return callers;
}

type CallByName<View extends ResourceView> = Omit<Call<View>, 'path'>;

/** Returns the functions that a text names by references or ARNs. The definition of a state machine may name several. */
function callsIn<View extends ResourceView>(leaf: string | Text, from: ResourceView, graph: ResourceGraph<View>): CallByName<View>[] {
  const references = leaf instanceof Text ? leaf.references() : [];
  if (references.length > 0) {
    return references.flatMap(({ key, text }) => {
      const target = graph.resource(key);
      if (target?.type === FUNCTION) return [{ fn: target, qualifier: qualifierIn(text) }];
      const fn = target && (target.type === VERSION || target.type === ALIAS) ? graph.functionOf(target) : undefined;
      return fn ? [{ fn, qualifier: target!.name, version: versionBehind(target!, graph) }] : [];
    });
  }
  const names = String(leaf).split('"').filter((text) => NAMED_BY.includes(from.type) || text.includes(':function:'));
  return names.flatMap((name) => {
    const fn = graph.named(FUNCTION, name, from);
    return fn ? [{ fn, qualifier: qualifierIn(/^(?:arn:.*:function:|[^:]+:function:)?[^:]+(.*)$/.exec(name)?.[1] ?? '') }] : [];
  });
}

function versionBehind<View extends ResourceView>(target: View, graph: ResourceGraph<View>): View | undefined {
  return target.type === VERSION ? target : graph.referredTo(VERSION, target, 'functionVersion');
}

/** Returns the qualifier after the name of a function, such as `live` in `:live`, whatever text follows. */
function qualifierIn(text: string): string | undefined {
  return qualifierOf(/^:(\$LATEST(?:\.PUBLISHED)?|[\w-]+)/.exec(text)?.[1]);
}

function qualifierOf(text: Fact<string>): string | undefined {
  return isKnown(text) && text !== LATEST_PUBLISHED ? text : undefined;
}

/** Returns the functions that a policy permits to be invoked. */
function invocationsIn<View extends ResourceView>(policy: ResourceView, graph: ResourceGraph<View>): CallByName<View>[] {
  return allowingStatements(policy.properties, 'policyDocument')
    .flatMap((statement) => (statement !== UNKNOWN && allowsAction(statement, 'lambda:InvokeFunction') === true ? statement.leaves('resource') : []))
    .flatMap((leaf) => callsIn(leaf, policy, graph));
}
