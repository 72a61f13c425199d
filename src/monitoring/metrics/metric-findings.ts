/** Finds requests for metrics that can't be measured. */
import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { METRIC_PERIOD } from './metric-names';
import { AttachTarget } from '../../judging/attach-target';
import { isToken } from '../../reading/constructs/token';
import { OwnRule, ownRule } from '../../rules/own-rule';
import { Level } from '../../rules/rule';
import { PAGES } from '../../service/pages';

/** The options with which a metric is requested. */
export interface AskedMetric {
  /** The period in which Lambda publishes the metric, by default that of managed instances. */
  readonly published?: Duration;
  readonly period?: Duration;
  readonly version?: string;
  /** The property that gave the version. */
  readonly versionProperty?: string;
  readonly resourceDimension?: boolean;
  readonly target?: AttachTarget;
  readonly instanceType?: string;
  /** The statistic of a query over several series. */
  readonly queryStatistic?: string;
  /** The given options that a query can't have. */
  readonly withoutPlace?: string[];
  /** The numbers from which the metric is computed, by the property that gave them. */
  readonly amounts?: Record<string, number>;
}

/** The versions to watch, and the functions on the provider. */
export interface WatchedVersions {
  readonly versions: readonly lambda.IVersion[];
  readonly functions: readonly lambda.IFunctionRef[];
  /** Returns a key for a function, however it is given. */
  readonly idOf: (fn: lambda.IFunctionRef) => unknown;
}

/** Matches a name such as `c7g.xlarge`, but no pattern. */
const INSTANCE_TYPE = /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/;

/** The statistics that Metrics Insights has. */
const QUERY_STATISTICS = ['Average', 'Sum', 'Maximum', 'Minimum', 'SampleCount'];

/** Each rule about a request for a metric. */
export const METRIC_RULES: OwnRule<AskedMetric>[] = [
  ownRule('MetricPeriodTooShort', Level.ERROR, PAGES.metrics, {
    what: 'The period of a metric is at least the period in which AWS publishes it.',
    why: 'With a shorter period most data points are missing, and so an alarm has no data most of the time.',
    check({ published = METRIC_PERIOD, period }) {
      const least = published.toSeconds();
      return !period || period.isUnresolved() || period.toSeconds() >= least ? undefined : {
        property: 'period',
        allowed: `Lambda publishes this metric every ${least} seconds`,
        found: `${period.toSeconds()} seconds`,
        remedy: `leave period out, or raise it to ${least} seconds`,
      };
    },
  }),
  ownRule('MetricOfAlias', Level.ERROR, PAGES.metrics, {
    what: 'Execution environments are measured for a function and a version.',
    why: 'Environments belong to a version. CloudWatch has no series under the name of an alias.',
    check: ({ target }) => (target !== AttachTarget.ALIAS && target !== AttachTarget.VERSION ? undefined : {
      property: 'fn', allowed: 'must be the function itself', found: target, remedy: 'pass the function, and the number of a version as `version`',
    }),
  }),
  ownRule('MetricVersion', Level.ERROR, PAGES.metrics, {
    what: 'The version to measure is a number or $LATEST.PUBLISHED.',
    why: 'Environments belong to a version: CloudWatch has no series under the name of an alias, nor of $LATEST, which has no environments.',
    check({ version, versionProperty: property = 'version', resourceDimension = true }) {
      if (version === undefined) return undefined;
      if (!resourceDimension) {
        return {
          property,
          allowed: 'with resourceDimension false all versions are measured together',
          found: isToken(version) ? 'a token' : version,
          remedy: `leave out ${property} or resourceDimension`,
        };
      }
      const isAlias = /^[A-Za-z_-][\w-]*$/.test(version);
      return isToken(version) || /^([1-9]\d*|\$LATEST\.PUBLISHED)$/.test(version) ? undefined : {
        property,
        allowed: 'must be the number of a version, or $LATEST.PUBLISHED',
        found: version || 'empty',
        remedy: `use the number of ${isAlias ? `the version that ${version} points to` : 'a version'}, or leave ${property} out`,
      };
    },
  }),
  ownRule('MetricInstanceType', Level.ERROR, PAGES.metrics, {
    what: 'The instance type to measure is a single one, by its exact name.',
    why: 'CloudWatch has no series under a pattern: graphs would be empty and alarms silent.',
    check: ({ instanceType: type }) => (type === undefined || isToken(type) || INSTANCE_TYPE.test(type) ? undefined : {
      property: 'instanceType',
      allowed: 'must be the exact name of an instance type',
      found: `"${type}"`,
      remedy: 'write it like c7g.xlarge, or leave instanceType out to measure all types',
    }),
  }),
  ownRule('MetricStatistic', Level.ERROR, PAGES.metricsInsights, {
    what: 'A query over all instance types uses a statistic that Metrics Insights has.',
    why: 'CloudWatch refuses the query, since Metrics Insights has no percentiles.',
    // A query has the statistic in its text under another name, so a token isn't possible.
    check: ({ queryStatistic: statistic }) => (statistic === undefined || QUERY_STATISTICS.includes(statistic) ? undefined : {
      property: 'statistic',
      allowed: `without instanceType it must be ${QUERY_STATISTICS.slice(0, -1).join(', ')} or ${QUERY_STATISTICS.slice(-1)}`,
      found: isToken(statistic) ? 'a token' : statistic,
      remedy: 'use one of these, or set instanceType',
    }),
  }),
  ownRule('MetricOption', Level.ERROR, PAGES.metricsInsights, {
    what: 'A query over all instance types takes none of the options that only a plain metric has.',
    why: 'It would be ignored silently.',
    check({ withoutPlace = [] }) {
      const given = withoutPlace.join(' and ');
      return given === '' ? undefined : {
        property: given,
        allowed: 'without instanceType the metric is a query, which takes neither dimensions nor such options',
        found: 'set',
        verb: withoutPlace.length > 1 ? 'are' : 'is',
        remedy: `leave ${given} out, or set instanceType`,
      };
    },
  }),
  ownRule('MetricAmount', Level.ERROR, PAGES.metricMath, {
    what: 'The numbers in a metric\'s expression are above 0.',
    why: 'CloudWatch would divide by zero, or compare with a count that is never reached, and the graph would be empty.',
    check({ amounts = {} }) {
      const [name, found] = Object.entries(amounts).find(([, amount]) => !isToken(amount) && !(amount > 0 && amount < Infinity)) ?? [];
      return name === undefined || found === undefined ? undefined : {
        property: name,
        allowed: 'must be a number above 0',
        found,
        remedy: `use a number above 0${name === 'minimumVolume' ? `, or leave ${name} out` : ''}`,
      };
    },
  }),
];

/** The rule about versions to watch: they belong to functions on the provider, at most one per function. */
export const WATCHED_VERSIONS = ownRule('AlarmVersions', Level.ERROR, PAGES.metrics, {
  what: 'Versions to watch belong to functions on the capacity provider, at most one per function.',
  why: 'No alarm would be created for the others.',
  check({ versions, functions, idOf }: WatchedVersions) {
    const known = functions.map(idOf);
    const ofFunction = versions.map((version) => idOf(version.lambda));
    const isElsewhere = (fn: unknown) => fn === undefined || !known.includes(fn);
    const paths = (isWrong: (fn: unknown, i: number) => boolean) => versions.filter((_, i) => isWrong(ofFunction[i], i)).map(({ node }) => node.path);
    const found = [
      ...paths(isElsewhere).map((path) => `${path} of another function`),
      ...paths((fn, i) => !isElsewhere(fn) && ofFunction.indexOf(fn) !== i).map((path) => `${path} of a function that is listed twice`),
    ];
    return found.length === 0 ? undefined : {
      property: 'versions',
      verb: 'has',
      allowed: 'takes one version of each function on the capacity provider',
      found: found.join(', '),
      remedy: 'attach the function, or leave the version out',
    };
  },
});
