import { ResourceEnvironment } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { AddFunctionOptions } from './functions/add-function-options';
import { attachFunction } from './functions/attach-function';
import { CapacityProviderGrants } from './functions/capacity-provider-grants';
import { ManagedFunction, managedFunctionsOf } from './functions/managed-function';
import { IManagedInstances } from './i-managed-instances';
import { InstanceSelection } from './instances/instance-selection';
import { judgeStageAtSynth } from './judging/judge-stage';
import { propsFindings, providerTargetFindings } from './judging/props-findings';
import { throwErrors } from './judging/report';
import { AddAlarmsOptions } from './monitoring/alarms/alarms-props';
import { ManagedInstancesAlarms } from './monitoring/alarms/managed-instances-alarms';
import { AddDashboardOptions, ManagedInstancesDashboard } from './monitoring/dashboard/managed-instances-dashboard';
import { CapacityProviderMetrics } from './monitoring/metrics/capacity-provider-metrics';
import { CapacityPlan } from './planning/constructs/capacity-plan';
import { CapacityPlanOptions } from './planning/plan-options';
import { ConstructProperties } from './reading/constructs/construct-properties';
import { withoutNulls } from './reading/without-nulls';
import { recordOf } from './registry/provider-record';
import { providerFacts } from './rules/provider/provider-facts';
import { PROVIDER_JUDGE } from './rules/provider/provider-judge';
import { codeContext, Moment } from './rules/rule';
import { pauseOnSchedule } from './scheduling/pause-on-schedule';
import { PauseOnScheduleOptions } from './scheduling/schedule-options';
import { ManagedInstancesLimits } from './service/managed-instances-limits';

/**
 * What you know of a capacity provider that was created elsewhere. Functions are checked against it; what you leave out isn't
 * checked.
 */
export interface ManagedInstancesAttributes {
  /**
   * The processor architecture of the capacity provider. Functions must have the same.
   *
   * @default - the architecture of `instances`, if they have one in common; otherwise unknown
   */
  readonly architecture?: lambda.Architecture;

  /**
   * The most vCPUs that the instances of the capacity provider can have together.
   *
   * @default - unknown
   */
  readonly maxVCpuCount?: number;

  /**
   * The EC2 instance types that the capacity provider may use.
   *
   * @default - unknown
   */
  readonly instances?: InstanceSelection;

  /**
   * The service limits that functions on the capacity provider are checked against. Override a limit if AWS has raised it.
   *
   * @default ManagedInstancesLimits.CURRENT
   */
  readonly limits?: ManagedInstancesLimits;
}

/** A capacity provider that was created elsewhere. */
export class ImportedManagedInstances extends Construct implements IManagedInstances {
  public readonly capacityProviderRef: lambda.CapacityProviderReference;
  public readonly env: ResourceEnvironment;
  public readonly grants: CapacityProviderGrants;

  constructor(scope: Construct, id: string, private readonly provider: lambda.ICapacityProviderRef, attributes: ManagedInstancesAttributes) {
    super(scope, id);
    throwErrors(this, providerTargetFindings(provider));
    attributes = withoutNulls(attributes);
    const ruleContext = codeContext(attributes.limits?._values);
    this.capacityProviderRef = provider.capacityProviderRef;
    this.env = provider.env;
    this.grants = CapacityProviderGrants.fromCapacityProvider(provider);
    const instances = attributes.instances?._in(attributes.architecture);
    const stated = statedProperties({ ...attributes, instances });
    throwErrors(this, [
      ...propsFindings({ ...attributes, instances }),
      ...PROVIDER_JUDGE.judge({
        provider: providerFacts(new ConstructProperties(stated), { selection: instances?._facts }),
      }, Moment.CALL, ruleContext),
    ]);
    const record = recordOf(provider);
    record.stated = stated;
    if (attributes.limits || !record.limits) record.limits = ruleContext.limits;
    judgeStageAtSynth(this);
  }

  public get metrics(): CapacityProviderMetrics {
    return CapacityProviderMetrics.fromCapacityProvider(this.provider);
  }

  public get functions(): ManagedFunction[] {
    return managedFunctionsOf(this.provider);
  }

  public addFunction(fn: lambda.IFunctionRef, options: AddFunctionOptions = {}): ManagedFunction {
    return attachFunction(fn, this.provider, options);
  }

  public pauseOnSchedule(id: string, options: PauseOnScheduleOptions): void {
    pauseOnSchedule(this, this.provider, id, options);
  }

  public addDashboard(id: string, options: AddDashboardOptions = {}): ManagedInstancesDashboard {
    return new ManagedInstancesDashboard(this, id, { capacityProvider: this.provider, ...options });
  }

  public addAlarms(id: string, options: AddAlarmsOptions = {}): ManagedInstancesAlarms {
    return new ManagedInstancesAlarms(this, id, { capacityProvider: this.provider, ...options });
  }

  public plan(options: CapacityPlanOptions = {}): CapacityPlan {
    return CapacityPlan._of(this, this.provider, options);
  }
}

function statedProperties({ architecture, instances, maxVCpuCount }: ManagedInstancesAttributes): Partial<lambda.CfnCapacityProviderProps> {
  const name = (architecture ?? instances?.architecture)?.name;
  return {
    instanceRequirements: {
      architectures: name === undefined ? undefined : [name],
      allowedInstanceTypes: instances?.filter?.allowedInstanceTypes?.map(String),
      excludedInstanceTypes: instances?.filter?.excludedInstanceTypes?.map(String),
    },
    capacityProviderScalingConfig: { maxVCpuCount },
  };
}
