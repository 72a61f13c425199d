/** Finds requests for metrics that can't be measured. */
import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AttachTarget } from '../../judging/attach-target';
import { isToken } from '../../reading/constructs/token';
import { Finding, findingOf } from '../../rules/findings';
import { descriptions, Level, Violation } from '../../rules/rule';
import { PAGES } from '../../service/pages';

/** The descriptions of findings about requested metrics. */
export const METRIC_FINDINGS = descriptions({
  MetricPeriodTooShort: {
    level: Level.ERROR,
    what: 'The period of a metric is at least the period in which AWS publishes it.',
    why: 'With a shorter period most data points are missing, and so an alarm has no data most of the time.',
    source: PAGES.metrics,
  },
  MetricOfAlias: {
    level: Level.ERROR,
    what: 'Execution environments are measured for a function and a version.',
    why: 'Environments belong to a version. CloudWatch has no series under the name of an alias.',
    source: PAGES.metrics,
  },
  MetricVersion: {
    level: Level.ERROR,
    what: 'The version to measure is a number or $LATEST.PUBLISHED.',
    why: 'Environments belong to a version: CloudWatch has no series under the name of an alias, nor of $LATEST, which has no environments.',
    source: PAGES.metrics,
  },
  MetricInstanceType: {
    level: Level.ERROR,
    what: 'The instance type to measure is a single one, by its exact name.',
    why: 'CloudWatch has no series under a pattern: graphs would be empty and alarms silent.',
    source: PAGES.metrics,
  },
  MetricStatistic: {
    level: Level.ERROR,
    what: 'A query over all instance types uses a statistic that Metrics Insights has.',
    why: 'CloudWatch refuses the query, since Metrics Insights has no percentiles.',
    source: PAGES.metricsInsights,
  },
  MetricOption: {
    level: Level.ERROR,
    what: 'A query over all instance types takes none of the options that only a plain metric has.',
    why: 'It would be ignored silently.',
    source: PAGES.metricsInsights,
  },
  MetricAmount: {
    level: Level.ERROR,
    what: 'The numbers in a metric\'s expression are above 0.',
    why: 'CloudWatch would divide by zero, or compare with a count that is never reached, and the graph would be empty.',
    source: PAGES.metricMath,
  },
  AlarmVersions: {
    level: Level.ERROR,
    what: 'Versions to watch belong to functions on the capacity provider, at most one per function.',
    why: 'No alarm would be created for the others.',
    source: PAGES.metrics,
  },
});

type Code = keyof typeof METRIC_FINDINGS;

/** The options with which a metric is requested. */
export interface AskedMetric {
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

/** Matches a name such as `c7g.xlarge`, but no pattern. */
const INSTANCE_TYPE = /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/;

/** The statistics that Metrics Insights has. */
const QUERY_STATISTICS = ['Average', 'Sum', 'Maximum', 'Minimum', 'SampleCount'];

/** Returns everything that is wrong with a request for a metric. `published` is the period in which Lambda publishes it. */
export function metricFindings(published: Duration, asked: AskedMetric): Finding[] {
  const violations: [Code, Violation | undefined][] = [
    ['MetricPeriodTooShort', shortPeriod(published, asked)],
    ['MetricOfAlias', aliasAsked(asked)],
    ['MetricVersion', unknownVersion(asked)],
    ['MetricInstanceType', unknownType(asked)],
    ['MetricStatistic', unknownStatistic(asked)],
    ['MetricOption', optionWithoutPlace(asked)],
    ['MetricAmount', impossibleAmount(asked)],
  ];
  return violations.flatMap(([code, violation]) => (violation ? [findingOf(METRIC_FINDINGS[code], violation)] : []));
}

/**
 * Checks that versions to watch belong to functions on the provider, at most one per function. `idOf` returns a key for a function, however it is
 * given.
 */
export function watchedVersionsFindings(
  versions: readonly lambda.IVersion[], functions: readonly lambda.IFunctionRef[], idOf: (fn: lambda.IFunctionRef) => unknown,
): Finding[] {
  const known = functions.map(idOf);
  const ofFunction = versions.map((version) => idOf(version.lambda));
  const isElsewhere = (fn: unknown) => fn === undefined || !known.includes(fn);
  const paths = (isWrong: (fn: unknown, i: number) => boolean) => versions.filter((_, i) => isWrong(ofFunction[i], i)).map(({ node }) => node.path);
  const found = [
    ...paths(isElsewhere).map((path) => `${path} of another function`),
    ...paths((fn, i) => !isElsewhere(fn) && ofFunction.indexOf(fn) !== i).map((path) => `${path} of a function that is there twice`),
  ];
  return found.length === 0 ? [] : [findingOf(METRIC_FINDINGS.AlarmVersions, {
    property: 'versions',
    verb: 'has',
    allowed: 'takes one version of each function on the capacity provider',
    found: found.join(', '),
    remedy: 'attach the function, or leave the version out',
  })];
}

function shortPeriod(published: Duration, { period }: AskedMetric): Violation | undefined {
  const least = published.toSeconds();
  if (!period || period.isUnresolved() || period.toSeconds() >= least) return undefined;
  return {
    property: 'period',
    allowed: `Lambda publishes this metric every ${least} seconds`,
    found: `${period.toSeconds()} seconds`,
    remedy: `leave period out, or raise it to ${least} seconds`,
  };
}

function aliasAsked({ target }: AskedMetric): Violation | undefined {
  if (target !== AttachTarget.ALIAS && target !== AttachTarget.VERSION) return undefined;
  return { property: 'fn', allowed: 'must be the function itself', found: target, remedy: 'pass the function, and the number of a version as `version`' };
}

function unknownVersion({ version, versionProperty: property = 'version', resourceDimension = true }: AskedMetric): Violation | undefined {
  if (version === undefined) return undefined;
  if (!resourceDimension) {
    return {
      property,
      allowed: 'with resourceDimension false all versions are measured together',
      found: isToken(version) ? 'a token' : version,
      remedy: `leave out ${property} or resourceDimension`,
    };
  }
  if (isToken(version) || /^([1-9]\d*|\$LATEST\.PUBLISHED)$/.test(version)) return undefined;
  const isAlias = /^[A-Za-z_-][\w-]*$/.test(version);
  return {
    property,
    allowed: 'must be the number of a version, or $LATEST.PUBLISHED',
    found: version || 'empty',
    remedy: `use the number of ${isAlias ? `the version that ${version} points to` : 'a version'}, or leave ${property} out`,
  };
}

function unknownType({ instanceType }: AskedMetric): Violation | undefined {
  if (instanceType === undefined || isToken(instanceType) || INSTANCE_TYPE.test(instanceType)) return undefined;
  return {
    property: 'instanceType',
    allowed: 'must be the exact name of an instance type',
    found: `"${instanceType}"`,
    remedy: 'write it like c7g.xlarge, or leave instanceType out to measure all types',
  };
}

/** Checks the statistic. A query has it in its text under another name, so a token isn't possible. */
function unknownStatistic({ queryStatistic }: AskedMetric): Violation | undefined {
  if (queryStatistic === undefined || QUERY_STATISTICS.includes(queryStatistic)) return undefined;
  return {
    property: 'statistic',
    allowed: `without instanceType it must be ${QUERY_STATISTICS.slice(0, -1).join(', ')} or ${QUERY_STATISTICS.slice(-1)}`,
    found: isToken(queryStatistic) ? 'a token' : queryStatistic,
    remedy: 'use one of these, or set instanceType',
  };
}

function optionWithoutPlace({ withoutPlace = [] }: AskedMetric): Violation | undefined {
  if (withoutPlace.length === 0) return undefined;
  const given = withoutPlace.join(' and ');
  return {
    property: given,
    allowed: 'without instanceType the metric is a query, which takes neither dimensions nor such options',
    found: 'set',
    verb: withoutPlace.length > 1 ? 'are' : 'is',
    remedy: `leave ${given} out, or set instanceType`,
  };
}

function impossibleAmount({ amounts = {} }: AskedMetric): Violation | undefined {
  const wrong = Object.entries(amounts).find(([, amount]) => !isToken(amount) && !(amount > 0 && amount < Infinity));
  if (!wrong) return undefined;
  const [name, amount] = wrong;
  return {
    property: name,
    allowed: 'must be a number above 0',
    found: amount,
    remedy: `use a number above 0${name === 'minimumVolume' ? `, or leave ${name} out` : ''}`,
  };
}
