/** Finds requests for alarms that CloudWatch can't fulfil or that would have no effect. */
import { ResourceEnvironment } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AlarmLevel, includes } from './alarm-level';
import { ALARMS, Basis, compositesOf, FLEET_COMPOSITES, FUNCTION_COMPOSITES, Need, rowsOf } from './alarm-table';
import { AddAlarmsOptions, ManagedInstancesAlarmsProps } from './alarms-props';
import { AlarmSpec, LONGEST_RUNBOOK_URL } from './create-alarms';
import { GivenThreshold, givenThresholds, ThresholdTable } from './threshold-table';
import { ThresholdName } from './thresholds';
import { isToken } from '../../reading/constructs/token';
import { Finding, findingOf } from '../../rules/findings';
import { descriptions, Level, Violation } from '../../rules/rule';
import { CLOUDWATCH_LIMITS } from '../../service/cloudwatch-limits';
import { PAGES } from '../../service/pages';
import { FleetView } from '../fleet-view';

/** The findings about alarms. */
export const ALARM_FINDINGS = descriptions({
  AlarmThresholdRange: {
    level: Level.ERROR,
    what: 'The metric can cross the threshold.',
    why: 'An alarm that can never fire, or never stop, looks like one that works.',
    source: PAGES.alarms,
  },
  AlarmThresholdUnknown: {
    level: Level.ERROR,
    what: 'A threshold that is a share of another number is known at synthesis, and so is that number.',
    why: 'CloudFormation doesn\'t multiply: the alarm would have a threshold that nobody chose.',
    source: PAGES.cloudFormationAlarm,
  },
  AlarmThresholdDirection: {
    level: Level.ERROR,
    what: 'A threshold lies on the side where the metric is bad.',
    why: 'The alarm would fire when all is well and stay silent when it isn\'t.',
    source: PAGES.alarms,
  },
  AlarmThresholdUnused: {
    level: Level.ERROR,
    what: 'Each threshold that is set belongs to an alarm that is created.',
    why: 'The threshold would have no effect, and nobody would notice.',
    source: PAGES.metrics,
  },
  NoDataAlarmOfIdleFunction: {
    level: Level.ERROR,
    what: 'No alarm treats missing data as a problem where a fleet may have none.',
    why: 'Without environments there are no instances and no metrics, so the alarm would fire whenever the fleet is idle.',
    source: PAGES.scaling,
  },
  UnderUtilisedTypes: {
    level: Level.ERROR,
    what: 'An alarm on a whole day of low utilisation names the instance types that it watches.',
    why: 'Queries that find the types look back only three hours, so each type needs an alarm of its own.',
    source: PAGES.alarmLimits,
  },
  InstanceChurnLogGroup: {
    level: Level.ERROR,
    what: 'An alarm on unusual launches has the log group of the system logs.',
    why: 'Launches are counted in the system logs. No metric shows them.',
    source: PAGES.systemLogs,
  },
  DeploymentAlarmUnused: {
    level: Level.ERROR,
    what: 'An alarm that silences composite alarms is given only together with composite alarms.',
    why: 'CloudWatch can silence only composite alarms, so it would silence nothing.',
    source: PAGES.apiCompositeAlarm,
  },
  AlarmVersionsUnused: {
    level: Level.ERROR,
    what: 'Versions to watch are given together with alarms for single functions, on metrics that name the version.',
    why: 'Alarms over all functions watch all versions, so the choice would have no effect.',
    source: PAGES.metrics,
  },
  AlarmVersionNumber: {
    level: Level.ERROR,
    what: 'Versions to watch are given by number.',
    why: 'No environments belong to $LATEST. Where no version is given, $LATEST.PUBLISHED is watched.',
    source: PAGES.metrics,
  },
  AlarmCpuMetricName: {
    level: Level.ERROR,
    what: 'The name of the CPU utilisation metric can be used in a query.',
    why: 'CloudWatch refuses the alarm.',
    source: PAGES.metricsInsights,
  },
  AlarmRunbookUrl: {
    level: Level.ERROR,
    what: 'The runbook address is a URL, short enough to leave room for the rest of the alarm\'s description.',
    why: 'The person on call would find no instructions. CloudWatch accepts descriptions of 1024 characters.',
    source: PAGES.apiPutMetricAlarm,
  },
  DeploymentAlarmCycle: {
    level: Level.ERROR,
    what: 'An alarm that silences the fleet\'s alarms isn\'t in the stack of one of the fleet\'s functions.',
    why: 'The function\'s stack depends on the fleet\'s stack, which would depend on it in turn: neither could be deployed first.',
    source: PAGES.apiCompositeAlarm,
  },
  AlarmBasisChanged: {
    level: Level.ERROR,
    what: 'The number behind an alarm doesn\'t change to a meaningless one after the alarm was made.',
    why: 'The alarm would keep a threshold that no longer means anything.',
    source: PAGES.alarms,
  },
  AlarmsElsewhere: {
    level: Level.ERROR,
    what: 'Alarms are in the Region and account of what they watch, and so is the log group whose warnings they count.',
    why: 'An alarm sees only metrics of its own Region and account: it would never have data.',
    source: PAGES.cloudWatchConcepts,
  },
  LogGroupClass: {
    level: Level.ERROR,
    what: 'The log group whose warnings are counted has the class STANDARD.',
    why: 'AWS announced INFREQUENT_ACCESS for logs without extraction of metrics and alarms (2023-11-26). The API reference keeps DELIVERY for logs on their way to '
      + 'Amazon S3 or Data Firehose (read 2026-11-28).',
    source: PAGES.logClasses,
  },
  LogGroupShared: {
    level: Level.WARNING,
    what: 'A log group whose warnings are counted by alarms has the system logs of one fleet only.',
    why: 'Warnings are counted by level, so each fleet would count the other\'s warnings as well.',
    source: PAGES.systemLogs,
  },
  CeilingAlarmsLeftOut: {
    level: Level.WARNING,
    what: 'The ceiling of a fleet with alarms is known at synthesis.',
    why: 'CloudFormation can\'t multiply, so alarms on a share of a ceiling that is set at deployment are left out: nobody is told when the fleet is full.',
    source: PAGES.scaling,
  },
  AlarmActions: {
    level: Level.INFO,
    what: 'Alarms notify somebody.',
    why: 'Without an action, only people who look at CloudWatch or the dashboard see an alarm.',
    source: PAGES.alarms,
  },
  AlarmTicketActions: {
    level: Level.INFO,
    what: 'Alarms that can wait until morning have actions of their own.',
    why: 'Otherwise they use the actions of urgent alarms, and wake somebody.',
    source: PAGES.alarms,
  },
  AlarmsExceedStack: {
    level: Level.ERROR,
    what: 'The alarms of functions fit into the stacks of the functions.',
    why: 'CloudFormation refuses a template with more resources.',
    source: PAGES.cloudFormationLimits,
  },
});

/** The word for a value that deployment fills in. */
const TOKEN = 'a token';

/** `c7g.xlarge`, not a pattern and not a word. */
const INSTANCE_TYPE = /^[a-z0-9-]+\.[a-z0-9-]+$/;

/** Each type has an alarm, and each alarm a price. */
const MOST_TYPES = 10;

/** The requested alarms, and the alarms that are created for them. */
export interface AlarmRequest {
  readonly props: ManagedInstancesAlarmsProps;
  readonly thresholds: ThresholdTable;
  readonly level: AlarmLevel;
  readonly instanceTypes: string[];
  /** Whether there is what some alarms need. */
  readonly has: (need: Need) => boolean;
  /** The alarms of the provider and of all functions at once. */
  readonly specs: AlarmSpec[];
}

/** A number that an alarm was computed from. */
export interface AlarmBasis extends Basis {
  /** The threshold of the alarm. */
  readonly threshold: ThresholdName;
  /** Whose it is. */
  readonly of: string;
}

/** Everything that is wrong with a request, at the call. */
export function requestFindings(request: AlarmRequest): Finding[] {
  const { props } = request;
  const given = givenThresholds(props);
  return [
    ...given.flatMap(thresholdFindings),
    ...given.flatMap((threshold) => unusedThreshold(threshold, request)),
    ...typesOfLittleUse(request),
    ...launchesWithoutLog(request),
    ...silencesNothing(request),
    ...versionFindings(props),
    ...cpuMetricName(props),
    ...runbookAddress(props),
  ];
}

/** Whether an alarm waits for data of versions that all may keep no environment; unknown minimums are absent. */
export function noDataFindings(minimums: (number | undefined)[]): Finding[] {
  if (minimums.length === 0 || minimums.some((minimum) => minimum !== 0)) return [];
  return finding('NoDataAlarmOfIdleFunction', {
    property: 'noData',
    allowed: 'each published version has minExecutionEnvironments 0, so the alarm would fire whenever the fleet is idle',
    found: 'set',
    remedy: 'leave noData out, or keep an environment of one version',
  });
}

/** That an alarm which silences those of a fleet is in the stack of one of its functions. */
export function deploymentCycle(stackOfFunction: string, stackOfFleet: string): Finding[] {
  return finding('DeploymentAlarmCycle', {
    property: 'deploymentAlarm',
    allowed: `that stack depends on ${stackOfFleet}, and alarms there would depend on this one`,
    found: `in ${stackOfFunction}, which has a function of the fleet`,
    remedy: `put the alarm into ${stackOfFleet} or a stack of its own`,
  });
}

/** Whether the number that an alarm was computed from still has a meaning at synthesis. */
export function basisFindings({ threshold, property, of, found, least }: AlarmBasis): Finding[] {
  if (found !== undefined && found >= least) return [];
  return finding('AlarmBasisChanged', {
    property: `${property} of ${of}`,
    allowed: `must stay ${found === undefined ? 'known at synthesis' : `at least ${least}`}: an alarm is computed from it by ${threshold}`,
    found: found ?? TOKEN,
    remedy: `set it before the alarms are made, or switch them off with ${threshold}: AlarmThreshold.off()`,
  });
}

/** Whether a stack has room for the alarms of its functions. */
export function stackRoom(stack: string, resources: number, alarms: number): Finding[] {
  const most = CLOUDWATCH_LIMITS.stackResources;
  if (resources <= most) return [];
  return finding('AlarmsExceedStack', {
    property: 'perFunction',
    allowed: `must leave ${stack} with at most ${most} resources`,
    found: resources,
    statement: `With perFunction, ${stack} has ${resources} resources (${alarms} of them alarms of functions), but CloudFormation allows ${most}`,
    remedy: 'leave perFunction out, lower level, or split the stack',
  });
}

/** Whether alarms in a stack ever see data of a fleet, and of a log group. */
export function elsewhereFindings(
  fleet: ResourceEnvironment, logGroup: ResourceEnvironment | undefined, stack: ResourceEnvironment,
): Finding[] {
  const places: [string, ResourceEnvironment | undefined][] = [['capacityProvider', fleet], ['logGroup', logGroup]];
  return places.flatMap(([property, place]) => (['region', 'account'] as const).flatMap((part) => {
    const [there, here] = [place?.[part], stack[part]];
    if (there === undefined || isToken(there) || isToken(here) || there === here) return [];
    const word = part === 'region' ? 'Region' : 'account';
    return finding('AlarmsElsewhere', {
      property, allowed: `the alarms are in ${here} and see metrics of their own ${word} only`, found: `in ${there}`, remedy: `create the alarms in a stack in ${there}`,
    });
  }));
}

/** Whether there can be metric filters in a log group. */
export function logGroupClassFindings(logGroup: logs.ILogGroupRef): Finding[] {
  const resource = [logGroup, logGroup.node.defaultChild].find((one) => logs.CfnLogGroup.isCfnLogGroup(one));
  const logGroupClass = resource?.logGroupClass;
  if (logGroupClass === undefined || isToken(logGroupClass) || logGroupClass === logs.LogGroupClass.STANDARD) return [];
  return finding('LogGroupClass', {
    property: 'logGroup',
    allowed: `alarms can only count in log groups of class ${logs.LogGroupClass.STANDARD}`,
    found: `of class ${logGroupClass}`,
    remedy: 'use a log group of that class, or leave logGroup out and do without alarms on instances',
  });
}

/** That alarms are left out since the ceiling of the fleet comes later. */
export function ceilingFindings(fleet: FleetView, thresholds: ThresholdTable, level: AlarmLevel): Finding[] {
  const leftOut = ALARMS.filter((row) => row.needs === Need.CEILING && includes(level, row.level) && thresholds.get(row.threshold) !== undefined);
  if (fleet.facts === undefined || fleet.ceiling !== undefined || leftOut.length === 0) return [];
  return finding('CeilingAlarmsLeftOut', {
    property: 'maxVCpuCount',
    allowed: `should be known at synthesis, for the alarms ${leftOut.map(({ id }) => id).join(' and ')}`,
    found: TOKEN,
    remedy: `give a number, or switch them off: ${leftOut.map(({ threshold }) => `${threshold}: AlarmThreshold.off()`).join(', ')}`,
  });
}

/** Finds alarms that notify nobody, or that wake somebody without need. */
export function actionAdvice({ actions = [], ticketActions, infoActions = [] }: AddAlarmsOptions): Finding[] {
  if (actions.length + (ticketActions ?? []).length + infoActions.length === 0) {
    return finding('AlarmActions', {
      property: 'actions', allowed: 'should tell somebody', found: 'none', remedy: 'give actions, such as an SnsAction, or watch the dashboard',
    });
  }
  return ticketActions !== undefined ? [] : finding('AlarmTicketActions', {
    property: 'ticketActions', allowed: 'should be given', found: 'none', remedy: 'give ticketActions, or [] to tell nobody: without them, alarms that can wait take actions',
  });
}

/** That several fleets write to a log group in which alarms count. */
export function sharedLogGroup(logGroup: string, fleets: number): Finding[] {
  return fleets < 2 ? [] : finding('LogGroupShared', {
    property: 'logGroup', allowed: `${fleets} fleets write to it, and each counts the warnings of the others`, found: logGroup, remedy: 'give each fleet a log group of its own',
  });
}

function finding(code: keyof typeof ALARM_FINDINGS, violation: Violation): Finding[] {
  return [findingOf(ALARM_FINDINGS[code], violation)];
}

function thresholdFindings(threshold: GivenThreshold): Finding[] {
  const { name, value, direction, kind } = threshold;
  const isKnown = !isToken(value);
  return [
    ...!isKnown || canCross(threshold) ? [] : finding('AlarmThresholdRange', {
      property: name,
      allowed: rangeOf(threshold),
      found: value,
      remedy: 'choose a number that the metric can cross, or switch the alarm off with AlarmThreshold.off()',
    }),
    ...isKnown || kind.shareOf === undefined ? [] : finding('AlarmThresholdUnknown', {
      property: name, allowed: `must be known at synthesis, as a share of ${kind.shareOf}`, found: TOKEN, remedy: 'use a number',
    }),
    ...direction === kind.bad ? [] : finding('AlarmThresholdDirection', {
      property: name,
      allowed: `must be AlarmThreshold.${kind.bad}(…)`,
      found: `AlarmThreshold.${direction}(…)`,
      remedy: `write AlarmThreshold.${kind.bad}(…)`,
    }),
  ];
}

/** Whether the metric, which is 0 to the most, can be on both sides of the value. */
function canCross({ value, kind: { bad, most, isWidth } }: GivenThreshold): boolean {
  if (!Number.isFinite(value)) return false;
  if (isWidth) return value > 0;
  return bad === 'above' ? value >= 0 && value < most : value > 0 && value <= most;
}

function rangeOf({ kind: { bad, most, isWidth, unit } }: GivenThreshold): string {
  const fromZero = bad === 'above' && !isWidth;
  if (most === Infinity) return `must be a finite number ${fromZero ? 'of at least' : 'above'} 0 ${unit}`.trim();
  return fromZero ? `must be 0 to less than ${most} ${unit}` : `must be above 0, and at most ${most} ${unit}`;
}

/** The problem and the remedy for each thing that an alarm may lack. */
const LACKS: Record<Need, { readonly allowed: string; readonly found: string; readonly remedy: string }> = {
  [Need.CEILING]: {
    allowed: 'is a share of maxVCpuCount', found: 'maxVCpuCount isn\'t known at synthesis', remedy: 'set it to a number on a provider that this app creates',
  },
  [Need.LOG_GROUP]: { allowed: 'counts in the system logs', found: 'logGroup isn\'t set', remedy: 'set logGroup' },
  [Need.INSTANCE_TYPES]: { allowed: 'needs instanceTypes', found: 'instanceTypes isn\'t set', remedy: 'set instanceTypes' },
};

/** A threshold of an alarm that isn't made. What alarms on request need, findings of their own tell. */
function unusedThreshold({ name }: GivenThreshold, { props, level, specs, has }: AlarmRequest): Finding[] {
  const [row] = rowsOf(name);
  const isMade = specs.some((spec) => spec.row.threshold === name) || (!row.ofFleet && props.perFunction && includes(level, row.level));
  const isOnRequest = row.default === undefined && row.needs !== undefined;
  if (isMade || isOnRequest) return [];
  const { allowed, found, remedy } = reasonFor();
  return finding('AlarmThresholdUnused', { property: name, allowed, found, remedy: `${remedy}, or leave ${name} out`, statement: `${name} ${allowed}, but ${found}` });

  function reasonFor() {
    if (!row.ofFleet && !props.perFunction) {
      return { allowed: 'watches single functions', found: 'perFunction isn\'t set', remedy: 'set perFunction' };
    }
    if (row.needs && !has(row.needs)) return LACKS[row.needs];
    return { allowed: 'needs a level that includes its alarm', found: `level is ${inCode(level)}`, remedy: 'raise level' };
  }
}

function typesOfLittleUse({ props, thresholds, instanceTypes: types }: AlarmRequest): Finding[] {
  const unlike = (violation: Omit<Violation, 'property'>) => finding('UnderUtilisedTypes', { property: 'instanceTypes', ...violation });
  if (thresholds.get('underUtilised') === undefined) {
    return props.instanceTypes === undefined ? [] : unlike({
      allowed: 'only underUtilised uses it, which isn\'t set',
      found: 'set',
      remedy: 'leave instanceTypes out, or set underUtilised',
    });
  }
  const wrong = types.flatMap((type) => {
    if (isToken(type)) return [TOKEN];
    return INSTANCE_TYPE.test(type) ? [] : [type || '""'];
  });
  return wrong.length === 0 && types.length > 0 && types.length <= MOST_TYPES ? [] : unlike({
    verb: 'has',
    allowed: `underUtilised needs 1 to ${MOST_TYPES} exact names of instance types`,
    found: wrong.length > 0 ? wrong.join(', ') : `${types.length || 'no'} types`,
    remedy: 'name the types that the dashboard shows, or leave underUtilised out',
  });
}

function launchesWithoutLog({ props: { logGroup }, thresholds }: AlarmRequest): Finding[] {
  if (thresholds.get('instanceChurn') === undefined || logGroup !== undefined) return [];
  return finding('InstanceChurnLogGroup', {
    property: 'logGroup',
    allowed: 'instanceChurn counts launches in it',
    found: 'none',
    remedy: 'set logGroup to that of the capacity provider, or leave instanceChurn out',
  });
}

function silencesNothing({ props: { deploymentAlarm, perFunction = false }, thresholds, level, specs }: AlarmRequest): Finding[] {
  if (deploymentAlarm === undefined) return [];
  if (!includes(level, AlarmLevel.STANDARD)) {
    return finding('DeploymentAlarmUnused', {
      property: 'level',
      allowed: `deploymentAlarm silences composite alarms, which come with ${[AlarmLevel.STANDARD, AlarmLevel.FULL].map(inCode).join(' or ')}`,
      found: inCode(level),
      remedy: 'raise level, or leave deploymentAlarm out',
    });
  }
  const ofFunctions = perFunction ? ALARMS.filter(({ threshold }) => thresholds.get(threshold) !== undefined) : [];
  const composites = [
    ...compositesOf(FUNCTION_COMPOSITES, ofFunctions.map(({ role }) => role)), ...compositesOf(FLEET_COMPOSITES, specs.map(({ row }) => row.role)),
  ];
  return composites.length > 0 ? [] : finding('DeploymentAlarmUnused', {
    property: 'deploymentAlarm',
    allowed: 'there are no composite alarms to silence: they need alarms on throttles with a ceiling or system logs, or of functions',
    found: 'set',
    remedy: 'switch on those alarms, set perFunction, or leave deploymentAlarm out',
  });
}

function versionFindings({ versions = [], perFunction = false, resourceDimension = true }: ManagedInstancesAlarmsProps): Finding[] {
  const wrong = versions.map(({ version }) => version).filter((version) => !isToken(version) && !/^[1-9]\d*$/.test(version));
  return [
    ...versions.length === 0 || (perFunction && resourceDimension) ? [] : finding('AlarmVersionsUnused', {
      property: 'versions',
      allowed: perFunction ? 'with resourceDimension false the metrics don\'t name the version' : 'without perFunction the alarms watch all versions',
      found: 'set',
      remedy: `${perFunction ? 'leave resourceDimension out' : 'set perFunction'}, or leave versions out`,
    }),
    ...wrong.length === 0 ? [] : finding('AlarmVersionNumber', {
      property: 'versions',
      verb: 'has',
      allowed: 'only numbered versions can be watched',
      found: wrong.map((version) => version || '""').join(', '),
      remedy: 'use fn.currentVersion or another published version, or leave it out to watch $LATEST.PUBLISHED',
    }),
  ];
}

function cpuMetricName({ cpuMetricName: name }: ManagedInstancesAlarmsProps): Finding[] {
  if (name === undefined || isToken(name) || /^[A-Za-z]\w*$/.test(name)) return [];
  return finding('AlarmCpuMetricName', {
    property: 'cpuMetricName',
    allowed: 'must have letters, digits and _ only, and begin with a letter',
    found: `"${name}"`,
    remedy: 'use the name that CloudWatch shows, or leave cpuMetricName out',
  });
}

function runbookAddress({ runbookUrl: url }: ManagedInstancesAlarmsProps): Finding[] {
  if (url === undefined || isToken(url) || (/^https?:\/\/[^\s/]+\S*$/.test(url) && url.length <= LONGEST_RUNBOOK_URL)) return [];
  return finding('AlarmRunbookUrl', {
    property: 'runbookUrl',
    verb: url.length > LONGEST_RUNBOOK_URL ? 'has' : 'is',
    allowed: `must be an address that begins with https:// or http://, without spaces, of at most ${LONGEST_RUNBOOK_URL} characters`,
    found: url.length > LONGEST_RUNBOOK_URL ? `${url.length} characters` : `"${url}"`,
    remedy: 'use the address of your runbooks, or leave runbookUrl out',
  });
}

/** Returns a level as the caller writes it. */
function inCode(level: AlarmLevel): string {
  return `AlarmLevel.${level.toUpperCase()}`;
}
