import { CfnResource, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { AlarmBasis, basisFindings, deploymentCycle, noDataFindings, requestFindings, stackRoom, wantedOf } from './alarm-findings';
import { AlarmLevel, includes } from './alarm-level';
import { recordAlarms } from './alarm-registry';
import { AlarmSettings, AlarmSpec, createAlarm, Severity } from './alarm-spec';
import { ManagedInstancesAlarmsProps } from './alarms-props';
import { functionComposites, providerComposites } from './composite-alarms';
import { functionAlarms, SATURATION_MEANINGFUL_FROM, SYMPTOM_ALARMS } from './function-alarms';
import { defaultsOf, environmentAlarms, EnvironmentMetricNames, providerAlarms, throttleReasonAlarms, underUtilisedAlarms } from './provider-alarms';
import { ThresholdName, ThresholdTable } from './thresholds';
import { nameOf } from '../../reading/constructs/construct-views';
import { cfnCapacityProviderOf, cfnFunctionOf } from '../../reading/constructs/resource-behind';
import { onAttachment } from '../../registry/attachments';
import { Attachment, Listener } from '../../registry/provider-record';
import { readFleet } from '../../rules/fleet/judge-fleets';
import { reportAtSynth, throwErrors } from '../../rules/report';
import { FleetView, viewOf } from '../fleet-view';
import { ExecutionEnvironmentMetrics } from '../metrics/execution-environment-metrics';
import { watchedVersionsFindings } from '../metrics/metric-findings';
import { count, LAUNCHES, WARNINGS } from '../metrics/system-log-metrics';

/**
 * CloudWatch alarms of a capacity provider and all functions on it.
 *
 * Without `perFunction` their number is fixed, whatever the number of functions: queries over the provider's metrics cover
 * instance types, functions and versions that come later, in whichever stack they stand. Composite alarms say what to
 * do: `CapacityExhausted` to raise a limit, `FunctionsNeedTuning` to tune a function.
 *
 * The ceiling's alarms are set against the vCPUs that environments can hold below `maxVCpuCount`. Where the instance types
 * aren't known, that is half of it. A provider that this app doesn't make has no known ceiling, and no such alarm.
 *
 * Shares of throttled and failed requests are watched with `perFunction` only: CloudWatch takes one query in an alarm, a share needs
 * two, and the metrics of requests don't name the provider, so a query would see all functions of the account.
 *
 * ```ts
 * declare const fleet: ManagedInstances;
 * declare const pager: sns.Topic;
 *
 * fleet.addAlarms('Alarms', {
 *   actions: [new cloudwatch_actions.SnsAction(pager)],
 *   providerCpu: AlarmThreshold.above(85),
 *   environmentCpu: AlarmThreshold.off(),
 * });
 * ```
 *
 * @throws where a threshold is one that the metric can't cross, or where something is asked for of which no alarm comes
 */
@propertyInjectable
export class ManagedInstancesAlarms extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-lambda-managed-instances.ManagedInstancesAlarms';

  private readonly fleet: FleetView;
  private readonly thresholds: ThresholdTable;
  private readonly settings: AlarmSettings;
  private readonly versions: lambda.IVersion[];
  private readonly metricNames: EnvironmentMetricNames;
  private readonly providerAlarms: cloudwatch.AlarmBase[] = [];
  private readonly functionAlarms: cloudwatch.AlarmBase[] = [];
  private readonly watched = new Set<ThresholdName>();
  private readonly bases: (() => AlarmBasis)[] = [];

  constructor(scope: Construct, id: string, props: ManagedInstancesAlarmsProps) {
    super(scope, id);
    this.fleet = new FleetView(props.capacityProvider);
    this.thresholds = new ThresholdTable(props, defaultsOf(this.fleet));
    this.versions = props.versions ?? [];
    this.metricNames = { resourceDimension: props.resourceDimension, cpuMetricName: props.cpuMetricName };
    const actions = props.actions ?? [];
    this.settings = {
      level: props.level ?? AlarmLevel.STANDARD,
      actions: { [Severity.PAGE]: actions, [Severity.TICKET]: props.ticketActions ?? actions, [Severity.INFO]: props.infoActions ?? [] },
      runbookUrl: props.runbookUrl,
      deploymentAlarm: props.deploymentAlarm,
    };

    this.watchProvider(props);
    onAttachment(props.capacityProvider, Listener.ALARMS, (attachment) => {
      if (props.perFunction) this.watchFunction(attachment);
      this.refuseCycle();
    });
    this.node.addValidation({ validate: () => this.judge() });
    recordAlarms(props.capacityProvider, {
      thresholds: { get: (name) => (this.watched.has(name) ? this.thresholds.get(name) : undefined) },
      providerAlarms: this.providerAlarms,
      functionAlarms: this.functionAlarms,
    });
  }

  /**
   * The alarms, those of functions that were attached so far included.
   */
  public get alarms(): cloudwatch.AlarmBase[] {
    return [...this.providerAlarms, ...this.functionAlarms];
  }

  private watchProvider(props: ManagedInstancesAlarmsProps): void {
    const { fleet, thresholds, settings: { level } } = this;
    const instanceTypes = [...new Set(props.instanceTypes ?? fleet.instanceTypes)];
    const specs = [
      ...providerAlarms(fleet, thresholds, props.logGroup !== undefined),
      ...environmentAlarms(fleet, thresholds, this.metricNames),
      ...throttleReasonAlarms(thresholds),
    ];
    throwErrors(this, requestFindings({ props, thresholds, level, instanceTypes, specs }));
    if (props.logGroup) this.countEvents(props.capacityProvider, props.logGroup);
    const made = this.create(this, [...specs, ...underUtilisedAlarms(fleet, thresholds, instanceTypes)]);
    this.providerAlarms.push(...providerComposites(this, made, this.settings), ...made.values());
    (['vCpuCeiling', 'vCpuCeilingReached'] as const).filter((threshold) => this.watched.has(threshold)).forEach((threshold) => {
      this.bases.push(() => ({ threshold, property: 'maxVCpuCount', of: nameOf(props.capacityProvider), found: fleet.ceiling, least: 0 }));
    });
  }

  private watchFunction(attachment: Attachment): void {
    const { resource, provider } = attachment;
    const scope = this.scopeFor(attachment);
    const version = this.versions.find((one) => cfnFunctionOf(one.lambda) === resource)?.version;
    const metrics = ExecutionEnvironmentMetrics.fromFunction(attachment.function, provider, { ...this.metricNames, version });
    const view = () => viewOf(resource);
    const composite = includes(this.settings.level, AlarmLevel.STANDARD);
    const made = this.create(scope, functionAlarms(metrics, this.thresholds, view), composite ? SYMPTOM_ALARMS : []);
    if (composite) this.functionAlarms.push(...functionComposites(scope, made, this.settings));
    this.functionAlarms.push(...made.values());
    const of = nameOf(resource);
    if (made.has('DurationP99')) this.bases.push(() => ({ threshold: 'durationP99', property: 'timeout', of, found: view().timeout, least: 0 }));
    if (made.has('ConcurrencySaturation')) {
      const least = SATURATION_MEANINGFUL_FROM;
      // An unknown limit is the runtime's default, which is higher.
      this.bases.push(() => ({ threshold: 'concurrencySaturation', property: 'perExecutionEnvironmentMaxConcurrency', of, found: view().maxConcurrency ?? least, least }));
    }
  }

  /**
   * In the function's stack: an alarm elsewhere that names it would make the stacks depend on each other. Sets of one id in several scopes
   * meet there: the later one gets a scope of its own.
   */
  private scopeFor({ function: fn }: Attachment): Construct {
    const all = child(fn as unknown as Construct, 'ManagedInstancesAlarms');
    return new Construct(all.node.tryFindChild(this.node.id) ? child(all, this.node.addr) : all, this.node.id);
  }

  /** Makes those that the level includes and that aren't off. */
  private create(scope: Construct, specs: AlarmSpec[], silent: string[] = []): Map<string, cloudwatch.Alarm> {
    const wanted = wantedOf(specs, this.settings.level);
    wanted.forEach(({ watches }) => this.watched.add(watches));
    return new Map(wanted.map((spec) => (
      [[spec.id, spec.of].join(' ').trim(), createAlarm(scope, spec, this.settings, silent.includes(spec.id))]
    )));
  }

  private countEvents(provider: lambda.ICapacityProviderRef, logGroup: logs.ILogGroupRef): void {
    const isSet = (name: ThresholdName) => this.thresholds.get(name) !== undefined;
    if (isSet('instanceWarnings') || isSet('instanceWarningsRepeated')) count(this, WARNINGS, provider, logGroup);
    if (isSet('instanceChurn')) count(this, LAUNCHES, provider, logGroup);
  }

  /** Stacks of functions depend on that of the provider. An alarm in one of them can't silence alarms in this. */
  private refuseCycle(): void {
    const { deploymentAlarm } = this.settings;
    const resource = cfnCapacityProviderOf(this.fleet.capacityProvider);
    const stack = deploymentAlarm && stackReferredTo(deploymentAlarm.alarmRef.alarmArn);
    if (!resource || !stack) return;
    const own = outermost(Stack.of(resource));
    const silenced = this.alarms.filter(({ node }) => cloudwatch.CfnCompositeAlarm.isCfnCompositeAlarm(node.defaultChild));
    const silencesHere = silenced.some((alarm) => outermost(Stack.of(alarm)) === own);
    const isOfFunction = stack !== own && this.fleet.attachments.some((attachment) => outermost(Stack.of(attachment.resource)) === stack);
    if (silencesHere && isOfFunction) throwErrors(this, deploymentCycle(stack.node.path, own.node.path));
  }

  private judge(): string[] {
    const stacks = [...new Set(this.functionAlarms.map((alarm) => Stack.of(alarm)))];
    return reportAtSynth(this, [
      ...watchedVersionsFindings(this.versions, this.fleet.attachments.map((attachment) => attachment.function), cfnFunctionOf),
      ...this.watched.has('noData') ? noDataFindings(this.minimums) : [],
      ...this.bases.flatMap((basis) => basisFindings(basis())),
      ...stacks.flatMap((stack) => (
        stackRoom(stack.node.path, resourcesOf(stack), this.functionAlarms.filter((alarm) => Stack.of(alarm) === stack).length)
      )),
    ]);
  }

  /** The environments that each version keeps: numbered ones keep their own. */
  private get minimums(): (number | undefined)[] {
    return readFleet(this.fleet.capacityProvider).versions.map(({ minEnvironments }) => minEnvironments);
  }
}

/** The child with an id, made if there is none yet. */
function child(parent: Construct, id: string): Construct {
  return (parent.node.tryFindChild(id) as Construct | undefined) ?? new Construct(parent, id);
}

/** The stack of the resource that a text refers to. */
function stackReferredTo(text: string): Stack | undefined {
  const targets = Tokenization.reverseString(text).tokens.flatMap((token) => (Reference.isReference(token) ? token.target : []));
  const resource = targets.find((target) => CfnResource.isCfnResource(target));
  return resource && outermost(Stack.of(resource));
}

/** Nested stacks are deployed with the one that they are in. */
function outermost(stack: Stack): Stack {
  return stack.nestedStackParent ? outermost(stack.nestedStackParent) : stack;
}

function resourcesOf(stack: Stack): number {
  return stack.node.findAll().filter((construct) => CfnResource.isCfnResource(construct) && construct.stack === stack).length;
}
