import { Fact, UNKNOWN } from '../../reading/fact';
import { functionArchitecture, LMI } from '../../reading/lambda-references';
import { PropertySource } from '../../reading/property-source';
import { Place } from '../../reading/resource-view';

/** Bounds on the execution environments of one version. */
export interface EnvironmentCountFacts {
  readonly minExecutionEnvironments: Fact<number>;
  readonly maxExecutionEnvironments: Fact<number>;
  /** Whether a schedule or anything else in the app may give environments to a version that has none by itself. */
  readonly isRaised?: () => boolean;
}

/** The facts about a function that rules need: its own properties. */
export interface FunctionFacts extends EnvironmentCountFacts {
  /** The memory in MB. */
  readonly memorySize: Fact<number>;
  /** The GiB of memory per vCPU. */
  readonly executionEnvironmentMemoryGiBPerVCpu: Fact<number>;
  readonly perExecutionEnvironmentMaxConcurrency: Fact<number>;
  /** The identifier of the runtime. Unknown for a container image, which has its own. */
  readonly runtime: Fact<string>;
  /** The architecture: `arm64`, or `x86_64`, which is Lambda's default. */
  readonly architecture: Fact<string>;
  /** The timeout in seconds. */
  readonly timeout: Fact<number>;
  /** Whether the function has subnets of its own. */
  readonly inVpc: Fact<boolean>;
  readonly mountsFileSystem: Fact<boolean>;
  readonly snapStart: Fact<string>;
  readonly logFormat: Fact<string>;
  /** The size of /tmp in MB. */
  readonly ephemeralStorage: Fact<number>;
  readonly tenantIsolation: Fact<string>;
  readonly reservedConcurrency: Fact<number>;
  readonly functionName: Fact<string>;
  readonly hasGpu: boolean;
  readonly publishToLatestPublished: Fact<boolean>;
}

/** The facts about a function without a capacity provider that rules need. */
export type StandardFunctionFacts = Pick<FunctionFacts, 'memorySize' | 'timeout' | keyof EnvironmentCountFacts>;

/** The facts about the surroundings of a function on a capacity provider. */
export interface SurroundingFacts {
  readonly place: Place;
  /** The account and Region of the capacity provider. */
  readonly providerPlace: Place;
  readonly providerArchitecture: Fact<string>;
  /** The capacity provider as the function names it, if that isn't an ARN. */
  readonly providerNotByArn: Fact<string>;
  /** The number of numbered versions of the function that the app publishes. */
  readonly numberedVersions: Fact<number>;
  /** Whether Lambda@Edge can assume the function's role. */
  readonly runsAtEdge: Fact<boolean>;
  /** The language of the function, if something besides its runtime shows it. */
  readonly language: Fact<string>;
}

/** A function on a capacity provider. */
export interface ManagedFunctionFacts extends FunctionFacts, SurroundingFacts {}

/** The surroundings of a function that can't be seen. */
export const UNKNOWN_SURROUNDINGS: SurroundingFacts = {
  place: { account: UNKNOWN, region: UNKNOWN },
  providerPlace: { account: UNKNOWN, region: UNKNOWN },
  providerArchitecture: UNKNOWN,
  providerNotByArn: UNKNOWN,
  numberedVersions: UNKNOWN,
  runsAtEdge: UNKNOWN,
  language: UNKNOWN,
};

/** Reads an `AWS::Lambda::Function`. */
export function functionFacts(properties: PropertySource): FunctionFacts {
  return {
    memorySize: properties.number('memorySize'),
    executionEnvironmentMemoryGiBPerVCpu: properties.number(...LMI, 'executionEnvironmentMemoryGiBPerVCpu'),
    perExecutionEnvironmentMaxConcurrency: properties.number(...LMI, 'perExecutionEnvironmentMaxConcurrency'),
    runtime: properties.string('runtime') ?? UNKNOWN,
    architecture: functionArchitecture(properties),
    timeout: properties.number('timeout'),
    inVpc: properties.filled('vpcConfig', 'subnetIds'),
    mountsFileSystem: properties.filled('fileSystemConfigs'),
    snapStart: properties.string('snapStart', 'applyOn'),
    logFormat: properties.string('loggingConfig', 'logFormat'),
    ephemeralStorage: properties.number('ephemeralStorage', 'size'),
    tenantIsolation: properties.string('tenancyConfig', 'tenantIsolationMode'),
    reservedConcurrency: properties.number('reservedConcurrentExecutions'),
    functionName: properties.fixedName('functionName'),
    hasGpu: hasGpu(properties),
    publishToLatestPublished: properties.boolean('publishToLatestPublished'),
    ...environmentCountFacts(properties),
  };
}

/** Reads an `AWS::Lambda::Function` without a capacity provider. An app has many of these, so this reads only what their rules need. */
export function standardFunctionFacts(properties: PropertySource): StandardFunctionFacts {
  return { memorySize: properties.number('memorySize'), timeout: properties.number('timeout'), ...environmentCountFacts(properties) };
}

/** Reads the bounds of a function (for `$LATEST.PUBLISHED`) or of a numbered version. */
export function environmentCountFacts(properties: PropertySource): EnvironmentCountFacts {
  return {
    minExecutionEnvironments: properties.number('functionScalingConfig', 'minExecutionEnvironments'),
    maxExecutionEnvironments: properties.number('functionScalingConfig', 'maxExecutionEnvironments'),
  };
}

/** Whether a function requests a GPU. */
export function hasGpu(properties: PropertySource): boolean {
  return properties.has('acceleratorConfig');
}
