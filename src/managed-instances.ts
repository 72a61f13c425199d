import { RemovalPolicy, ResourceEnvironment, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AddFunctionOptions } from './functions/add-function-options';
import { attachFunction } from './functions/attach-function';
import { CapacityProviderGrants } from './functions/capacity-provider-grants';
import { ManagedFunction, managedFunctionsOf } from './functions/managed-function';
import { IManagedInstances } from './i-managed-instances';
import { ImportedManagedInstances, ManagedInstancesAttributes } from './imported-managed-instances';
import { InstanceSelection } from './instances/instance-selection';
import { judgeProviderAtSynth } from './judging/judge-provider';
import { judgeStageAtSynth } from './judging/judge-stage';
import { propsFindings } from './judging/props-findings';
import { throwErrors } from './judging/report';
import { AddAlarmsOptions } from './monitoring/alarms/alarms-props';
import { ManagedInstancesAlarms } from './monitoring/alarms/managed-instances-alarms';
import { AddDashboardOptions, ManagedInstancesDashboard } from './monitoring/dashboard/managed-instances-dashboard';
import { CapacityProviderMetrics } from './monitoring/metrics/capacity-provider-metrics';
import { Egress } from './network/egress';
import { fleetNetwork, IManagedInstancesNetwork, ManagedInstancesNetwork } from './network/managed-instances-network';
import { defaultSubnets, selectedSubnets } from './network/select-subnets';
import { foreignTo, hasIpv6 } from './network/state-network';
import { Budget } from './planning/budget';
import { CapacityPlan } from './planning/constructs/capacity-plan';
import { judgeBudgetAtSynth } from './planning/constructs/judge-budget';
import { estimateFindings } from './planning/cost-rules';
import { CapacityPlanOptions } from './planning/plan-options';
import { allowVolumeKey } from './provider/allow-volume-key';
import { createCapacityProvider, dependOnOwnParts } from './provider/create-capacity-provider';
import { followArchitectureOfFunctions } from './provider/follow-architecture';
import { followTags } from './provider/follow-tags';
import { addGpuTarget, scalingOf } from './provider/gpu-target';
import { AsMade } from './reading/constructs/as-made';
import { propertyInjectable } from './reading/constructs/cdk-internals';
import { ConstructProperties } from './reading/constructs/construct-properties';
import { placeOf } from './reading/constructs/construct-views';
import { withoutNulls } from './reading/without-nulls';
import { recordOf } from './registry/provider-record';
import { providerFacts } from './rules/provider/provider-facts';
import { PROVIDER_JUDGE } from './rules/provider/provider-judge';
import { codeContext, Moment, RuleContext } from './rules/rule';
import { pauseOnSchedule } from './scheduling/pause-on-schedule';
import { PauseOnScheduleOptions } from './scheduling/schedule-options';
import { ManagedInstancesLimits } from './service/managed-instances-limits';

/**
 * Properties of a `ManagedInstances` fleet.
 */
export interface ManagedInstancesProps {
  /**
   * The VPC to launch instances in. Changing it replaces the capacity provider.
   *
   * @default - a VPC is created, see `egress`
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of `vpc` to launch instances in: 1 to 16. They need a route to AWS's endpoints. Without one, logs, metrics and
   * traces are lost silently. Changing the subnets replaces the capacity provider.
   *
   * @default - the private subnets with egress; if there are none, the isolated subnets, provided that this app gives them an
   * endpoint for CloudWatch Logs
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * A network that several fleets share. It can't be combined with `vpc`, `vpcSubnets` or `egress`.
   *
   * @default - a network is created, unless `vpc` is given
   */
  readonly network?: IManagedInstancesNetwork;

  /**
   * How the instances of a created network reach AWS and the internet. Changing it replaces the subnets, and so
   * the capacity provider.
   *
   * @default Egress.natGateways()
   */
  readonly egress?: Egress;

  /**
   * The security groups of the instances: up to 5, with outbound HTTPS. Inbound rules are not needed, since
   * requests don't arrive through the VPC. With an empty list, instances get the default group of the VPC, and
   * `connections` has no effect. Changing the list replaces the capacity provider.
   *
   * @default - one security group is created, without inbound rules
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Whether the created security group allows all outbound traffic, over IPv6 as well if the subnets have it. If false, it allows only HTTPS and the
   * traffic that you add through `connections`.
   *
   * @default true
   */
  readonly allowAllOutbound?: boolean;

  /**
   * The EC2 instance types to run on. Changing the selection replaces the capacity provider.
   *
   * @default InstanceSelection.automatic()
   */
  readonly instances?: InstanceSelection;

  /**
   * The processor architecture of the fleet, and so of each function on it. Changing it replaces the capacity
   * provider.
   *
   * @default - the architecture of `instances`; otherwise the one that all attached functions share; otherwise AWS's default, x86_64
   */
  readonly architecture?: lambda.Architecture;

  /**
   * The most vCPUs that the instances of this fleet can have together: 2 to 15000. Values below 12 are unproven and cause a warning. The ceiling caps
   * the cost; functions that need more are throttled or fail to deploy. It can be changed in place.
   *
   * @default - AWS's default, 400
   */
  readonly maxVCpuCount?: number;

  /**
   * How the fleet scales: Lambda decides, or you set a target for CPU utilisation, in percent. AWS suggests 25 to 30 % for
   * load with bursts (https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html, read 2026-11-20). It can be
   * changed in place.
   *
   * @default - Lambda decides
   */
  readonly scalingOptions?: lambda.ScalingOptions;

  /**
   * The GPU utilisation, in percent, that scaling aims for: 0 to 100. It is meant for fleets with GPUs, adds a scaling policy to the ones in
   * `scalingOptions`, and can't be combined with `ScalingOptions.auto()`.
   *
   * @default - AWS's default: 40 if a function with a GPU is attached
   */
  readonly gpuUtilizationTarget?: number;

  /**
   * The role with which Lambda launches and describes instances. It must trust `lambda.amazonaws.com` and have the
   * managed policy `AWSLambdaManagedEC2ResourceOperator`, or the same statements. Changing it replaces the
   * capacity provider.
   *
   * @default - a role is created that Lambda can assume for this account only
   */
  readonly operatorRole?: iam.IRole;

  /**
   * The KMS key that encrypts the data volumes of the instances. The operator role is allowed to use it. The policy of an
   * imported key must allow that as well, for the role itself or through the account's IAM policies. Changing the key replaces the
   * capacity provider.
   *
   * @default - a key that AWS manages
   */
  readonly kmsKey?: kms.IKey;

  /**
   * The lowest level of system logs to write. System logs record which instances launched, failed to launch or were terminated.
   *
   * @default - AWS's default, INFO
   */
  readonly systemLogLevel?: lambda.SystemLogLevel;

  /**
   * The log group for the system logs. The logs of the functions are not affected. It can be changed in place.
   *
   * @default - a log group is created that keeps logs for three months and is retained when the stack is deleted
   */
  readonly logGroup?: logs.ILogGroupRef;

  /**
   * Tags for the instances, volumes and network interfaces: at most 40, with keys of up to 128 and values of up to
   * 256 characters. The tags can be changed in place, but running instances keep the tags that they have.
   *
   * With `PropagateTags.none()`, instances don't get the tags of the stack and the app.
   *
   * @default - the tags of the capacity provider, including those from `Tags.of(stack).add(…)`, and the tags of the stack
   * (`StackProps.tags`)
   */
  readonly propagateTags?: lambda.PropagateTags;

  /**
   * The physical name of the capacity provider: letters, digits, `-` and `_`, and short enough for its ARN to have at most 140
   * characters. Avoid it: most properties can't be changed in place, and with a fixed name the replacement fails, because the name is
   * taken.
   *
   * @default - CloudFormation generates a name
   */
  readonly capacityProviderName?: string;

  /**
   * The most that the fleet may cost at rest, in dollars a month. The budget is checked at synthesis and doesn't appear in the template.
   *
   * @default - the cost isn't checked
   */
  readonly budget?: Budget;

  /**
   * The service limits that this fleet is checked against, such as the largest memory. Override a limit if AWS has raised it.
   *
   * @default ManagedInstancesLimits.CURRENT
   */
  readonly limits?: ManagedInstancesLimits;
}

/**
 * A fleet of EC2 instances in your VPC that Lambda launches, patches and scales, to run functions with several
 * requests at once in each execution environment.
 *
 * Creates a network (unless you pass one), a security group, an operator role, a log group and the capacity
 * provider. Most properties of a capacity provider can't be changed in place: CloudFormation then replaces it.
 *
 * A fleet costs money at rest: each version of each function keeps three execution environments unless you set another minimum,
 * and you pay for the instances that hold them, plus a fee of 15 % of their on-demand price.
 *
 * ```ts
 * declare const ordersFn: lambda.Function;
 *
 * const fleet = new ManagedInstances(this, 'Fleet', {
 *   instances: InstanceSelection.graviton(),
 *   maxVCpuCount: 64,
 * });
 * fleet.addFunction(ordersFn);
 * ```
 */
@propertyInjectable
export class ManagedInstances extends Construct implements IManagedInstances, ec2.IConnectable {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-lambda-managed-instances.ManagedInstances';

  /**
   * Imports a capacity provider that was created in another stack, in another app or by hand. You can attach functions to it, with
   * the same checks, but the VPC, the role and the security groups of the result aren't known.
   *
   * If this app creates the capacity provider, its properties are read from the construct. Otherwise, pass what you know as
   * `attributes`: what you leave out isn't checked.
   *
   * ```ts
   * declare const ordersFn: lambda.Function;
   *
   * const provider = lambda.CapacityProvider.fromCapacityProviderName(this, 'Provider', 'shared');
   * const fleet = ManagedInstances.fromCapacityProvider(this, 'Fleet', provider, { architecture: lambda.Architecture.ARM_64 });
   * fleet.addFunction(ordersFn);
   * ```
   */
  public static fromCapacityProvider(
    scope: Construct, id: string, capacityProvider: lambda.ICapacityProviderRef, attributes: ManagedInstancesAttributes = {},
  ): IManagedInstances {
    return new ImportedManagedInstances(scope, id, capacityProvider, attributes);
  }

  /**
   * CDK's own construct of the capacity provider.
   */
  public readonly capacityProvider: lambda.CapacityProvider;

  /**
   * The VPC of the instances.
   */
  public readonly vpc: ec2.IVpc;

  /**
   * The security groups of the instances: `database.connections.allowFrom(fleet, ec2.Port.tcp(5432))`.
   */
  public readonly connections: ec2.Connections;

  /**
   * The role with which Lambda launches and describes instances.
   */
  public readonly operatorRole: iam.IRole;

  /**
   * The log group for the system logs, which record what happens to instances.
   */
  public readonly logGroup: logs.ILogGroupRef;

  public readonly grants: CapacityProviderGrants;

  constructor(scope: Construct, id: string, props: ManagedInstancesProps = {}) {
    super(scope, id);
    props = withoutNulls(props);
    const ruleContext = codeContext(props.limits?._values);
    const instances = props.instances?._in(props.architecture);
    const architecture = props.architecture ?? instances?.architecture;
    this.judgeProps({ ...props, instances }, ruleContext, architecture);

    const network = props.network ?? new ManagedInstancesNetwork(this, 'Network', {
      egress: props.egress,
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets,
    });
    const inNetwork = fleetNetwork(network);
    const subnets = inNetwork._subnets;
    const securityGroups = props.securityGroups ?? [this.createSecurityGroup(network.vpc, hasIpv6(subnets), props.allowAllOutbound ?? true)];
    this.vpc = network.vpc;
    this.connections = new ec2.Connections({ securityGroups });
    this.operatorRole = props.operatorRole ?? this.createOperatorRole();
    this.logGroup = props.logGroup ?? this.createLogGroup();
    this.capacityProvider = createCapacityProvider(this, 'CapacityProvider', {
      capacityProviderName: props.capacityProviderName,
      subnets,
      securityGroups,
      operatorRole: this.operatorRole,
      architectures: architecture && [architecture],
      instanceTypeFilter: instances?.filter,
      maxVCpuCount: props.maxVCpuCount,
      scalingOptions: props.scalingOptions,
      kmsKey: props.kmsKey,
      propagateTags: props.propagateTags,
      logGroup: this.logGroup,
      systemLogLevel: props.systemLogLevel,
    });
    this.grants = CapacityProviderGrants.fromCapacityProvider(this);
    const resource = this.capacityProvider.node.defaultChild as lambda.CfnCapacityProvider;
    if (!architecture) followArchitectureOfFunctions(resource);
    if (props.gpuUtilizationTarget !== undefined) addGpuTarget(resource, props.gpuUtilizationTarget, props.scalingOptions);
    if (!props.propagateTags) followTags(resource);
    inNetwork._admit(resource, securityGroups);
    dependOnOwnParts(resource, { operatorRole: props.operatorRole, securityGroups });
    const keyGranted = props.kmsKey && allowVolumeKey(this, props.kmsKey, this.operatorRole, resource);
    this.node.defaultChild = resource;
    recordOf(resource).limits = ruleContext.limits;
    if (props.budget) judgeBudgetAtSynth(this, props.budget);
    const ownGroups = props.securityGroups ? undefined : new AsMade([securityGroups[0].node.defaultChild!]);
    judgeProviderAtSynth(resource, ruleContext, {
      network: { vpc: network.vpc, subnets },
      stated: () => ({ ...inNetwork._stated(subnets), groupsAsMade: ownGroups?.isUnchanged() ?? false }),
      role: props.operatorRole ? undefined : new AsMade([this.operatorRole.node.defaultChild!]),
      logGroup: props.logGroup?.env,
      ownKey: props.kmsKey !== undefined && kms.CfnKey.isCfnKey(props.kmsKey.node.defaultChild),
      keyGranted,
    });
    judgeStageAtSynth(this);
  }

  public get capacityProviderRef(): lambda.CapacityProviderReference {
    return this.capacityProvider.capacityProviderRef;
  }

  public get env(): ResourceEnvironment {
    return this.capacityProvider.env;
  }

  public get functions(): ManagedFunction[] {
    return managedFunctionsOf(this);
  }

  public get metrics(): CapacityProviderMetrics {
    return CapacityProviderMetrics.fromCapacityProvider(this);
  }

  /**
   * Attaches a function. Its code then runs in execution environments on the instances of this fleet.
   *
   * Accepts `Function`, `NodejsFunction`, `DockerImageFunction` and any other construct of this app that creates one
   * `AWS::Lambda::Function`. Memory (2048 MB, or as much as one vCPU needs, unless the function sets it), GiB per vCPU and JSON
   * logging are written to the template even if they are the service's defaults.
   *
   * A function that is already deployed can't be attached, and an attached one can't be detached: Lambda
   * refuses both. Give it a new construct id (and a new name, if it has a fixed one), so that CloudFormation
   * creates a new function.
   *
   * @throws one error that lists everything that Lambda would refuse
   */
  public addFunction(fn: lambda.IFunctionRef, options: AddFunctionOptions = {}): ManagedFunction {
    return attachFunction(fn, this, options);
  }

  /**
   * Pauses every function of the fleet between two times, for instance at night. Functions that you attach later are paused, too.
   *
   * Creates two EventBridge Scheduler schedules for each function. One sets `$LATEST.PUBLISHED` to 0 environments: calls are
   * throttled, and Lambda terminates instances that nothing else uses. The other restores the numbers of the function's configuration. The function
   * must set `maxExecutionEnvironments`, because a schedule sets the minimum and the maximum together. Numbered versions keep their environments.
   *
   * ```ts
   * declare const fleet: ManagedInstances;
   *
   * fleet.pauseOnSchedule('Night', {
   *   from: scheduler.ScheduleExpression.cron({ hour: '22', minute: '0', timeZone: cdk.TimeZone.EUROPE_BERLIN }),
   *   until: scheduler.ScheduleExpression.cron({ hour: '6', minute: '0', timeZone: cdk.TimeZone.EUROPE_BERLIN }),
   * });
   * ```
   *
   * @throws one error that lists each time that isn't a cron expression
   */
  public pauseOnSchedule(id: string, options: PauseOnScheduleOptions): void {
    pauseOnSchedule(this, this, id, options);
  }

  /**
   * Creates a CloudWatch dashboard for the fleet. It also shows functions that you attach later. CloudWatch charges for it, and `plan()`
   * says how much.
   *
   * @throws one error that lists everything that CloudWatch would refuse or ignore
   */
  public addDashboard(id: string, options: AddDashboardOptions = {}): ManagedInstancesDashboard {
    return new ManagedInstancesDashboard(this, id, { capacityProvider: this, logGroup: this.logGroup, ...options });
  }

  /**
   * Creates CloudWatch alarms for the fleet. They also watch functions that you attach later. CloudWatch charges for each, and `plan()`
   * says how much.
   *
   * @throws one error that lists everything that CloudWatch would refuse or ignore
   */
  public addAlarms(id: string, options: AddAlarmsOptions = {}): ManagedInstancesAlarms {
    return new ManagedInstancesAlarms(this, id, { capacityProvider: this, logGroup: this.logGroup, ...options });
  }

  /**
   * Computes what the fleet needs, whether it fits, and what it costs, with the functions attached so far.
   *
   * ```ts
   * declare const fleet: ManagedInstances;
   *
   * console.log(fleet.plan().toString());
   * ```
   *
   * @throws one error that lists each impossible option
   */
  public plan(options: CapacityPlanOptions = {}): CapacityPlan {
    return CapacityPlan._of(this, this, options);
  }

  /** Throws one error that lists everything that is wrong with the props, before CDK's own construct throws. */
  private judgeProps(props: ManagedInstancesProps, ruleContext: RuleContext, architecture?: lambda.Architecture): void {
    const { vpc, securityGroups = [] } = props;
    const subnets = props.network ? fleetNetwork(props.network)._subnets : vpc && selectedSubnets(vpc, props.vpcSubnets ?? defaultSubnets(this, vpc));
    const network = subnets && { vpc: props.network?.vpc ?? vpc!, subnets, securityGroups };
    const place = placeOf(Stack.of(this));
    throwErrors(this, [
      ...propsFindings(props),
      ...estimateFindings(props.budget?._problems),
      ...PROVIDER_JUDGE.judge({
        place,
        provider: providerFacts(new ConstructProperties(providerProperties(props, subnets, architecture)), {
          region: place.region,
          selection: props.instances?._facts,
          gpuTargetProp: props.gpuUtilizationTarget === undefined ? undefined : 'gpuUtilizationTarget',
          vpcRegion: network && placeOf(network.vpc.env).region,
          foreign: network && foreignTo(network),
        }),
      }, Moment.CALL, ruleContext),
    ]);
  }

  private createSecurityGroup(vpc: ec2.IVpc, ipv6: boolean, allowAllOutbound: boolean): ec2.SecurityGroup {
    const group = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      allowAllOutbound,
      allowAllIpv6Outbound: ipv6 && allowAllOutbound,
      description: 'Instances of Lambda Managed Instances',
    });
    if (!allowAllOutbound) {
      const peers = [ec2.Peer.anyIpv4(), ...ipv6 ? [ec2.Peer.anyIpv6()] : []];
      peers.forEach((peer) => group.addEgressRule(peer, ec2.Port.tcp(443), 'HTTPS to AWS'));
    }
    return group;
  }

  private createOperatorRole(): iam.Role {
    return new iam.Role(this, 'OperatorRole', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AWSLambdaManagedEC2ResourceOperator')],
    });
  }

  private createLogGroup(): logs.LogGroup {
    return new logs.LogGroup(this, 'LogGroup', {
      retention: logs.RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}

/** Returns the props in the shape of the resource, to check them before CDK's own construct does. */
function providerProperties(
  props: ManagedInstancesProps, subnets?: ec2.ISubnet[], architecture?: lambda.Architecture,
): Partial<lambda.CfnCapacityProviderProps> {
  const { filter } = props.instances ?? {};
  return {
    capacityProviderName: props.capacityProviderName,
    // Subnets and groups that this construct creates don't exist yet, and need no check.
    vpcConfig: {
      subnetIds: subnets?.map(({ subnetId }) => subnetId),
      securityGroupIds: props.securityGroups?.map(({ securityGroupId }) => securityGroupId),
    } as lambda.CfnCapacityProvider.CapacityProviderVpcConfigProperty,
    kmsKeyArn: props.kmsKey?.keyArn,
    propagateTags: props.propagateTags && {
      mode: props.propagateTags.mode,
      explicitTags: Object.entries(props.propagateTags.explicitTags ?? {}).map(([key, value]) => ({ key, value })),
    },
    telemetryConfig: { loggingConfig: { logGroup: props.logGroup?.logGroupRef.logGroupName } },
    instanceRequirements: {
      architectures: architecture && [architecture.name],
      allowedInstanceTypes: filter?.allowedInstanceTypes?.map(String),
      excludedInstanceTypes: filter?.excludedInstanceTypes?.map(String),
    },
    capacityProviderScalingConfig: {
      maxVCpuCount: props.maxVCpuCount,
      ...scalingOf(props.scalingOptions, props.gpuUtilizationTarget),
    },
  };
}
