/** Finds requests for alarms that CloudWatch can't fulfil or that would have no effect. */
import { ResourceEnvironment } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AlarmLevel, includes } from './alarm-level';
import { AlarmRow, ALARMS, compositesOf, FLEET_COMPOSITES, FUNCTION_COMPOSITES, Need, rowsOf, Watched } from './alarm-table';
import { AddAlarmsOptions, ManagedInstancesAlarmsProps } from './alarms-props';
import { AlarmSpec, isMeaningful, LONGEST_RUNBOOK_URL } from './create-alarms';
import { GivenThreshold, givenThresholds, ThresholdTable } from './threshold-table';
import { isToken } from '../../reading/constructs/token';
import { Finding } from '../../rules/findings';
import { findingsOf, OwnRule, ownRule } from '../../rules/own-rule';
import { Level, RuleDescription } from '../../rules/rule';
import { CLOUDWATCH_LIMITS } from '../../service/cloudwatch-limits';
import { PAGES } from '../../service/pages';
import { FleetView } from '../fleet-view';

/** The requested alarms, and the alarms that are created for them. */
export interface AlarmRequest {
  readonly props: ManagedInstancesAlarmsProps;
  readonly thresholds: ThresholdTable;
  readonly level: AlarmLevel;
  readonly instanceTypes: string[];
  /** Whether the things that some alarms need are available. */
  readonly has: Record<Need, boolean>;
  /** The alarms of the provider and of all functions at once. */
  readonly specs: AlarmSpec[];
}

/** The word for a value that is known only at deployment. */
const TOKEN = 'a token';

/** Matches a name such as `c7g.xlarge`, but no pattern. */
const INSTANCE_TYPE = /^[a-z0-9-]+\.[a-z0-9-]+$/;

/** The most types to watch. Each type has an alarm, and each alarm costs money. */
const MOST_TYPES = 10;

/** The problem and the remedy for each thing that an alarm may lack. */
const LACKS: Record<Need, { readonly allowed: string; readonly found: string; readonly remedy: string }> = {
  ceiling: {
    allowed: 'is a share of maxVCpuCount', found: 'maxVCpuCount isn\'t known at synthesis', remedy: 'set it to a number on a provider that this app creates',
  },
  logGroup: { allowed: 'counts in the system logs', found: 'logGroup isn\'t set', remedy: 'set logGroup' },
  instanceTypes: { allowed: 'needs instanceTypes', found: 'instanceTypes isn\'t set', remedy: 'set instanceTypes' },
};

/** The rules about each given threshold. */
const THRESHOLD_RULES: OwnRule<GivenThreshold>[] = [
  ownRule('AlarmThresholdRange', Level.ERROR, PAGES.alarms, {
    what: 'The metric can cross the threshold.',
    why: 'An alarm that can never fire, or never stop, looks like one that works.',
    check: (threshold) => (isToken(threshold.value) || canCross(threshold) ? undefined : {
      property: threshold.name,
      allowed: rangeOf(threshold),
      found: threshold.value,
      remedy: 'choose a number that the metric can cross, or switch the alarm off with AlarmThreshold.off()',
    }),
  }),
  ownRule('AlarmThresholdUnknown', Level.ERROR, PAGES.cloudFormationAlarm, {
    what: 'A threshold that is a share of another number is known at synthesis, and so is that number.',
    why: 'CloudFormation doesn\'t multiply: the alarm would have a threshold that nobody chose.',
    check: ({ name, value, kind: { shareOf } }) => (shareOf === undefined || !isToken(value) ? undefined : {
      property: name, allowed: `must be known at synthesis, as a share of ${shareOf}`, found: TOKEN, remedy: 'use a number',
    }),
  }),
  ownRule('AlarmThresholdDirection', Level.ERROR, PAGES.alarms, {
    what: 'A threshold lies on the side where the metric is bad.',
    why: 'The alarm would fire when all is well and stay silent when it isn\'t.',
    check: ({ name, direction, kind: { bad } }) => (direction === bad ? undefined : {
      property: name, allowed: `must be AlarmThreshold.${bad}(…)`, found: `AlarmThreshold.${direction}(…)`, remedy: `write AlarmThreshold.${bad}(…)`,
    }),
  }),
];

/** The rule about each threshold in its request. Other rules check the needs of alarms that are created only on request. */
const UNUSED_THRESHOLD = ownRule('AlarmThresholdUnused', Level.ERROR, PAGES.metrics, {
  what: 'Each threshold that is set belongs to an alarm that is created.',
  why: 'The threshold would have no effect, and nobody would notice.',
  check({ name, request: { props: { perFunction }, level, specs, has } }: GivenThreshold & { readonly request: AlarmRequest }) {
    const [row] = rowsOf(name);
    const isOfFunctions = row.ofFleet === undefined;
    const isMade = specs.some((spec) => spec.row.threshold === name) || (isOfFunctions && perFunction && includes(level, row.level));
    if (isMade || (row.default === undefined && row.needs !== undefined)) return undefined;
    const lack = row.needs && !has[row.needs] ? LACKS[row.needs]
      : { allowed: 'needs a level that includes its alarm', found: `level is ${inCode(level)}`, remedy: 'raise level' };
    const { allowed, found, remedy } = isOfFunctions && !perFunction
      ? { allowed: 'watches single functions', found: 'perFunction isn\'t set', remedy: 'set perFunction' } : lack;
    return { property: name, allowed, found, remedy: `${remedy}, or leave ${name} out`, statement: `${name} ${allowed}, but ${found}` };
  },
});

/** The rules about the other options of a request. */
const REQUEST_RULES: OwnRule<AlarmRequest>[] = [
  ownRule('UnderUtilisedTypes', Level.ERROR, PAGES.alarmLimits, {
    what: 'An alarm on a whole day of low utilisation names the instance types that it watches.',
    why: 'Queries that find the types look back only three hours, so each type needs an alarm of its own.',
    check({ props, thresholds, instanceTypes: types }) {
      const property = 'instanceTypes';
      if (thresholds.get('underUtilised') === undefined) {
        return props.instanceTypes && {
          property, allowed: 'only underUtilised uses it, which isn\'t set', found: 'set', remedy: 'leave instanceTypes out, or set underUtilised',
        };
      }
      const wrong = types.filter((type) => isToken(type) || !INSTANCE_TYPE.test(type)).map((type) => (isToken(type) ? TOKEN : type || '""'));
      return wrong.length === 0 && types.length > 0 && types.length <= MOST_TYPES ? undefined : {
        property,
        verb: 'has',
        allowed: `underUtilised needs 1 to ${MOST_TYPES} exact names of instance types`,
        found: wrong.length > 0 ? wrong.join(', ') : `${types.length || 'no'} types`,
        remedy: 'name the types that the dashboard shows, or leave underUtilised out',
      };
    },
  }),
  ownRule('InstanceChurnLogGroup', Level.ERROR, PAGES.systemLogs, {
    what: 'An alarm on unusual launches has the log group of the system logs.',
    why: 'Launches are counted in the system logs. No metric shows them.',
    check: ({ has, thresholds }) => (has.logGroup || thresholds.get('instanceChurn') === undefined ? undefined : {
      property: 'logGroup',
      allowed: 'instanceChurn counts launches in it',
      found: 'none',
      remedy: 'set logGroup to that of the capacity provider, or leave instanceChurn out',
    }),
  }),
  ownRule('DeploymentAlarmUnused', Level.ERROR, PAGES.apiCompositeAlarm, {
    what: 'An alarm that silences composite alarms is given only together with composite alarms.',
    why: 'CloudWatch can silence only composite alarms, so it would silence nothing.',
    check({ props: { deploymentAlarm, perFunction }, thresholds, level, specs }) {
      if (deploymentAlarm === undefined) return undefined;
      const levels = [AlarmLevel.STANDARD, AlarmLevel.FULL];
      if (!levels.includes(level)) {
        return {
          property: 'level',
          allowed: `deploymentAlarm silences composite alarms, which come with ${levels.map(inCode).join(' or ')}`,
          found: inCode(level),
          remedy: 'raise level, or leave deploymentAlarm out',
        };
      }
      const ofFunctions = perFunction ? ALARMS.filter(({ threshold }) => thresholds.get(threshold) !== undefined) : [];
      const composites = [...compositesOf(FUNCTION_COMPOSITES, ofFunctions), ...compositesOf(FLEET_COMPOSITES, specs.map(({ row }) => row))];
      return composites.length > 0 ? undefined : {
        property: 'deploymentAlarm',
        allowed: 'there are no composite alarms to silence: they need alarms on throttles with a ceiling or system logs, or of functions',
        found: 'set',
        remedy: 'switch on those alarms, set perFunction, or leave deploymentAlarm out',
      };
    },
  }),
  ownRule('AlarmVersionsUnused', Level.ERROR, PAGES.metrics, {
    what: 'Versions to watch are given together with alarms for single functions, on metrics that name the version.',
    why: 'Alarms over all functions watch all versions, so the choice would have no effect.',
    check: ({ props: { versions = [], perFunction = false, resourceDimension = true } }) => (
      versions.length === 0 || (perFunction && resourceDimension) ? undefined : {
        property: 'versions',
        allowed: perFunction ? 'with resourceDimension false the metrics don\'t name the version' : 'without perFunction the alarms watch all versions',
        found: 'set',
        remedy: `${perFunction ? 'leave resourceDimension out' : 'set perFunction'}, or leave versions out`,
      }
    ),
  }),
  ownRule('AlarmVersionNumber', Level.ERROR, PAGES.metrics, {
    what: 'Versions to watch are given by number.',
    why: 'The unpublished code, $LATEST, has no environments. If no version is given, $LATEST.PUBLISHED is watched.',
    check({ props: { versions = [] } }) {
      const wrong = versions.map(({ version }) => version).filter((version) => !isToken(version) && !/^[1-9]\d*$/.test(version));
      return wrong.length === 0 ? undefined : {
        property: 'versions',
        verb: 'has',
        allowed: 'only numbered versions can be watched',
        found: wrong.map((version) => version || '""').join(', '),
        remedy: 'use fn.currentVersion or another published version, or leave it out to watch $LATEST.PUBLISHED',
      };
    },
  }),
  ownRule('AlarmCpuMetricName', Level.ERROR, PAGES.metricsInsights, {
    what: 'The name of the CPU utilisation metric can be used in a query.',
    why: 'CloudWatch refuses the alarm.',
    check: ({ props: { cpuMetricName: name } }) => (name === undefined || isToken(name) || /^[A-Za-z]\w*$/.test(name) ? undefined : {
      property: 'cpuMetricName',
      allowed: 'must have letters, digits and _ only, and begin with a letter',
      found: `"${name}"`,
      remedy: 'use the name that CloudWatch shows, or leave cpuMetricName out',
    }),
  }),
  ownRule('AlarmRunbookUrl', Level.ERROR, PAGES.apiPutMetricAlarm, {
    what: 'The runbook address is a URL, short enough to leave room for the rest of the alarm\'s description.',
    why: 'The person on call would find no instructions. CloudWatch accepts descriptions of 1024 characters.',
    check({ props: { runbookUrl: url } }) {
      if (url === undefined || isToken(url)) return undefined;
      const isLong = url.length > LONGEST_RUNBOOK_URL;
      return /^https?:\/\/[^\s/]+\S*$/.test(url) && !isLong ? undefined : {
        property: 'runbookUrl',
        verb: isLong ? 'has' : 'is',
        allowed: `must be an address that begins with https:// or http://, without spaces, of at most ${LONGEST_RUNBOOK_URL} characters`,
        found: isLong ? `${url.length} characters` : `"${url}"`,
        remedy: 'use the address of your runbooks, or leave runbookUrl out',
      };
    },
  }),
];

/** The rule about the Region and account of alarms and of the things that they watch. `word` says which of the two differs. */
const ELSEWHERE = ownRule('AlarmsElsewhere', Level.ERROR, PAGES.cloudWatchConcepts, {
  what: 'Alarms are in the Region and account of what they watch, and so is the log group whose warnings they count.',
  why: 'An alarm sees only metrics of its own Region and account: it would never have data.',
  check: ({ property, word, there, here }: { readonly property: string; readonly word: string; readonly there?: string; readonly here: string }) => (
    there === undefined || isToken(there) || isToken(here) || there === here ? undefined : {
      property, allowed: `the alarms are in ${here} and see metrics of their own ${word} only`, found: `in ${there}`, remedy: `create the alarms in a stack in ${there}`,
    }
  ),
});

/** The rule about the log group in which metric filters count. */
const LOG_GROUP_CLASS = ownRule('LogGroupClass', Level.ERROR, PAGES.metricFilters, {
  what: 'The log group whose warnings are counted has the class STANDARD.',
  why: 'CloudWatch Logs supports metric filters in log groups of this class only (read 2026-11-28).',
  check(logGroup: logs.ILogGroupRef) {
    const resource = [logGroup, logGroup.node.defaultChild].find((one) => logs.CfnLogGroup.isCfnLogGroup(one));
    const { logGroupClass } = resource ?? {};
    return logGroupClass === undefined || isToken(logGroupClass) || logGroupClass === logs.LogGroupClass.STANDARD ? undefined : {
      property: 'logGroup',
      allowed: `alarms can only count in log groups of class ${logs.LogGroupClass.STANDARD}`,
      found: `of class ${logGroupClass}`,
      remedy: 'use a log group of that class, or leave logGroup out and do without alarms on instances',
    };
  },
});

/** The rule about an alarm that silences those of a fleet and is in the stack of one of its functions. */
export const DEPLOYMENT_CYCLE = ownRule('DeploymentAlarmCycle', Level.ERROR, PAGES.apiCompositeAlarm, {
  what: 'An alarm that silences the fleet\'s alarms isn\'t in the stack of one of the fleet\'s functions.',
  why: 'The function\'s stack depends on the fleet\'s stack, which would depend on it in turn: neither could be deployed first.',
  check: ({ ofFunction, ofFleet }: { readonly ofFunction: string; readonly ofFleet: string }) => ({
    property: 'deploymentAlarm',
    allowed: `that stack depends on ${ofFleet}, and alarms there would depend on this one`,
    found: `in ${ofFunction}, which has a function of the fleet`,
    remedy: `put the alarm into ${ofFleet} or a stack of its own`,
  }),
});

/** The rule about the environments that each version keeps. Unknown minimums are absent. */
export const IDLE_FLEET = ownRule('NoDataAlarmOfIdleFunction', Level.ERROR, PAGES.scaling, {
  what: 'No alarm treats missing data as a problem if the fleet may be idle.',
  why: 'Without environments there are no instances and no metrics, so the alarm would fire whenever the fleet is idle.',
  check: (minimums: (number | undefined)[]) => (minimums.length === 0 || minimums.some((minimum) => minimum !== 0) ? undefined : {
    property: 'noData',
    allowed: 'each published version has minExecutionEnvironments 0, so the alarm would fire whenever the fleet is idle',
    found: 'set',
    remedy: 'leave noData out, or keep an environment of one version',
  }),
});

/** The rule about the number from which an alarm was computed, which must still make sense at synthesis. */
export const BASIS = ownRule('AlarmBasisChanged', Level.ERROR, PAGES.alarms, {
  what: 'The number behind an alarm doesn\'t become meaningless after the alarm was created.',
  why: 'The alarm would keep a threshold that no longer means anything.',
  check({ row: { basis, threshold }, watched, of }: { readonly row: AlarmRow; readonly watched: Watched; readonly of: string }) {
    const found = basis?.found(watched);
    return basis === undefined || isMeaningful(basis, found) ? undefined : {
      property: `${basis.property} of ${of}`,
      allowed: `must stay ${found === undefined ? 'known at synthesis' : `at least ${basis.least}`}: an alarm is computed from it by ${threshold}`,
      found: found ?? TOKEN,
      remedy: `set it before the alarms are created, or switch them off with ${threshold}: AlarmThreshold.off()`,
    };
  },
});

/** The rule about a stack with alarms of its functions. */
export const STACK_ROOM = ownRule('AlarmsExceedStack', Level.ERROR, PAGES.cloudFormationLimits, {
  what: 'The alarms of functions fit into the stacks of the functions.',
  why: 'CloudFormation refuses a template with more resources.',
  check({ stack, resources, alarms }: { readonly stack: string; readonly resources: number; readonly alarms: number }) {
    const most = CLOUDWATCH_LIMITS.stackResources;
    return resources <= most ? undefined : {
      property: 'perFunction',
      allowed: `must leave ${stack} with at most ${most} resources`,
      found: resources,
      statement: `With perFunction, ${stack} has ${resources} resources (${alarms} of them alarms of functions), but CloudFormation allows ${most}`,
      remedy: 'leave perFunction out, lower level, or split the stack',
    };
  },
});

/** The rule about the fleets that write to a log group in which alarms count. */
export const SHARED_LOG_GROUP = ownRule('LogGroupShared', Level.WARNING, PAGES.systemLogs, {
  what: 'A log group whose warnings are counted by alarms has the system logs of one fleet only.',
  why: 'Warnings are counted by level, so each fleet would count the other\'s warnings as well.',
  check: ({ logGroup, fleets }: { readonly logGroup: string; readonly fleets: number }) => (fleets < 2 ? undefined : {
    property: 'logGroup', allowed: `${fleets} fleets write to it, and each counts the warnings of the others`, found: logGroup, remedy: 'give each fleet a log group of its own',
  }),
});

/** The rule about alarms that are left out because the ceiling of the fleet is set at deployment. */
export const UNKNOWN_CEILING = ownRule('CeilingAlarmsLeftOut', Level.WARNING, PAGES.scaling, {
  what: 'The ceiling of a fleet with alarms is known at synthesis.',
  why: 'CloudFormation can\'t multiply, so alarms on a share of a ceiling that is set at deployment are left out, and nobody is notified when the fleet is full.',
  check({ fleet, thresholds, level }: { readonly fleet: FleetView; readonly thresholds: ThresholdTable; readonly level: AlarmLevel }) {
    const leftOut = ALARMS.filter((row) => row.needs === 'ceiling' && includes(level, row.level) && thresholds.get(row.threshold) !== undefined);
    return fleet.facts === undefined || fleet.ceiling !== undefined || leftOut.length === 0 ? undefined : {
      property: 'maxVCpuCount',
      allowed: `should be known at synthesis, for the alarms ${leftOut.map(({ id }) => id).join(' and ')}`,
      found: TOKEN,
      remedy: `give a number, or switch them off: ${leftOut.map(({ threshold }) => `${threshold}: AlarmThreshold.off()`).join(', ')}`,
    };
  },
});

/** Finds alarms that notify nobody, or that wake somebody without need. */
export const ADVICE: OwnRule<AddAlarmsOptions>[] = [
  ownRule('AlarmActions', Level.INFO, PAGES.alarms, {
    what: 'Alarms have actions that notify somebody.',
    why: 'Without an action, only people who look at CloudWatch or the dashboard see an alarm.',
    check: (options) => (hasActions(options) ? undefined : {
      property: 'actions', allowed: 'alarms should notify somebody', found: 'none', remedy: 'give actions, such as an SnsAction, or watch the dashboard',
    }),
  }),
  ownRule('AlarmTicketActions', Level.INFO, PAGES.alarms, {
    what: 'Alarms that can wait until morning have their own actions.',
    why: 'Otherwise they use the actions of urgent alarms, and wake the person on call.',
    check: (options) => (!hasActions(options) || options.ticketActions !== undefined ? undefined : {
      property: 'ticketActions', allowed: 'should be given', found: 'none', remedy: 'give ticketActions, or [] to notify nobody: without them, alarms that can wait use actions',
    }),
  }),
];

/** The descriptions of findings about alarms, by the moment at which they are checked. */
export const ALARM_RULES: Record<'call' | 'synthesis', RuleDescription[]> = {
  call: [...THRESHOLD_RULES, UNUSED_THRESHOLD, ...REQUEST_RULES, ELSEWHERE, LOG_GROUP_CLASS, DEPLOYMENT_CYCLE],
  synthesis: [IDLE_FLEET, BASIS, STACK_ROOM, SHARED_LOG_GROUP, UNKNOWN_CEILING, ...ADVICE],
};

/** Returns everything that is wrong with a request, at the call. */
export function requestFindings(request: AlarmRequest): Finding[] {
  const given = givenThresholds(request.props);
  return [
    ...given.flatMap((threshold) => findingsOf(THRESHOLD_RULES, threshold)),
    ...given.flatMap((threshold) => findingsOf(UNUSED_THRESHOLD, { ...threshold, request })),
    ...findingsOf(REQUEST_RULES, request),
  ];
}

/** Checks that alarms in a stack can see data of a fleet, and of the log group in which they count. */
export function placeFindings(fleet: ResourceEnvironment, logGroup: logs.ILogGroupRef | undefined, stack: ResourceEnvironment): Finding[] {
  const places = [{ property: 'capacityProvider', place: fleet }, ...logGroup ? [{ property: 'logGroup', place: logGroup.env }] : []];
  return [
    ...places.flatMap(({ property, place }) => [
      ...findingsOf(ELSEWHERE, { property, word: 'Region', there: place.region, here: stack.region }),
      ...findingsOf(ELSEWHERE, { property, word: 'account', there: place.account, here: stack.account }),
    ]),
    ...logGroup ? findingsOf(LOG_GROUP_CLASS, logGroup) : [],
  ];
}

function hasActions({ actions = [], ticketActions = [], infoActions = [] }: AddAlarmsOptions): boolean {
  return actions.length + ticketActions.length + infoActions.length > 0;
}

/** Whether the metric, which ranges from 0 to `most`, can be on both sides of the value. */
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

/** Returns a level as the caller writes it. */
function inCode(level: AlarmLevel): string {
  return `AlarmLevel.${level.toUpperCase()}`;
}
