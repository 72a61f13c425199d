import { environmentCountFacts, EnvironmentCountFacts } from './function-facts';
import { Call } from '../../reading/callers';
import { Fact, isKnown, mapFact } from '../../reading/fact';
import { PropertySource } from '../../reading/property-source';
import { ResourceView } from '../../reading/resource-view';
import { FEATURES } from '../../service/features';

/** The facts about a resource that names the code to invoke. */
export interface InvocationFacts {
  /** A qualifier, or the version of an alias. */
  readonly qualifier: Fact<string>;
  /** The name of the property with the qualifier. */
  readonly qualifierProperty: string;
}

/** The facts about a resource that may have provisioned concurrency. */
export interface ProvisionedFacts {
  readonly provisionedConcurrency: Fact<boolean>;
}

/** A numbered version. */
export interface VersionFacts extends ProvisionedFacts, EnvironmentCountFacts {
  /** The deletion policy: `Retain`, `Delete` or undefined. */
  readonly deletionPolicy: Fact<string>;
  readonly hasGpu: boolean;
}

/** An alias. */
export interface AliasFacts extends ProvisionedFacts, InvocationFacts {}

/** An event source mapping. */
export interface EventSourceFacts {
  /** The kind of source if managed instances don't support it. */
  readonly unsupportedSource?: string;
}

/** A function URL. */
export interface FunctionUrlFacts {
  readonly streams: Fact<boolean>;
}

/** Reads an `AWS::Lambda::Version`. */
export function versionFacts({ properties, deletionPolicy }: ResourceView, hasGpu: boolean): VersionFacts {
  return { provisionedConcurrency: provisionedConcurrency(properties), ...environmentCountFacts(properties), deletionPolicy, hasGpu };
}

/** Reads an `AWS::Lambda::Alias`. */
export function aliasFacts({ properties }: ResourceView): AliasFacts {
  return {
    provisionedConcurrency: provisionedConcurrency(properties),
    qualifier: properties.string('functionVersion'),
    qualifierProperty: 'functionVersion',
  };
}

/** Reads an `AWS::ApplicationAutoScaling::ScalableTarget`. */
export function scalableTargetFacts({ properties }: ResourceView): ProvisionedFacts {
  return { provisionedConcurrency: mapFact(properties.string('scalableDimension'), (dimension) => dimension === FEATURES.provisionedDimension) };
}

/** Reads an `AWS::Lambda::EventSourceMapping`. */
export function eventSourceFacts({ properties }: ResourceView): EventSourceFacts {
  return { unsupportedSource: unsupportedSource(properties) };
}

function unsupportedSource(properties: PropertySource): string | undefined {
  // CDK and CloudFormation spell the property differently.
  if (properties.has('documentDbEventSourceConfig') || properties.has('documentDBEventSourceConfig')) return 'Amazon DocumentDB';
  if (properties.has('queues')) return 'Amazon MQ';
  const source = properties.reference('eventSourceArn');
  if (!isKnown(source)) return undefined;
  const named = Object.entries(UNSUPPORTED_SOURCES).find(([, { arn, type }]) => arn.test(source.text) || (source.key && typeOf(source.key) === type));
  return named?.[0];
}

/** Sources that managed instances don't support, by their ARN or by the type of their resource. */
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
  return { streams: mapFact(properties.string('invokeMode') ?? '', (mode) => mode === FEATURES.responseStreaming) };
}

/** Reads an `AWS::Lambda::EventInvokeConfig`. */
export function eventInvokeFacts({ properties }: ResourceView): InvocationFacts {
  return { qualifier: properties.string('qualifier'), qualifierProperty: 'qualifier' };
}

/** Reads a call of a function. */
export function invocationFacts({ qualifier, path }: Call): InvocationFacts {
  return { qualifier, qualifierProperty: path.join('.') };
}

function provisionedConcurrency(properties: PropertySource): Fact<boolean> {
  return mapFact(properties.number('provisionedConcurrencyConfig', 'provisionedConcurrentExecutions'), (executions) => executions > 0);
}
