import { AttachTarget } from './facts/attach-facts';
import {
  AlarmRequestFacts, MetricFacts, NoDataFacts, StackRoomFacts, ThresholdFacts, WatchedVersionsFacts,
} from './facts/monitoring-facts';
import { Level, Rule } from './rule';

const METRICS_PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-monitoring-metrics.html';

/** Those of Metrics Insights. */
const QUERY_STATISTICS = ['Average', 'Sum', 'Maximum', 'Minimum', 'SampleCount'];

/** Each rule about a metric of managed instances that somebody asks for. */
export const METRIC_RULES: Rule<MetricFacts>[] = [
  {
    code: 'MetricPeriodTooShort',
    level: Level.ERROR,
    what: 'A metric of managed instances is read over its period of publication or longer.',
    why: 'A shorter period has gaps, and an alarm on it has no data most of the time.',
    source: METRICS_PAGE,
    check({ period, published }, { term }) {
      if (period === undefined || period >= published) return undefined;
      return {
        property: term('period'),
        allowed: `must be at least ${published} seconds, how often Lambda publishes this metric`,
        found: period,
        remedy: `leave ${term('period')} out, or raise it to ${published} seconds`,
      };
    },
  },
  {
    code: 'MetricOfAlias',
    level: Level.ERROR,
    what: 'Execution environments are measured for a function and a version.',
    why: 'Environments belong to a version; CloudWatch has no series under the name of an alias.',
    source: METRICS_PAGE,
    check({ target }) {
      if (target !== AttachTarget.ALIAS && target !== AttachTarget.VERSION) return undefined;
      return { property: 'fn', allowed: 'must be the function', found: target, remedy: 'pass the function, and a version\'s number as `version`' };
    },
  },
  {
    code: 'MetricVersion',
    level: Level.ERROR,
    what: 'The version to measure is a number or $LATEST.PUBLISHED, and CloudWatch knows it.',
    why: 'Environments belong to a version: CloudWatch has no series under the name of an alias, nor of $LATEST, which has no environments.',
    source: METRICS_PAGE,
    check({ version, versionProperty, hasVersion }, { term }) {
      const property = term(versionProperty);
      if (version === undefined) return undefined;
      if (!hasVersion) {
        return {
          property,
          allowed: `must be left out where ${term('resourceDimension')} is false: then all versions are measured together`,
          found: version,
          remedy: `leave out ${property} or ${term('resourceDimension')}`,
        };
      }
      if (/^([1-9]\d*|\$LATEST\.PUBLISHED)$/.test(version)) return undefined;
      const isAlias = /^[A-Za-z_-][\w-]*$/.test(version);
      return {
        property,
        allowed: 'must be the number of a version, or $LATEST.PUBLISHED',
        found: version || 'nothing',
        remedy: `give the number of ${isAlias ? `the version that ${version} points to` : 'a version'}, or leave ${property} out`,
      };
    },
  },
  {
    code: 'MetricInstanceType',
    level: Level.ERROR,
    what: 'The instance type to measure is one, by its exact name.',
    why: 'CloudWatch has no series under a pattern: graphs would be empty, and alarms silent.',
    source: METRICS_PAGE,
    check({ instanceType }, { term }) {
      if (instanceType === undefined || /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(instanceType)) return undefined;
      return {
        property: term('instanceType'),
        allowed: 'must be the exact name of an instance type',
        found: `"${instanceType}"`,
        remedy: `write it like c7g.xlarge, or leave ${term('instanceType')} out to measure all types`,
      };
    },
  },
  {
    code: 'MetricStatistic',
    level: Level.ERROR,
    what: 'A query over all instance types asks for a statistic that queries have.',
    why: 'CloudWatch refuses the query: Metrics Insights has no percentiles.',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html',
    check({ queryStatistic }, { term }) {
      if (queryStatistic === undefined || QUERY_STATISTICS.includes(queryStatistic)) return undefined;
      return {
        property: term('statistic'),
        allowed: `must be ${QUERY_STATISTICS.slice(0, -1).join(', ')} or ${QUERY_STATISTICS.slice(-1)} where no ${term('instanceType')} is given`,
        found: queryStatistic,
        remedy: `choose one of them, or measure one ${term('instanceType')}`,
      };
    },
  },
  {
    code: 'MetricOption',
    level: Level.ERROR,
    what: 'A query over all instance types is given no option that belongs to a plain metric.',
    why: 'It would be ignored without a word.',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html',
    check({ withoutPlace }, { term }) {
      if (withoutPlace.length === 0) return undefined;
      const given = withoutPlace.map(term).join(', ');
      return {
        property: given,
        allowed: `must be left out where no ${term('instanceType')} is given: the metric is a query then`,
        found: 'a value',
        remedy: `leave ${given} out, or measure one ${term('instanceType')}`,
      };
    },
  },
  {
    code: 'MetricAmount',
    level: Level.ERROR,
    what: 'Numbers that a metric is computed with are above 0.',
    why: 'CloudWatch would divide by it, or compare with what no request count reaches: the graph would be empty.',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html',
    check({ amounts }, { term }) {
      const wrong = amounts.find(([, amount]) => !(amount > 0 && amount < Infinity));
      if (!wrong) return undefined;
      const [name, amount] = wrong;
      return { property: term(name), allowed: 'must be a number above 0', found: amount, remedy: `give a number above 0${name === 'minimumVolume' ? `, or leave ${term(name)} out` : ''}` };
    },
  },
];

/** Each rule about the threshold of an alarm. */
export const THRESHOLD_RULES: Rule<ThresholdFacts>[] = [
  {
    code: 'AlarmThresholdRange',
    level: Level.ERROR,
    what: 'A threshold is one that the metric can cross.',
    why: 'An alarm that can\'t fire, or can\'t stop, looks like one that watches.',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html',
    check({ name, value, unit, most }, { term }) {
      if (value === undefined || (value >= 0 && value < most)) return undefined;
      return {
        property: term(name),
        allowed: most === Infinity ? `must be at least 0 ${unit}`.trim() : `must be 0 to less than ${most} ${unit}`,
        found: value,
        remedy: 'choose a number in between, or switch the alarm off with AlarmThreshold.off()',
      };
    },
  },
  {
    code: 'AlarmThresholdDirection',
    level: Level.ERROR,
    what: 'A threshold lies on the side on which the metric is bad.',
    why: 'The alarm would fire in good times and be silent in bad ones.',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html',
    check({ name, direction, bad }, { term }) {
      if (direction === undefined || direction === bad) return undefined;
      return { property: term(name), allowed: `must be AlarmThreshold.${bad}(…)`, found: `AlarmThreshold.${direction}(…)`, remedy: `write AlarmThreshold.${bad}(…)` };
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
        allowed: 'must be off where each function has minExecutionEnvironments 0',
        found: 'an alarm',
        remedy: `leave ${term('noData')} out, or keep an environment of one function`,
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
    check({ underUtilisedTypes: types, mostTypes }, { term }) {
      const patterns = types?.filter((type) => type.includes('*')) ?? [];
      if (types === undefined || (patterns.length === 0 && types.length > 0 && types.length <= mostTypes)) return undefined;
      return {
        property: term('instanceTypes'),
        allowed: `must be 1 to ${mostTypes} exact names of instance types where ${term('underUtilised')} is set`,
        found: patterns.length > 0 ? patterns.join(', ') : (types.length || 'none'),
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
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_CompositeAlarm.html',
    check({ deploymentAlarm, level, silencedLevels }, { term }) {
      if (!deploymentAlarm || silencedLevels.includes(level)) return undefined;
      return {
        property: term('level'),
        allowed: `must be ${silencedLevels.join(' or ')}, which have composite alarms, where ${term('deploymentAlarm')} is set`,
        found: level,
        remedy: `raise ${term('level')}, or leave ${term('deploymentAlarm')} out`,
      };
    },
  },
];

/** Each rule about the versions that alarms of functions watch. */
export const WATCHED_VERSION_RULES: Rule<WatchedVersionsFacts>[] = [
  {
    code: 'AlarmVersions',
    level: Level.ERROR,
    what: 'Versions to watch are of functions on the capacity provider, one of each.',
    why: 'No alarm would be made of the others.',
    source: METRICS_PAGE,
    check({ elsewhere, repeated }, { term }) {
      const found = [...elsewhere.map((path) => `${path} of another function`), ...repeated.map((path) => `${path} of a function twice`)];
      if (found.length === 0) return undefined;
      return {
        property: term('versions'),
        allowed: 'must be of functions on the capacity provider, one of each',
        found: found.join(', '),
        remedy: `attach the function, or take the version out of ${term('versions')}`,
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
