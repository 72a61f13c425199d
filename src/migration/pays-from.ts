/** Computes the load from which a function costs less on managed instances, with a fleet of its own. */
import { ProposedEnvironment } from './proposed-environment';
import { CostEstimate } from '../planning/cost-estimate';
import { SECONDS_PER_MONTH } from '../planning/cost-facts';
import { LoadFacts } from '../planning/function-estimate';
import { CapacityPlanOptions } from '../planning/plan-options';
import { planProviders } from '../planning/templates/plan-providers';
import { isKnown } from '../reading/fact';
import { functionArchitecture } from '../reading/lambda-references';
import { ResourceGraph } from '../reading/resource-graph';
import { CAPACITY_PROVIDER, FUNCTION, ResourceView } from '../reading/resource-view';
import { resourcesOf } from '../reading/templates/templates';
import { RuleContext } from '../rules/rule';

/** A number on the cheapest and on the most expensive type that Lambda may choose. */
export interface Range {
  readonly lowest: number;
  readonly highest: number;
}

/** The cost of a fleet at rest, and the load above which it is less than on standard Lambda. */
export interface PaysFrom {
  /** The cost of the instances that are kept, in dollars a month. */
  readonly atRest: Range;
  /** The average number of requests at once. */
  readonly requestsAtOnce: Range;
  /** Absent if the duration of a request isn't given. */
  readonly requestsPerMonth?: Range;
  /** The requests per month of the given load. */
  readonly givenRequestsPerMonth?: number;
}

/** A duration for functions without a given load. Any duration gives the same number of requests at once. */
const SOME_SECONDS = 0.1;
/** The memory of standard Lambda in MB if a function sets none. */
const STANDARD_MEMORY = 128;

/** Estimates for the functions of one assessment. Functions with the same settings are planned once. */
export class PaysFromEstimates {
  private readonly breakEvens = new Map<string, BreakEven | undefined>();

  constructor(private readonly prices: CapacityPlanOptions, private readonly context: RuleContext) {}

  /** Returns undefined if a size or a price isn't known. */
  public of(fn: ResourceView, environment: ProposedEnvironment, load: LoadFacts | undefined): PaysFrom | undefined {
    const architecture = functionArchitecture(fn.properties);
    const memory = fn.properties.number('memorySize') ?? STANDARD_MEMORY;
    const standardMemorySize = load?.standardMemorySize ?? memory;
    if (!isKnown(architecture) || !isKnown(standardMemorySize)) return undefined;
    const region = isKnown(fn.place.region) ? fn.place.region : undefined;
    const seconds = isKnown(load?.meanSeconds) ? load.meanSeconds : undefined;
    const breakEven = this.breakEven({ architecture, standardMemorySize, region, environment, meanSeconds: seconds ?? SOME_SECONDS });
    if (!breakEven) return undefined;
    const { lowest, highest } = breakEven.requestsAtOnce;
    const perMonth = (concurrency: number) => concurrency / seconds! * SECONDS_PER_MONTH;
    return {
      ...breakEven,
      requestsPerMonth: seconds === undefined ? undefined : { lowest: perMonth(lowest), highest: perMonth(highest) },
      givenRequestsPerMonth: isKnown(load?.requestsPerMonth) ? load.requestsPerMonth : undefined,
    };
  }

  private breakEven(settings: Settings): BreakEven | undefined {
    const key = JSON.stringify(settings);
    if (!this.breakEvens.has(key)) this.breakEvens.set(key, this.computed(settings));
    return this.breakEvens.get(key);
  }

  private computed({ architecture, standardMemorySize, region, environment, meanSeconds }: Settings): BreakEven | undefined {
    const body = { Resources: { Fleet: providerOf(architecture), Function: functionOf(environment, architecture) } };
    const [{ plan }] = planProviders(new ResourceGraph(resourcesOf([{ file: '', body, region }])), this.prices, this.context);
    const { breakEvenConcurrency, floor } = CostEstimate._of(plan, [
      { functionName: 'Function', architecture, requestsPerMonth: 1e6, meanSeconds, standardMemorySize },
    ], {});
    if (!breakEvenConcurrency || !floor) return undefined;
    return { atRest: { lowest: floor.lowest.total, highest: floor.highest.total }, requestsAtOnce: breakEvenConcurrency };
  }
}

type BreakEven = Pick<PaysFrom, 'atRest' | 'requestsAtOnce'>;

/** The settings that determine how much load makes a move pay. */
interface Settings {
  readonly architecture: string;
  readonly standardMemorySize: number;
  readonly region?: string;
  readonly environment: ProposedEnvironment;
  readonly meanSeconds: number;
}

function providerOf(architecture: string): object {
  return {
    Type: CAPACITY_PROVIDER,
    Properties: { VpcConfig: { SubnetIds: ['a', 'b', 'c'], SecurityGroupIds: ['a'] }, InstanceRequirements: { Architectures: [architecture] } },
  };
}

function functionOf(environment: ProposedEnvironment, architecture: string): object {
  const { memorySize, minExecutionEnvironments, maxExecutionEnvironments } = environment;
  return {
    Type: FUNCTION,
    Properties: {
      MemorySize: memorySize,
      Architectures: [architecture],
      FunctionScalingConfig: { MinExecutionEnvironments: minExecutionEnvironments, MaxExecutionEnvironments: maxExecutionEnvironments },
      CapacityProviderConfig: {
        LambdaManagedInstancesCapacityProviderConfig: {
          CapacityProviderArn: { 'Fn::GetAtt': ['Fleet', 'Arn'] },
          ExecutionEnvironmentMemoryGiBPerVCpu: environment.executionEnvironmentMemoryGiBPerVCpu,
          PerExecutionEnvironmentMaxConcurrency: environment.perExecutionEnvironmentMaxConcurrency,
        },
      },
    },
  };
}
