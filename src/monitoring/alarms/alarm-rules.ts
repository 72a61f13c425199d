import { isKnown } from '../../reading/fact';
import { Level, Rule } from '../../rules/rule';
import {
  AlarmBasisFacts, AlarmObstacle, AlarmRequestFacts, DeploymentAlarmFacts, NoDataFacts, StackRoomFacts, ThresholdFacts, ThresholdUseFacts,
} from '../metrics/monitoring-facts';

const ALARMS_PAGE = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html';
const COMPOSITE_API = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_CompositeAlarm.html';
const METRICS_PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-monitoring-metrics.html';

/** What a value is called that deployment fills in. */
const TOKEN = 'a token';

/** `c7g.xlarge`, not a pattern and not a word. */
const INSTANCE_TYPE = /^[a-z0-9-]+\.[a-z0-9-]+$/;

/** Each rule about the threshold of an alarm. */
export const THRESHOLD_RULES: Rule<ThresholdFacts>[] = [
  {
    code: 'AlarmThresholdRange',
    level: Level.ERROR,
    what: 'A threshold is one that the metric can cross, on the side on which it is bad.',
    why: 'An alarm that can\'t fire, or can\'t stop, looks like one that watches.',
    source: ALARMS_PAGE,
    check(facts, { term }) {
      const { name, value } = facts;
      if (value === undefined || canCross(value, facts)) return undefined;
      return {
        property: term(name),
        allowed: rangeOf(facts),
        found: value,
        remedy: 'choose a number that the metric can cross, or switch the alarm off with AlarmThreshold.off()',
      };
    },
  },
  {
    code: 'AlarmThresholdUnknown',
    level: Level.ERROR,
    what: 'A threshold that is a share of another number is known at synthesis.',
    why: 'CloudFormation doesn\'t multiply: the alarm would have a threshold that nobody chose.',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html',
    check({ name, value, shareOf }, { term }) {
      if (shareOf === undefined || value !== undefined) return undefined;
      return {
        property: term(name),
        allowed: `must be known at synthesis, as a share of ${term(shareOf)}`,
        found: TOKEN,
        remedy: 'give a number',
      };
    },
  },
  {
    code: 'AlarmThresholdDirection',
    level: Level.ERROR,
    what: 'A threshold lies on the side on which the metric is bad.',
    why: 'The alarm would fire in good times and be silent in bad ones.',
    source: ALARMS_PAGE,
    check({ name, direction, bad }, { term }) {
      if (direction === bad) return undefined;
      return { property: term(name), allowed: `must be AlarmThreshold.${bad}(…)`, found: `AlarmThreshold.${direction}(…)`, remedy: `write AlarmThreshold.${bad}(…)` };
    },
  },
];

/** What the alarm of a threshold lacks, and what to do about it. */
const OBSTACLES: Record<AlarmObstacle, { readonly allowed: string; readonly found?: string; readonly remedy: string }> = {
  [AlarmObstacle.LEVEL]: { allowed: 'needs a level that includes its alarm', remedy: 'raise level' },
  [AlarmObstacle.PER_FUNCTION]: { allowed: 'needs perFunction, since its alarm watches single functions', found: 'none', remedy: 'set perFunction' },
  [AlarmObstacle.LOG_GROUP]: { allowed: 'needs the log group of the system logs', found: 'none', remedy: 'give logGroup' },
  [AlarmObstacle.CEILING]: {
    allowed: 'needs a maxVCpuCount that is known at synthesis', found: 'one that isn\'t', remedy: 'give it as a number to a provider that this app makes',
  },
};

/** Each rule about a threshold and the alarm that it is for. */
export const THRESHOLD_USE_RULES: Rule<ThresholdUseFacts>[] = [
  {
    code: 'AlarmThresholdUnused',
    level: Level.ERROR,
    what: 'A threshold that is set is that of an alarm that is made.',
    why: 'Nothing would be watched, and nothing would tell so.',
    source: METRICS_PAGE,
    check({ name, obstacle, level }, { term }) {
      if (obstacle === undefined) return undefined;
      const { allowed, found, remedy } = OBSTACLES[obstacle];
      return { property: term(name), allowed, found: found ?? level, remedy: `${remedy}, or leave ${term(name)} out` };
    },
  },
];

/** Each rule about an alarm that fires where there is no data. */
export const NO_DATA_RULES: Rule<NoDataFacts>[] = [
  {
    code: 'NoDataAlarmOfIdleFunction',
    level: Level.ERROR,
    what: 'Nothing waits for data of a fleet that may have none.',
    why: 'With no environment there is no instance and no metric: the alarm would fire whenever the fleet is idle.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html',
    check({ minimums }, { term }) {
      if (minimums.length === 0 || minimums.some((minimum) => minimum !== 0)) return undefined;
      return {
        property: term('noData'),
        allowed: 'must be off where each published version has minExecutionEnvironments 0',
        found: 'an alarm',
        remedy: `leave ${term('noData')} out, or keep an environment of one version`,
      };
    },
  },
];

/** Each rule about alarms that not every fleet can have. */
export const ALARM_REQUEST_RULES: Rule<AlarmRequestFacts>[] = [
  {
    code: 'UnderUtilisedTypes',
    level: Level.ERROR,
    what: 'An alarm on a day of little use names the instance types that it watches.',
    why: 'Queries that find the types look back three hours only, so each type needs an alarm of its own.',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html',
    check({ underUtilisedTypes: types, mostTypes, hasTypes }, { term }) {
      if (types === undefined) {
        return hasTypes ? {
          property: term('instanceTypes'),
          allowed: `must be left out where ${term('underUtilised')} isn't set, which alone watches them`,
          found: 'types',
          remedy: `leave ${term('instanceTypes')} out, or set ${term('underUtilised')}`,
        } : undefined;
      }
      const wrong = types.flatMap((type) => (isKnown(type) && INSTANCE_TYPE.test(type) ? [] : [isKnown(type) ? type || '""' : TOKEN]));
      if (wrong.length === 0 && types.length > 0 && types.length <= mostTypes) return undefined;
      return {
        property: term('instanceTypes'),
        allowed: `must be 1 to ${mostTypes} exact names of instance types where ${term('underUtilised')} is set`,
        found: wrong.length > 0 ? wrong.join(', ') : (types.length || 'none'),
        remedy: `name the types that the dashboard shows, or leave ${term('underUtilised')} out`,
      };
    },
  },
  {
    code: 'InstanceChurnLogGroup',
    level: Level.ERROR,
    what: 'An alarm on unusual launches comes with the log group of the system logs.',
    why: 'Launches are counted in the system logs; nothing else tells of them.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-monitoring-system-logs.html',
    check({ instanceChurn, hasLogGroup }, { term }) {
      if (!instanceChurn || hasLogGroup) return undefined;
      return {
        property: term('logGroup'),
        allowed: `must be given where ${term('instanceChurn')} is set`,
        found: 'none',
        remedy: `give the log group of the capacity provider, or leave ${term('instanceChurn')} out`,
      };
    },
  },
  {
    code: 'DeploymentAlarmUnused',
    level: Level.ERROR,
    what: 'An alarm that silences composite alarms comes with composite alarms.',
    why: 'CloudWatch can silence composite alarms only: it would silence nothing.',
    source: COMPOSITE_API,
    check({ deploymentAlarm, level, silencedLevels, hasComposites }, { term }) {
      if (!deploymentAlarm || hasComposites) return undefined;
      if (silencedLevels.includes(level)) {
        return {
          property: term('deploymentAlarm'),
          allowed: 'needs composite alarms: of throttles with a ceiling or system logs, or of functions',
          found: 'none',
          remedy: `switch on what they are made of, set ${term('perFunction')}, or leave ${term('deploymentAlarm')} out`,
        };
      }
      return {
        property: term('level'),
        allowed: `must be ${silencedLevels.join(' or ')}, which have composite alarms, where ${term('deploymentAlarm')} is set`,
        found: level,
        remedy: `raise ${term('level')}, or leave ${term('deploymentAlarm')} out`,
      };
    },
  },
  {
    code: 'AlarmVersionsUnused',
    level: Level.ERROR,
    what: 'Versions to watch come with alarms of single functions, on metrics that name the version.',
    why: 'Alarms over all functions watch all versions: the choice would be of no effect.',
    source: METRICS_PAGE,
    check({ hasVersions, perFunction, resourceDimension }, { term }) {
      if (!hasVersions || (perFunction && resourceDimension)) return undefined;
      return {
        property: term('versions'),
        allowed: `needs ${perFunction ? 'metrics with the dimension Resource, which names the version' : `${term('perFunction')}: without it all versions are watched`}`,
        found: perFunction ? `${term('resourceDimension')} false` : 'none',
        remedy: `${perFunction ? `leave ${term('resourceDimension')} out` : `set ${term('perFunction')}`}, or leave ${term('versions')} out`,
      };
    },
  },
  {
    code: 'AlarmVersionNumber',
    level: Level.ERROR,
    what: 'Versions to watch are numbered.',
    why: 'There are no environments of $LATEST, and those of $LATEST.PUBLISHED are watched where no version is given.',
    source: METRICS_PAGE,
    check({ versions }, { term }) {
      const wrong = versions.filter((version) => !/^[1-9]\d*$/.test(version));
      if (wrong.length === 0) return undefined;
      return {
        property: term('versions'),
        allowed: 'must have numbers, from 1',
        found: wrong.map((version) => version || '""').join(', '),
        remedy: 'give fn.currentVersion or another published version, or leave the function\'s out to watch $LATEST.PUBLISHED',
      };
    },
  },
  {
    code: 'AlarmCpuMetricName',
    level: Level.ERROR,
    what: 'The metric of CPU utilisation has a name that a query takes.',
    why: 'CloudWatch refuses the alarm.',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html',
    check({ cpuMetricName: name }, { term }) {
      if (name === undefined || /^[A-Za-z]\w*$/.test(name)) return undefined;
      return {
        property: term('cpuMetricName'),
        allowed: 'must be letters, digits and _, from a letter on',
        found: `"${name}"`,
        remedy: `give the name as CloudWatch has it, or leave ${term('cpuMetricName')} out`,
      };
    },
  },
  {
    code: 'AlarmRunbookUrl',
    level: Level.ERROR,
    what: 'The address of runbooks is one, and leaves room for the rest of a description.',
    why: 'Who is woken finds no instructions; CloudWatch takes 1024 characters.',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
    check({ runbookUrl, longestRunbookUrl: most }, { term }) {
      if (runbookUrl === undefined || (/^https?:\/\/[^\s/]+\S*$/.test(runbookUrl) && runbookUrl.length <= most)) return undefined;
      return {
        property: term('runbookUrl'),
        allowed: `must be an address that begins with https:// or http://, without spaces, of at most ${most} characters`,
        found: runbookUrl.length > most ? `${runbookUrl.length} characters` : `"${runbookUrl}"`,
        remedy: `give the address of your runbooks, or leave ${term('runbookUrl')} out`,
      };
    },
  },
];

/** Each rule about the place of an alarm that silences others. */
export const DEPLOYMENT_ALARM_RULES: Rule<DeploymentAlarmFacts>[] = [
  {
    code: 'DeploymentAlarmCycle',
    level: Level.ERROR,
    what: 'An alarm that silences alarms of the fleet isn\'t in a stack of a function of the fleet.',
    why: 'The stack of the function depends on that of the fleet, which would depend on it: neither can be deployed first.',
    source: COMPOSITE_API,
    check({ stackOfFunction, stackOfFleet }, { term }) {
      if (stackOfFunction === undefined) return undefined;
      return {
        property: term('deploymentAlarm'),
        allowed: `must not be in a stack that depends on ${stackOfFleet}, where alarms would depend on it`,
        found: `an alarm in ${stackOfFunction}, which has a function of the fleet`,
        remedy: `put the alarm into ${stackOfFleet} or a stack of its own`,
      };
    },
  },
];

/** Each rule about what alarms were computed from. */
export const ALARM_BASIS_RULES: Rule<AlarmBasisFacts>[] = [
  {
    code: 'AlarmBasisChanged',
    level: Level.ERROR,
    what: 'The number that an alarm is computed from doesn\'t change, after the alarm is made, to one that makes it meaningless.',
    why: 'The alarm would keep a threshold that means nothing any more.',
    source: ALARMS_PAGE,
    check({ threshold, property, of, found, least }, { term }) {
      if (found !== undefined && found >= least) return undefined;
      return {
        property: `${term(property)} of ${of}`,
        allowed: `must stay ${found === undefined ? 'known at synthesis' : `at least ${least}`}: an alarm is computed from it by ${term(threshold)}`,
        found: found ?? TOKEN,
        remedy: `set it before the alarms are made, or switch them off with ${term(threshold)}: AlarmThreshold.off()`,
      };
    },
  },
];

/** Each rule about the room for alarms in a stack. */
export const STACK_ROOM_RULES: Rule<StackRoomFacts>[] = [
  {
    code: 'AlarmsExceedStack',
    level: Level.ERROR,
    what: 'The alarms of functions fit into the stacks of the functions.',
    why: 'CloudFormation refuses a template with more resources.',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
    check({ stack, resources, alarms, most }, { term }) {
      if (resources <= most) return undefined;
      return {
        property: term('perFunction'),
        allowed: `must leave ${stack} with at most ${most} resources`,
        found: `${resources}, of which ${alarms} are alarms of functions`,
        remedy: `leave ${term('perFunction')} out, lower ${term('level')}, or split the stack`,
      };
    },
  },
];

/** Whether the metric, which is 0 to the most, can be on both sides of a value. */
function canCross(value: number, { bad, most, isWidth }: ThresholdFacts): boolean {
  if (!Number.isFinite(value)) return false;
  if (isWidth) return value > 0;
  return bad === 'above' ? value >= 0 && value < most : value > 0 && value <= most;
}

function rangeOf({ bad, most, isWidth, unit }: ThresholdFacts): string {
  const fromZero = bad === 'above' && !isWidth;
  if (most === Infinity) return `must be a finite number ${fromZero ? 'of at least' : 'above'} 0 ${unit}`.trim();
  return fromZero ? `must be 0 to less than ${most} ${unit}` : `must be above 0, and at most ${most} ${unit}`;
}
