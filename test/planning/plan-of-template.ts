import { CapacityPlanOptions } from '../../src/planning/plan-options';
import { planProviders } from '../../src/planning/templates/plan-providers';
import { ResourceGraph } from '../../src/reading/resource-graph';
import { resourcesOf } from '../../src/reading/templates/templates';
import { templateContext } from '../../src/rules/rule';

/** The settings of a function in the template. What is undefined is left out. */
export interface PlannedFunction {
  readonly memory?: unknown;
  readonly ratio?: number;
  readonly min?: unknown;
  readonly max?: unknown;
  readonly concurrency?: number;
  /** Whether the template also publishes a numbered version. */
  readonly isNumbered?: boolean;
}

export interface PlannedFleet {
  readonly types?: string[];
  readonly ceiling?: unknown;
  readonly functions: Record<string, PlannedFunction>;
  readonly region?: string;
  /** The default of the parameter, which is unknown otherwise. */
  readonly default?: number;
  /** More resources of the template. */
  readonly more?: Record<string, object>;
  readonly options?: CapacityPlanOptions;
}

/** A parameter of the template. */
export const PARAMETER = { Ref: 'Unknown' };

/** Returns the plan of a fleet on arm64 in a template. */
export function planOfTemplate({ types, ceiling = 64, functions, region = 'us-east-1', default: known, more = {}, options = {} }: PlannedFleet) {
  const Resources: Record<string, object> = {
    Fleet: {
      Type: 'AWS::Lambda::CapacityProvider',
      Properties: {
        VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'], SecurityGroupIds: ['sg-1'] },
        InstanceRequirements: { Architectures: ['arm64'], AllowedInstanceTypes: types },
        CapacityProviderScalingConfig: { MaxVCpuCount: ceiling },
      },
    },
    ...more,
  };
  Object.entries(functions).forEach(([name, { memory = 4096, ratio, min = 3, max, concurrency, isNumbered = false }]) => {
    const FunctionScalingConfig = { MinExecutionEnvironments: min, MaxExecutionEnvironments: max };
    Resources[name] = {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        MemorySize: memory,
        FunctionScalingConfig,
        CapacityProviderConfig: {
          LambdaManagedInstancesCapacityProviderConfig: {
            CapacityProviderArn: { 'Fn::GetAtt': ['Fleet', 'Arn'] }, ExecutionEnvironmentMemoryGiBPerVCpu: ratio, PerExecutionEnvironmentMaxConcurrency: concurrency,
          },
        },
      },
    };
    if (isNumbered) Resources[`${name}Version`] = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: name }, FunctionScalingConfig } };
  });
  const body = JSON.parse(JSON.stringify({ Parameters: { Unknown: { Type: 'Number', Default: known } }, Resources }));
  const [{ plan }] = planProviders(new ResourceGraph(resourcesOf([{ file: 'a.json', body, region }])), options, templateContext());
  return plan;
}

/** Returns the functions with settings that hold unless they set their own. */
export function withDefaults<T extends object>(functions: Record<string, T>, defaults: PlannedFunction): Record<string, T & PlannedFunction> {
  return Object.fromEntries(Object.entries(functions).map(([name, fn]) => [name, { ...defaults, ...fn }]));
}
