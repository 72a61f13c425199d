import { CfnResource, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { AlarmLevel, includes } from './alarm-level';
import { recordAlarms } from './alarm-registry';
import { AlarmSettings, AlarmSpec, createAlarm, createComposite, Severity } from './alarm-spec';
import { ALARM_TEXTS } from './alarm-texts';
import { ExecutionEnvironmentMetrics } from './execution-environment-metrics';
import { FleetView, viewOf } from './fleet-view';
import { functionAlarms, SYMPTOM_ALARMS } from './function-alarms';
import {
  CEILING_ALARMS, defaultsOf, environmentAlarms, INSTANCE_ALARMS, providerAlarms, THROTTLE_ALARMS, throttleReasonAlarms,
} from './provider-alarms';
import { count, LAUNCHES, WARNINGS } from './system-log-metrics';
import { AlarmThresholds, Threshold, thresholdFacts, ThresholdName, ThresholdTable } from './thresholds';
import { watchedVersionsFacts } from './watched-versions';
import { Attachment, cfnFunctionOf, onAttachment } from '../rules/facts/attachments';
import { AlarmRequestFacts } from '../rules/facts/monitoring-facts';
import { findingsOf } from '../rules/findings';
import { ALARM_REQUEST_RULES, NO_DATA_RULES, STACK_ROOM_RULES, THRESHOLD_RULES, WATCHED_VERSION_RULES } from '../rules/monitoring-rules';
import { reportAtSynth, throwErrors } from '../rules/report';
import { codeContext } from '../rules/rule';
import { CLOUDWATCH_LIMITS } from '../service/cloudwatch-limits';

/**
 * Which alarms to make, and whom they tell.
 */
export interface AddAlarmsOptions extends AlarmThresholds {
  /**
   * What happens when an alarm fires that somebody has to act on now: usually a topic that pages.
   *
   * @default - nothing: the alarms are seen in CloudWatch and on the dashboard
   */
  readonly actions?: cloudwatch.IAlarmAction[];

  /**
   * What happens when an alarm fires that can wait for the day.
   *
   * @default - the same as `actions`
   */
  readonly ticketActions?: cloudwatch.IAlarmAction[];

  /**
   * What happens when an alarm fires that is a piece of a diagnosis.
   *
   * @default - nothing
   */
  readonly infoActions?: cloudwatch.IAlarmAction[];

  /**
   * How many alarms to make.
   *
   * @default AlarmLevel.STANDARD
   */
  readonly level?: AlarmLevel;

  /**
   * Whether each function gets alarms of its own, in its own stack: 5 at level `MINIMAL`, 11 at `STANDARD`, 12 at `FULL`. They
   * also watch what no query over all functions can: shares of throttled and failed requests, duration, saturation,
   * growth. More than the function's stack has room for is an error.
   *
   * @default false
   */
  readonly perFunction?: boolean;

  /**
   * Where your own instructions are: the id of the alarm is appended, and the address is in its description.
   *
   * @default - a page of AWS's documentation about the matter
   */
  readonly runbookUrl?: string;

  /**
   * An alarm of yours that is in alarm while you deploy: in that time, and for ten minutes after it, the composite alarms
   * tell nobody, since a new version takes minutes to have environments. The other alarms speak as ever, they mean limits and failures.
   * An alarm in another stack makes the stacks of the fleet and, with `perFunction`, of the functions depend on it.
   *
   * @default - composite alarms also speak during deployments
   */
  readonly deploymentAlarm?: cloudwatch.IAlarmRef;

  /**
   * Numbered versions whose environments `perFunction` watches in place of those of `$LATEST.PUBLISHED`: for functions that are
   * invoked by an alias. With `fn.currentVersion` each deployment points the alarms at the new version. Rates and
   * durations stay those of the function, whichever version ran. Without `perFunction` all versions are watched anyway.
   *
   * [disable-awslint:prefer-ref-interface] their number and their function are read.
   *
   * @default - `$LATEST.PUBLISHED` of each function, which follows each deployment
   */
  readonly versions?: lambda.IVersion[];

  /**
   * The instance types that `underUtilised` watches, by their exact names: at most 10. A query that finds them looks
   * back three hours only.
   *
   * @default - the types that the fleet allows by name
   */
  readonly instanceTypes?: string[];
}

/**
 * Which capacity provider to watch.
 */
export interface ManagedInstancesAlarmsProps extends AddAlarmsOptions {
  /**
   * The capacity provider.
   */
  readonly capacityProvider: lambda.ICapacityProviderRef;

  /**
   * The log group with the provider's system logs. A metric filter in it counts warnings: nothing else tells
   * that instances fail to launch.
   *
   * @default - none, and no alarm on instances that fail
   */
  readonly logGroup?: logs.ILogGroupRef;
}

/** Each type has an alarm, and each alarm a price. */
const MOST_TYPES = 10;

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
 * @throws where a threshold is one that the metric can't cross, or where an alarm is asked for that can't be made
 */
@propertyInjectable
export class ManagedInstancesAlarms extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-lambda-managed-instances.ManagedInstancesAlarms';

  private readonly fleet: FleetView;
  private readonly thresholds: ThresholdTable;
  private readonly settings: AlarmSettings;
  private readonly versions: lambda.IVersion[];
  private readonly instanceTypes: string[];
  private readonly providerAlarms: cloudwatch.AlarmBase[] = [];
  private readonly functionAlarms: cloudwatch.AlarmBase[] = [];
  private readonly watched = new Set<ThresholdName>();

  constructor(scope: Construct, id: string, props: ManagedInstancesAlarmsProps) {
    super(scope, id);
    this.fleet = new FleetView(props.capacityProvider);
    this.thresholds = new ThresholdTable(props, defaultsOf(this.fleet));
    this.versions = props.versions ?? [];
    this.instanceTypes = [...new Set(props.instanceTypes ?? this.fleet.instanceTypes)];
    throwErrors(this, [
      ...thresholdFacts(props).flatMap((facts) => findingsOf(THRESHOLD_RULES, facts, codeContext())),
      ...findingsOf(ALARM_REQUEST_RULES, this.requestFacts(props), codeContext()),
    ]);
    const actions = props.actions ?? [];
    this.settings = {
      level: props.level ?? AlarmLevel.STANDARD,
      actions: { [Severity.PAGE]: actions, [Severity.TICKET]: props.ticketActions ?? actions, [Severity.INFO]: props.infoActions ?? [] },
      runbookUrl: props.runbookUrl,
      deploymentAlarm: props.deploymentAlarm,
    };

    this.watchProvider(props);
    if (props.perFunction) onAttachment(props.capacityProvider, (attachment) => this.watchFunction(attachment));
    this.node.addValidation({ validate: () => this.judge(this.thresholds.get('noData') !== undefined) });
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
    if (props.logGroup) this.countEvents(props.logGroup);
    const made = this.create(this, [
      ...providerAlarms(this.fleet, this.thresholds, this.instanceTypes, props.logGroup !== undefined),
      // The functions' own alarms would say the same once more.
      ...props.perFunction ? [] : environmentAlarms(this.fleet, this.thresholds),
      ...throttleReasonAlarms(this.thresholds),
    ]);
    this.providerAlarms.push(...this.createProviderComposites(made), ...made.values());
  }

  private watchFunction(attachment: Attachment): void {
    // In the function's stack: an alarm elsewhere that names it would make the stacks depend on each other.
    const scope = new Construct(scopeOf(attachment), this.node.id);
    const version = this.versions.find((one) => cfnFunctionOf(one.lambda) === attachment.resource)?.version;
    const metrics = ExecutionEnvironmentMetrics.fromFunction(attachment.function, attachment.provider, { version });
    const composite = includes(this.settings.level, AlarmLevel.STANDARD);
    const made = this.create(scope, functionAlarms(metrics, this.thresholds, () => viewOf(attachment.resource)), composite ? SYMPTOM_ALARMS : []);
    const symptoms = pick(made, SYMPTOM_ALARMS);
    if (composite && symptoms.length > 0) {
      this.functionAlarms.push(createComposite(
        scope, 'FunctionImpaired', anyOf(symptoms), Severity.PAGE, ALARM_TEXTS.functionImpaired, this.settings,
      ));
    }
    this.functionAlarms.push(...made.values());
  }

  /** Makes those that the level includes and that aren't off. */
  private create(scope: Construct, specs: AlarmSpec[], silent: string[] = []): Map<string, cloudwatch.Alarm> {
    const wanted = specs.filter((spec): spec is AlarmSpec & { threshold: Threshold } => (
      spec.threshold !== undefined && includes(this.settings.level, spec.level)
    ));
    wanted.forEach(({ watches }) => this.watched.add(watches));
    return new Map(wanted.map((spec) => (
      [[spec.id, spec.of].join(' ').trim(), createAlarm(scope, spec, this.settings, silent.includes(spec.id))]
    )));
  }

  private createProviderComposites(made: Map<string, cloudwatch.Alarm>): cloudwatch.AlarmBase[] {
    const [throttles, limits] = [pick(made, THROTTLE_ALARMS), pick(made, [...CEILING_ALARMS, ...INSTANCE_ALARMS])];
    if (throttles.length === 0 || limits.length === 0) return [];
    const { capacityExhausted, functionsNeedTuning } = ALARM_TEXTS;
    const [throttled, limited] = [anyOf(throttles), anyOf(limits)];
    return [
      createComposite(
        this, 'CapacityExhausted', cloudwatch.AlarmRule.allOf(throttled, limited), Severity.PAGE, capacityExhausted, this.settings,
      ),
      createComposite(
        this, 'FunctionsNeedTuning', cloudwatch.AlarmRule.allOf(throttled, cloudwatch.AlarmRule.not(limited)), Severity.TICKET, functionsNeedTuning,
        this.settings,
      ),
    ];
  }

  private countEvents(logGroup: logs.ILogGroupRef): void {
    count(this, WARNINGS, this.fleet.name, logGroup);
    if (this.thresholds.get('instanceChurn')) count(this, LAUNCHES, this.fleet.name, logGroup);
  }

  private requestFacts({ level, logGroup, deploymentAlarm }: ManagedInstancesAlarmsProps): AlarmRequestFacts {
    const isSet = (name: ThresholdName) => this.thresholds.get(name) !== undefined;
    return {
      underUtilisedTypes: isSet('underUtilised') ? this.instanceTypes : undefined,
      mostTypes: MOST_TYPES,
      instanceChurn: isSet('instanceChurn'),
      hasLogGroup: logGroup !== undefined,
      deploymentAlarm: deploymentAlarm !== undefined,
      level: inCode(level ?? AlarmLevel.STANDARD),
      silencedLevels: [AlarmLevel.STANDARD, AlarmLevel.FULL].map(inCode),
    };
  }

  private judge(noData: boolean): string[] {
    const minimums = this.fleet.attachments.map(({ resource }) => viewOf(resource).minExecutionEnvironments);
    return reportAtSynth(this, [
      ...findingsOf(WATCHED_VERSION_RULES, watchedVersionsFacts(
        this.versions, this.fleet.attachments.map((attachment) => attachment.function), cfnFunctionOf,
      ), codeContext()),
      ...noData ? findingsOf(NO_DATA_RULES, { minimums }, codeContext()) : [],
      ...[...new Set(this.functionAlarms.map((alarm) => Stack.of(alarm)))].flatMap((stack) => findingsOf(STACK_ROOM_RULES, {
        stack: stack.node.path,
        resources: resourcesOf(stack),
        alarms: this.functionAlarms.filter((alarm) => Stack.of(alarm) === stack).length,
        most: CLOUDWATCH_LIMITS.stackResources,
      }, codeContext())),
    ]);
  }
}

/** As the caller writes it. */
function inCode(level: AlarmLevel): string {
  return `AlarmLevel.${level.toUpperCase()}`;
}

/** Under the function, whichever set of alarms comes first. */
function scopeOf({ function: fn }: Attachment): Construct {
  const id = 'ManagedInstancesAlarms';
  return (fn.node.tryFindChild(id) as Construct | undefined) ?? new Construct(fn as unknown as Construct, id);
}

function pick(alarms: Map<string, cloudwatch.Alarm>, ids: string[]): cloudwatch.Alarm[] {
  return ids.flatMap((id) => alarms.get(id) ?? []);
}

function anyOf(alarms: cloudwatch.Alarm[]): cloudwatch.IAlarmRule {
  return cloudwatch.AlarmRule.anyOf(...alarms.map((alarm) => cloudwatch.AlarmRule.fromAlarm(alarm, cloudwatch.AlarmState.ALARM)));
}

function resourcesOf(stack: Stack): number {
  return stack.node.findAll().filter((construct) => CfnResource.isCfnResource(construct) && construct.stack === stack).length;
}
