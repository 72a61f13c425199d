import { MetricFacts, WatchedVersionsFacts } from './monitoring-facts';
import { AttachTarget } from '../../rules/function/attach-facts';
import { Level, Rule } from '../../rules/rule';

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
