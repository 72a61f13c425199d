/** From which load on a function costs less on managed instances, with a fleet of its own. */
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

/** On the cheapest and on the dearest type that Lambda may choose. */
export interface Range {
  readonly lowest: number;
  readonly highest: number;
}

/** What it costs at rest, and when that is less than standard Lambda. */
export interface PaysFrom {
  /** $ a month for the instances that are kept. */
  readonly atRest: Range;
  /** On average. */
  readonly requestsAtOnce: Range;
  /** Absent where nobody said how long a request takes. */
  readonly requestsPerMonth?: Range;
  /** Those that somebody gave. */
  readonly givenRequestsPerMonth?: number;
}

/** Any duration gives the same number of requests at once. */
const SOME_SECONDS = 0.1;
/** What standard Lambda gives where nothing is written. */
const STANDARD_MEMORY = 128;

/** Undefined where a size or a price isn't known. */
export function paysFrom(
  fn: ResourceView, environment: ProposedEnvironment, load: LoadFacts | undefined, prices: CapacityPlanOptions, context: RuleContext,
): PaysFrom | undefined {
  const architecture = functionArchitecture(fn.properties);
  const memory = fn.properties.number('memorySize') ?? STANDARD_MEMORY;
  const standardMemorySize = load?.standardMemorySize ?? memory;
  if (!isKnown(architecture) || !isKnown(standardMemorySize)) return undefined;
  const body = { Resources: { Fleet: providerOf(architecture), Function: functionOf(environment, architecture) } };
  const { region } = fn.place;
  const resources = resourcesOf([{ file: '', body, region: isKnown(region) ? region : undefined }]);
  const [{ plan }] = planProviders(new ResourceGraph(resources), prices, context);
  const seconds = isKnown(load?.meanSeconds) ? load.meanSeconds : undefined;
  const { breakEvenConcurrency, floor } = CostEstimate._of(plan, [
    { functionName: 'Function', architecture, requestsPerMonth: 1e6, meanSeconds: seconds ?? SOME_SECONDS, standardMemorySize },
  ], {});
  if (!breakEvenConcurrency || !floor) return undefined;
  const perMonth = (concurrency: number) => concurrency / seconds! * SECONDS_PER_MONTH;
  return {
    atRest: { lowest: floor.lowest.total, highest: floor.highest.total },
    requestsAtOnce: breakEvenConcurrency,
    requestsPerMonth: seconds === undefined ? undefined : {
      lowest: perMonth(breakEvenConcurrency.lowest), highest: perMonth(breakEvenConcurrency.highest),
    },
    givenRequestsPerMonth: isKnown(load?.requestsPerMonth) ? load.requestsPerMonth : undefined,
  };
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
