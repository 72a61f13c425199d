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
 * The fleet to make.
 */
export interface ManagedInstancesProps {
  /**
   * The VPC to launch instances in. Changing it replaces the capacity provider.
   *
   * [disable-awslint:prefer-ref-interface] its subnets are selected.
   *
   * @default - a VPC is created, see `egress`
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of `vpc` to launch instances in: 1 to 16. They need a way to AWS's endpoints, or logs, metrics and
   * traces vanish without an error. Changing them replaces the capacity provider.
   *
   * @default - the private subnets with egress; where there are none, the isolated subnets, if this app gives them an
   * endpoint for CloudWatch Logs
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * A network that several fleets share. Excludes `vpc`, `vpcSubnets` and `egress`.
   *
   * @default - one is created, or `vpc` is used
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
   * `connections` has nothing to work with. Changing the list replaces the capacity provider.
   *
   * [disable-awslint:prefer-ref-interface] `connections` adds rules to them.
   *
   * @default - one dedicated group without an inbound rule
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Whether the created security group lets the instances open any connection, over IPv6 as well where the subnets
   * have it. Without it they open HTTPS only, plus what `connections` adds.
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
   * @default - that of `instances`, else the one that all attached functions share, else AWS's: x86_64
   */
  readonly architecture?: lambda.Architecture;

  /**
   * The most vCPUs that all instances may have together: 2 to 15000, of which 2 to 11 are unproven (a warning says
   * so). It caps the cost, and functions that need more are throttled or fail to deploy. Can be changed in place.
   *
   * @default - AWS's: 400
   */
  readonly maxVCpuCount?: number;

  /**
   * What decides how many instances there are: Lambda, or a target for their CPU utilisation.
   *
   * @default - AWS's: Lambda decides
   */
  readonly scalingOptions?: lambda.ScalingOptions;

  /**
   * The GPU utilisation in percent that the number of instances aims at, with that of `scalingOptions`, if any. Only
   * for fleets with GPUs. CDK's `ScalingOptions` can't say it; it excludes `ScalingOptions.auto()`.
   *
   * @default - AWS's: 40 where a function with a GPU is attached
   */
  readonly gpuUtilizationTarget?: number;

  /**
   * The role with which Lambda launches and describes instances. It must trust `lambda.amazonaws.com` and have the
   * managed policy `AWSLambdaManagedEC2ResourceOperator`, or the same statements. Changing it replaces the
   * capacity provider.
   *
   * [disable-awslint:prefer-ref-interface] CDK's `CapacityProvider` takes an `IRole`.
   *
   * @default - a role is created, which Lambda can assume for this account only
   */
  readonly operatorRole?: iam.IRole;

  /**
   * The key that encrypts the data volumes of the instances. The operator role gets the permissions that it needs
   * for that; where the key is imported, its own policy must let the role (or the account's IAM policies) use it. Changing
   * the key replaces the capacity provider.
   *
   * [disable-awslint:prefer-ref-interface] CDK's `CapacityProvider` takes an `IKey`.
   *
   * @default - a key that AWS manages
   */
  readonly kmsKey?: kms.IKey;

  /**
   * The least severe system log that is written: instances launched, terminated, failed to launch.
   *
   * @default - AWS's: INFO
   */
  readonly systemLogLevel?: lambda.SystemLogLevel;

  /**
   * Where the system logs go. The functions' own logs stay where they are.
   *
   * @default - a log group is created, which keeps logs for three months and is retained when the stack is deleted
   */
  readonly logGroup?: logs.ILogGroupRef;

  /**
   * Tags for the instances, volumes and network interfaces: at most 40, with keys of up to 128 and values of up to
   * 256 characters. They reach what is launched later. Can be changed in place.
   *
   * `PropagateTags.none()` keeps the tags of stack and app away from instances.
   *
   * @default - the tags that the capacity provider ends up with (`Tags.of(stack).add(…)` included), and those of the stack
   * (`StackProps.tags`)
   */
  readonly propagateTags?: lambda.PropagateTags;

  /**
   * The physical name of the capacity provider: 1 to 140 letters, digits, `-` and `_`. Most properties can't be
   * changed in place, and with a fixed name the replacement fails, because the name is taken.
   *
   * @default - CloudFormation generates one
   */
  readonly capacityProviderName?: string;

  /**
   * What the fleet may cost at rest, in $ per month. It is judged at synthesis, and nothing of it ends in the template.
   *
   * @default - none
   */
  readonly budget?: Budget;

  /**
   * The limits that the checks of this fleet compare with.
   *
   * @default ManagedInstancesLimits.CURRENT
   */
  readonly limits?: ManagedInstancesLimits;
}

/**
 * A fleet of EC2 instances in your VPC that Lambda launches, patches and scales, to run functions with several
 * requests at once in each execution environment.
 *
 * Creates a network (unless one is given), a security group, an operator role, a log group and the capacity
 * provider. Most properties of a capacity provider can't be changed in place: CloudFormation then replaces it.
 *
 * It costs money at rest: each version of each function keeps at least three execution environments, unless
 * it is told otherwise, and the instances under them are billed, with a fee of 15 % of their on-demand price.
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
   * A capacity provider that is made in another stack, in another app or by hand, to put functions on, with the
   * same checks. It has no VPC, role or group to offer.
   *
   * What a construct of this app says is read from it. What you know of another provider, state in `attributes`.
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
   * The capacity provider.
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
   * Where the system logs go.
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
      ownKey: kms.CfnKey.isCfnKey(props.kmsKey?.node.defaultChild),
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
   * Attaches a function, whose code then runs in execution environments on the instances of this fleet.
   *
   * Takes `Function`, `NodejsFunction`, `DockerImageFunction` and whatever else ends in one
   * `AWS::Lambda::Function` of this app. Memory (2048 MB, or one vCPU's worth, unless the function names it), GiB per
   * vCPU and JSON logging are written into the template even where they are the service's defaults.
   *
   * A function that is already deployed can't be attached, and an attached one can't be detached: Lambda
   * refuses both. Give it a new construct id (and a new name, if it has a fixed one), so that CloudFormation
   * makes a new function.
   *
   * @throws one error that lists each value which Lambda would refuse
   */
  public addFunction(fn: lambda.IFunctionRef, options: AddFunctionOptions = {}): ManagedFunction {
    return attachFunction(fn, this, options);
  }

  /**
   * Lets every function of the fleet keep nothing from one time to another: at night, for instance. Applies to functions that are attached later, too.
   *
   * Creates two schedules of EventBridge Scheduler for each function, below the function: one that sets `$LATEST.PUBLISHED` to 0 environments, so that
   * calls are throttled and instances are given back, and one that sets it back to what the function's configuration says. The function must
   * have a `maxExecutionEnvironments`, since both numbers are always set. Numbered versions keep their environments.
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
   * @throws one error that lists each time which is no cron expression
   */
  public pauseOnSchedule(id: string, options: PauseOnScheduleOptions): void {
    pauseOnSchedule(this, this, id, options);
  }

  /**
   * Creates a CloudWatch dashboard of the fleet. It also shows functions that are attached later.
   */
  public addDashboard(id: string, options: AddDashboardOptions = {}): ManagedInstancesDashboard {
    return new ManagedInstancesDashboard(this, id, { capacityProvider: this, logGroup: this.logGroup, ...options });
  }

  /**
   * Creates CloudWatch alarms of the fleet. They also watch functions that are attached later.
   */
  public addAlarms(id: string, options: AddAlarmsOptions = {}): ManagedInstancesAlarms {
    return new ManagedInstancesAlarms(this, id, { capacityProvider: this, logGroup: this.logGroup, ...options });
  }

  /**
   * What the fleet needs, whether it fits, and what it costs, with the functions that are attached so far.
   *
   * ```ts
   * declare const fleet: ManagedInstances;
   *
   * console.log(fleet.plan().toString());
   * ```
   *
   * @throws one error that lists each option which is not possible
   */
  public plan(options: CapacityPlanOptions = {}): CapacityPlan {
    return CapacityPlan._of(this, this, options);
  }

  /** Refuses what is wrong with the props, all of it at once, and before CDK's own construct does. */
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

/** The props in the shape of the resource, to judge them before CDK's own construct does. */
function providerProperties(
  props: ManagedInstancesProps, subnets?: ec2.ISubnet[], architecture?: lambda.Architecture,
): Partial<lambda.CfnCapacityProviderProps> {
  const { filter } = props.instances ?? {};
  return {
    capacityProviderName: props.capacityProviderName,
    // Subnets and groups that are made here are not there yet, and as they should be.
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
