import { Fact, mapFact, UNKNOWN } from './fact';
import { PropertySource } from './property-source';

/** What the rules need to know of a function that is attached to a capacity provider. */
export interface FunctionFacts {
  /** MB. */
  readonly memorySize: Fact<number>;
  /** The ratio. */
  readonly executionEnvironmentMemoryGiBPerVCpu: Fact<number>;
  readonly perExecutionEnvironmentMaxConcurrency: Fact<number>;
  /** The identifier. Unknown for a container image, which brings its own. */
  readonly runtime: Fact<string>;
  /** `arm64` or `x86_64`, which is Lambda's default. */
  readonly architecture: Fact<string>;
}

/** Reads an `AWS::Lambda::Function`. */
export function functionFacts(properties: PropertySource): FunctionFacts {
  const lmi = ['capacityProviderConfig', 'lambdaManagedInstancesCapacityProviderConfig'];
  return {
    memorySize: properties.number('memorySize'),
    executionEnvironmentMemoryGiBPerVCpu: properties.number(...lmi, 'executionEnvironmentMemoryGiBPerVCpu'),
    perExecutionEnvironmentMaxConcurrency: properties.number(...lmi, 'perExecutionEnvironmentMaxConcurrency'),
    runtime: properties.has('runtime') ? properties.string('runtime') : UNKNOWN,
    architecture: architectureOf(properties.strings('architectures')),
  };
}

function architectureOf(architectures: Fact<Fact<string>[]>): Fact<string> {
  return architectures === undefined ? 'x86_64' : mapFact<Fact<string>[], string>(architectures, ([architecture]) => architecture);
}
