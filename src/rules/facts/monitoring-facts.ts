import { Duration, Token } from 'aws-cdk-lib';
import { AttachTarget } from './attach-facts';

/** A metric that somebody asks for. What is absent isn't asked for, or isn't known. */
export interface MetricFacts {
  /** Seconds. */
  readonly period?: number;
  /** Seconds between two values. */
  readonly published: number;
  readonly version?: string;
  /** The property that gave the version. */
  readonly versionProperty: string;
  /** Whether CloudWatch is taken to know the version. */
  readonly hasVersion: boolean;
  readonly target?: AttachTarget;
  readonly instanceType?: string;
  /** Of a query over several series. */
  readonly queryStatistic?: string;
  /** Options that were given and that a query has no place for. */
  readonly withoutPlace: string[];
  /** Numbers that the metric is computed with, by the property that gave them. */
  readonly amounts: [string, number][];
}

/** A threshold that somebody sets. */
export interface ThresholdFacts {
  readonly name: string;
  /** Absent where the alarm is off or the number is a token. */
  readonly value?: number;
  readonly unit: string;
  /** From here on the metric can't cross it. */
  readonly most: number;
  /** Absent where the alarm is off. */
  readonly direction?: string;
  /** The side on which the metric is bad. */
  readonly bad: string;
}

/** The functions that an alarm for missing data would wait for. */
export interface NoDataFacts {
  /** The minimum of environments of each, as far as known. */
  readonly minimums: (number | undefined)[];
}

/** What somebody asks alarms for that not all can have. */
export interface AlarmRequestFacts {
  /** The types that an alarm on little use shall watch; absent where there shall be none. */
  readonly underUtilisedTypes?: string[];
  readonly mostTypes: number;
  /** Whether an alarm on unusual launches is asked for. */
  readonly instanceChurn: boolean;
  readonly hasLogGroup: boolean;
  /** Whether an alarm shall silence others. */
  readonly deploymentAlarm: boolean;
  readonly level: string;
  /** The levels with alarms that can be silenced. */
  readonly silencedLevels: string[];
}

/** The versions whose environments alarms are to watch. */
export interface WatchedVersionsFacts {
  /** Paths of those of functions that aren't on the provider. */
  readonly elsewhere: string[];
  /** Paths of those of functions of which another one is given. */
  readonly repeated: string[];
}

/** A stack with alarms of functions. */
export interface StackRoomFacts {
  readonly stack: string;
  readonly resources: number;
  readonly alarms: number;
  readonly most: number;
}

/** What somebody asks of a metric. */
export interface AskedMetric {
  readonly period?: Duration;
  readonly version?: string;
  readonly versionProperty?: string;
  readonly resourceDimension?: boolean;
  readonly target?: AttachTarget;
  readonly instanceType?: string;
  readonly queryStatistic?: string;
  readonly withoutPlace?: string[];
  readonly amounts?: Record<string, number>;
}

/** Reads what is asked of a metric. */
export function metricFacts(published: Duration, asked: AskedMetric): MetricFacts {
  const { period, version, versionProperty = 'version', resourceDimension = true, target, instanceType, queryStatistic, withoutPlace = [], amounts = {} } = asked;
  return {
    published: published.toSeconds(),
    period: period && !period.isUnresolved() ? period.toSeconds() : undefined,
    // Whichever version it is, it has no place without the dimension.
    version: Token.isUnresolved(version) ? (resourceDimension ? undefined : 'a token') : version,
    versionProperty,
    hasVersion: resourceDimension,
    target,
    instanceType: Token.isUnresolved(instanceType) ? undefined : instanceType,
    // A query has the statistic in its text, in other words.
    queryStatistic: Token.isUnresolved(queryStatistic) ? 'a token' : queryStatistic,
    withoutPlace,
    amounts: Object.entries(amounts).filter(([, amount]) => !Token.isUnresolved(amount)),
  };
}
