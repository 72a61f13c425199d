import { environmentCountFacts, EnvironmentCountFacts } from './function-facts';
import { Fact, isKnown, UNKNOWN } from '../../reading/fact';
import { functionProperty } from '../../reading/lambda-references';
import { PropertySource } from '../../reading/property-source';
import { ResourceView } from '../../reading/resource-view';
import { FEATURES } from '../../service/features';

/** What the rules need to know of a resource that belongs to a function: a version, an alias, a trigger. */
export interface RelativeFacts {
  /** Whether it asks for provisioned concurrency. */
  readonly provisionedConcurrency: Fact<boolean>;
  /** What names the code that is invoked: a qualifier, or the version of an alias. */
  readonly qualifier: Fact<string>;
  /** How its property with the qualifier is called. */
  readonly qualifierProperty: string;
}

/** A numbered version. */
export interface VersionFacts extends RelativeFacts, EnvironmentCountFacts {
  /** `Retain`, `Delete` or nothing. */
  readonly deletionPolicy: Fact<string>;
  readonly hasGpu: boolean;
}

/** An event source mapping. */
export interface EventSourceFacts extends RelativeFacts {
  /** The kind of source where it is one that managed instances don't have. */
  readonly unsupportedSource?: string;
}

/** A function URL. */
export interface FunctionUrlFacts extends RelativeFacts {
  readonly streams: Fact<boolean>;
}

/** Reads an `AWS::Lambda::Version`. */
export function versionFacts({ properties, deletionPolicy }: ResourceView, hasGpu: boolean): VersionFacts {
  return { ...relativeFacts(properties, 'functionName'), ...environmentCountFacts(properties), deletionPolicy, hasGpu };
}

/** Reads an `AWS::Lambda::Alias`. */
export function aliasFacts({ properties }: ResourceView): RelativeFacts {
  return { ...relativeFacts(properties, 'functionName'), qualifier: properties.string('functionVersion'), qualifierProperty: 'functionVersion' };
}

/** Reads an `AWS::Lambda::EventSourceMapping`. */
export function eventSourceFacts({ properties }: ResourceView): EventSourceFacts {
  return { ...relativeFacts(properties, 'functionName'), unsupportedSource: unsupportedSource(properties) };
}

function unsupportedSource(properties: PropertySource): string | undefined {
  // CDK and CloudFormation spell it differently.
  if (properties.has('documentDbEventSourceConfig') || properties.has('documentDBEventSourceConfig')) return 'Amazon DocumentDB';
  if (properties.has('queues')) return 'Amazon MQ';
  const source = properties.reference('eventSourceArn');
  if (!isKnown(source)) return undefined;
  const named = Object.entries(UNSUPPORTED_SOURCES).find(([, { arn, type }]) => arn.test(source.text) || (source.key && typeOf(source.key) === type));
  return named?.[0];
}

/** Sources that managed instances don't have, by their ARN or by the resource that it is of. */
const UNSUPPORTED_SOURCES = {
  'Amazon MQ': { arn: /^arn:[^:]+:mq:/, type: 'AWS::AmazonMQ::Broker' },
  'Amazon DocumentDB': { arn: /^arn:[^:]+:(rds|docdb):/, type: 'AWS::DocDB::DBCluster' },
};

/** Returns the resource type of an L1, or of an entry in a template. */
function typeOf(resource: { readonly cfnResourceType?: string; readonly Type?: string }): string | undefined {
  return resource.cfnResourceType ?? resource.Type;
}

/** Reads an `AWS::Lambda::Url`. */
export function functionUrlFacts({ properties }: ResourceView): FunctionUrlFacts {
  const mode = properties.string('invokeMode');
  return {
    ...relativeFacts(properties, 'targetFunctionArn'),
    qualifier: properties.string('qualifier'),
    qualifierProperty: 'qualifier',
    streams: mode === UNKNOWN ? UNKNOWN : mode === FEATURES.responseStreaming,
  };
}

/** Reads an `AWS::Lambda::EventInvokeConfig`. */
export function eventInvokeFacts({ properties }: ResourceView): RelativeFacts {
  return { ...relativeFacts(properties, 'functionName'), qualifier: properties.string('qualifier'), qualifierProperty: 'qualifier' };
}

/** Reads what says in one property which function it invokes, and with which qualifier: a permission, a route of an API, a schedule. */
export function invokerFacts({ properties, type }: ResourceView): RelativeFacts {
  return relativeFacts(properties, ...functionProperty(type));
}

function relativeFacts(properties: PropertySource, ...path: string[]): RelativeFacts {
  const reference = properties.reference(...path);
  // An ARN out of pieces refers to no resource, but may name a version.
  const text = isKnown(reference) ? reference.text : properties.text(...path);
  return {
    provisionedConcurrency: provisionedConcurrency(properties),
    // `<function>:$LATEST`, which a REST API continues with `/invocations`
    qualifier: isKnown(text) ? text.replace(/\/invocations$/, '').split(':').pop() : text,
    qualifierProperty: path.join('.'),
  };
}

function provisionedConcurrency(properties: PropertySource): Fact<boolean> {
  const executions = properties.number('provisionedConcurrencyConfig', 'provisionedConcurrentExecutions');
  return isKnown(executions) ? executions > 0 : executions;
}
