import { CfnResource, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import {
  ADVICE, BASIS, UNKNOWN_CEILING, DEPLOYMENT_CYCLE, IDLE_FLEET, placeFindings, requestFindings, SHARED_LOG_GROUP, STACK_ROOM,
} from './alarm-findings';
import { AlarmLevel } from './alarm-level';
import { recordAlarms } from './alarm-registry';
import { AlarmRow, ALARMS, CompositeRow, FLEET_COMPOSITES, FUNCTION_COMPOSITES, Watched } from './alarm-table';
import { ManagedInstancesAlarmsProps } from './alarms-props';
import { AlarmSettings, AlarmSpec, child, createAlarms, fleetAlarms, functionAlarms, sourceAlarms } from './create-alarms';
import { muteInPauses } from './mute-in-pauses';
import { ThresholdTable } from './threshold-table';
import { ThresholdName } from './thresholds';
import { advise } from '../../judging/advice';
import { readSettledFleet } from '../../judging/fleets';
import { providerTargetFindings } from '../../judging/props-findings';
import { reportAtSynth, throwErrors } from '../../judging/report';
import { propertyInjectable } from '../../reading/constructs/cdk-internals';
import { nameOf } from '../../reading/constructs/construct-views';
import { cfnCapacityProviderOf, cfnFunctionOf } from '../../reading/constructs/resource-behind';
import { onAttachment, watchSynthesis } from '../../registry/attachments';
import { LambdaResources } from '../../registry/lambda-resources';
import { Attachment, Listener } from '../../registry/provider-record';
import { findingsOf } from '../../rules/own-rule';
import { eventSourcesAmong } from '../event-sources';
import { FleetView, viewOf } from '../fleet-view';
import { ExecutionEnvironmentMetrics } from '../metrics/execution-environment-metrics';
import { WATCHED_VERSIONS } from '../metrics/metric-findings';
import { count, fleetsCountedIn } from '../metrics/system-log-metrics';

/** A function with alarms of its own. */
interface WatchedFunction {
  readonly scope: Construct;
  readonly metrics: ExecutionEnvironmentMetrics;
  readonly watched: Watched;
}

/**
 * CloudWatch alarms of a capacity provider and all functions on it.
 *
 * Without `perFunction`, their number doesn't depend on the number of functions. Queries over the provider's metrics also cover
 * instance types, functions and versions that are added later, in any stack. Composite alarms say what to do: `CapacityExhausted` means
 * that you should raise a limit, and `FunctionsNeedTuning` that you should tune a function.
 *
 * Alarms on the ceiling compare with the vCPUs that environments can hold below `maxVCpuCount`, or with half of `maxVCpuCount` if the instance types
 * aren't known. If this app doesn't create the provider, its ceiling isn't known, and these alarms aren't created.
 *
 * Shares of throttled and failed requests are watched only with `perFunction`. An alarm takes one query and a share needs two, and
 * the metrics of requests don't name the provider, so a query would cover all functions of the account.
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
 * @throws one error that lists each threshold that the metric can't cross, and each option that no alarm uses
 */
@propertyInjectable
export class ManagedInstancesAlarms extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-lambda-managed-instances.ManagedInstancesAlarms';

  private readonly fleet: FleetView;
  private readonly settings: AlarmSettings;
  private readonly providerAlarms: cloudwatch.AlarmBase[] = [];
  private readonly functionAlarms: cloudwatch.AlarmBase[] = [];
  /** The thresholds that have an alarm. */
  private readonly inUse = new Set<ThresholdName>();
  private readonly computed: { readonly row: AlarmRow; readonly watched: Watched; readonly of: string }[] = [];
  private readonly watchedFunctions = new Map<lambda.CfnFunction, WatchedFunction>();
  /** The metrics that count entries of the system log. */
  private counts?: logs.ILogGroupRef;

  constructor(scope: Construct, id: string, props: ManagedInstancesAlarmsProps) {
    super(scope, id);
    throwErrors(this, providerTargetFindings(props?.capacityProvider));
    this.fleet = new FleetView(props.capacityProvider);
    const { level = AlarmLevel.STANDARD, actions = [], ticketActions = actions, infoActions = [] } = props;
    const thresholds = new ThresholdTable(props, this.fleet);
    this.settings = { ...props, level, thresholds, actionsOf: { page: actions, ticket: ticketActions, info: infoActions } };

    this.watchProvider(props);
    onAttachment(props.capacityProvider, Listener.ALARMS, (attachment) => {
      if (props.perFunction) this.watchFunction(attachment);
      this.refuseCycle();
    });
    muteInPauses(this, props.capacityProvider, this.expectingTraffic);
    if (props.perFunction) watchSynthesis(props.capacityProvider, (found) => this.watchEventSources(found));
    this.node.addValidation({ validate: () => this.judge() });
    advise(props.capacityProvider, () => findingsOf(ADVICE, props));
    recordAlarms(props.capacityProvider, {
      thresholds: { get: (name) => (this.inUse.has(name) ? thresholds.get(name) : undefined) },
      providerAlarms: this.providerAlarms,
      functionAlarms: this.functionAlarms,
    });
  }

  /**
   * All alarms, including those of functions that are attached so far.
   */
  public get alarms(): cloudwatch.AlarmBase[] {
    return [...this.providerAlarms, ...this.functionAlarms];
  }

  /**
   * Returns an alarm on the provider or on all functions together, by its id, such as `VCpuCeiling`. Undefined if the level doesn't include
   * it, or if it is off.
   */
  public alarm(id: string): cloudwatch.AlarmBase | undefined {
    return this.providerAlarms.find(({ node }) => node.id === id);
  }

  /**
   * Returns the alarms of one function. There are none without `perFunction`.
   */
  public alarmsOfFunction(fn: lambda.IFunctionRef): cloudwatch.AlarmBase[] {
    const resource = cfnFunctionOf(fn);
    const own = resource && this.watchedFunctions.get(resource)?.scope;
    return this.functionAlarms.filter(({ node }) => own !== undefined && node.scopes.includes(own));
  }

  /**
   * Returns the alarms of one function that show a bad version: requests that are throttled, fail or slow down, and environments that run
   * out of room. Pass them as `alarms` to a `codedeploy.LambdaDeploymentGroup`, which takes ten at most. There are none without `perFunction`.
   */
  public deploymentGroupAlarms(fn: lambda.IFunctionRef): cloudwatch.IAlarm[] {
    return this.alarmsOfFunction(fn).filter(({ node }) => ALARMS.some(({ id, tellsBadVersion }) => tellsBadVersion && id === node.id));
  }

  private get expectingTraffic(): cloudwatch.AlarmBase[] {
    const ids = ALARMS.filter(({ expectsTraffic }) => expectsTraffic).map(({ id }) => id);
    return this.providerAlarms.filter((alarm) => alarm.node.scopes.some(({ node }) => ids.includes(node.id)));
  }

  private watchProvider(props: ManagedInstancesAlarmsProps): void {
    const { capacityProvider, logGroup } = props;
    const { fleet, settings } = this;
    const instanceTypes = [...new Set(props.instanceTypes ?? fleet.instanceTypes)];
    const has = { ceiling: fleet.ceiling !== undefined, logGroup: logGroup !== undefined, instanceTypes: true };
    const specs = fleetAlarms(settings, { fleet }, has, instanceTypes);
    throwErrors(this, [
      ...placeFindings(fleet.place, specs.some(({ row }) => row.counts) ? logGroup : undefined, Stack.of(this)),
      ...requestFindings({ ...settings, props, instanceTypes, has, specs }),
    ]);
    if (logGroup) this.countEvents(capacityProvider, logGroup);
    this.providerAlarms.push(...this.create(this, specs, FLEET_COMPOSITES, { fleet }, nameOf(capacityProvider)));
  }

  private watchFunction(attachment: Attachment): void {
    const { resource, provider } = attachment;
    const scope = this.scopeFor(attachment);
    const version = this.settings.versions?.find((one) => cfnFunctionOf(one.lambda) === resource)?.version;
    const metrics = ExecutionEnvironmentMetrics.fromFunction(attachment.function, provider, { ...this.settings, version });
    const watched = { fleet: this.fleet, view: () => viewOf(resource) };
    this.watchedFunctions.set(resource, { scope, metrics, watched });
    const specs = functionAlarms(this.settings, watched, metrics);
    this.functionAlarms.push(...this.create(scope, specs, FUNCTION_COMPOSITES, watched, nameOf(resource)));
  }

  /** Creates the alarms on event sources when aspects run, because sources may be added after the function is attached. */
  private watchEventSources(resources: LambdaResources): void {
    const sources = eventSourcesAmong(resources);
    for (const [resource, { scope, metrics, watched }] of this.watchedFunctions) {
      const specs = sourceAlarms(this.settings, watched, metrics, sources.get(resource) ?? []).filter(({ row, about }) => (
        (about === undefined ? scope : child(scope, row.id)).node.tryFindChild(about ?? row.id) === undefined
      ));
      this.functionAlarms.push(...this.create(scope, specs, [], watched, nameOf(resource)));
    }
  }

  /** Creates alarms, and records which thresholds have an alarm and from which numbers they are computed. */
  private create(scope: Construct, specs: AlarmSpec[], composites: CompositeRow[], watched: Watched, of: string): cloudwatch.AlarmBase[] {
    specs.forEach(({ row }) => {
      this.inUse.add(row.threshold);
      if (row.basis) this.computed.push({ row, watched, of });
    });
    return createAlarms(scope, specs, composites, this.settings);
  }

  /**
   * Returns a scope in the function's stack, because an alarm elsewhere that refers to the function would make the stacks depend on each other. Sets
   * from different scopes may have the same id there, so a later set gets a scope of its own.
   */
  private scopeFor({ function: fn }: Attachment): Construct {
    const all = child(fn as unknown as Construct, 'ManagedInstancesAlarms');
    return new Construct(all.node.tryFindChild(this.node.id) ? child(all, this.node.addr) : all, this.node.id);
  }

  private countEvents(provider: lambda.ICapacityProviderRef, logGroup: logs.ILogGroupRef): void {
    const counted = ALARMS.flatMap(({ counts, threshold }) => (counts && this.settings.thresholds.get(threshold) ? counts.what : []));
    if (counted.length > 0) this.counts = logGroup;
    new Set(counted).forEach((what) => count(this, what, provider, logGroup));
  }

  /**
   * Refuses a deployment alarm in the stack of a function. That stack depends on the provider's, so alarms in the provider's stack can't refer to it.
   */
  private refuseCycle(): void {
    const { deploymentAlarm } = this.settings;
    const resource = cfnCapacityProviderOf(this.fleet.capacityProvider);
    const stack = deploymentAlarm && stackReferredTo(deploymentAlarm.alarmRef.alarmArn);
    if (!resource || !stack) return;
    const own = outermost(Stack.of(resource));
    const silenced = this.alarms.filter(({ node }) => cloudwatch.CfnCompositeAlarm.isCfnCompositeAlarm(node.defaultChild));
    const silencesHere = silenced.some((alarm) => outermost(Stack.of(alarm)) === own);
    const isOfFunction = stack !== own && this.fleet.attachments.some((attachment) => outermost(Stack.of(attachment.resource)) === stack);
    if (silencesHere && isOfFunction) throwErrors(this, findingsOf(DEPLOYMENT_CYCLE, { ofFunction: stack.node.path, ofFleet: own.node.path }));
  }

  private judge(): string[] {
    const { fleet, functionAlarms: alarms, counts, settings: { thresholds, level, versions = [] } } = this;
    const stacks = [...new Set(alarms.map((alarm) => Stack.of(alarm)))];
    return reportAtSynth(this, [
      ...counts ? findingsOf(SHARED_LOG_GROUP, { logGroup: counts.node.path, fleets: fleetsCountedIn(counts).size }) : [],
      ...findingsOf(WATCHED_VERSIONS, { versions, functions: fleet.attachments.map((attachment) => attachment.function), idOf: cfnFunctionOf }),
      ...findingsOf(UNKNOWN_CEILING, { fleet, thresholds, level }),
      // Numbered versions keep environments of their own.
      ...this.inUse.has('noData') ? findingsOf(IDLE_FLEET, readSettledFleet(fleet.capacityProvider).versions.map(({ minEnvironments }) => minEnvironments)) : [],
      ...this.computed.flatMap((one) => findingsOf(BASIS, one)),
      ...stacks.flatMap((stack) => findingsOf(STACK_ROOM, {
        stack: stack.node.path, resources: resourcesOf(stack), alarms: alarms.filter((alarm) => Stack.of(alarm) === stack).length,
      })),
    ]);
  }
}

/** Returns the stack of the resource that a text refers to. */
function stackReferredTo(text: string): Stack | undefined {
  const targets = Tokenization.reverseString(text).tokens.flatMap((token) => (Reference.isReference(token) ? token.target : []));
  const resource = targets.find((target) => CfnResource.isCfnResource(target));
  return resource && outermost(Stack.of(resource));
}

/** Returns the outermost stack, because nested stacks are deployed with their parent. */
function outermost(stack: Stack): Stack {
  return stack.nestedStackParent ? outermost(stack.nestedStackParent) : stack;
}

function resourcesOf(stack: Stack): number {
  return stack.node.findAll().filter((construct) => CfnResource.isCfnResource(construct) && construct.stack === stack).length;
}
