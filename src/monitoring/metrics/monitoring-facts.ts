import { Duration, Token } from 'aws-cdk-lib';
import { Fact } from '../../reading/fact';
import { AttachTarget } from '../../rules/function/attach-facts';

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
  /** Absent where the number is a token. */
  readonly value?: number;
  readonly unit: string;
  /** The metric is never above it, and never below 0. */
  readonly most: number;
  readonly direction: string;
  /** The side on which the metric is bad. */
  readonly bad: string;
  /** Whether it is the width of a band. */
  readonly isWidth?: boolean;
  /** Of which number it is a share. */
  readonly shareOf?: string;
}

/** Why the alarm that a threshold is for isn't made. */
export enum AlarmObstacle {
  /** The level leaves it out. */
  LEVEL = 'level',
  /** It is an alarm of single functions. */
  PER_FUNCTION = 'perFunction',
  /** It counts in the system logs. */
  LOG_GROUP = 'logGroup',
  /** It is a share of the provider's ceiling. */
  CEILING = 'maxVCpuCount',
}

/** A threshold that somebody sets, and the alarm that it is for. */
export interface ThresholdUseFacts {
  readonly name: string;
  /** Absent where the alarm is made. */
  readonly obstacle?: AlarmObstacle;
  /** The level that is asked for. */
  readonly level: string;
}

/** The versions that an alarm for missing data would wait for. */
export interface NoDataFacts {
  /** The minimum of environments of each, as far as known. */
  readonly minimums: (number | undefined)[];
}

/** What somebody asks alarms for that not all can have. */
export interface AlarmRequestFacts {
  /** The types that an alarm on little use shall watch; absent where there shall be none. */
  readonly underUtilisedTypes?: Fact<string>[];
  /** Whether somebody named types. */
  readonly hasTypes: boolean;
  readonly mostTypes: number;
  /** Whether an alarm on unusual launches is asked for. */
  readonly instanceChurn: boolean;
  readonly hasLogGroup: boolean;
  /** Whether an alarm shall silence others. */
  readonly deploymentAlarm: boolean;
  readonly level: string;
  /** The levels with alarms that can be silenced. */
  readonly silencedLevels: string[];
  /** Whether there are, or will be, alarms that can be silenced. */
  readonly hasComposites: boolean;
  /** The versions to watch; a number that is a token is left out. */
  readonly versions: string[];
  readonly hasVersions: boolean;
  readonly perFunction: boolean;
  /** Whether metrics of environments name the version. */
  readonly resourceDimension: boolean;
  /** Absent where there is none, or it is a token. */
  readonly cpuMetricName?: string;
  /** Absent where there is none, or it is a token. */
  readonly runbookUrl?: string;
  /** Characters. */
  readonly longestRunbookUrl: number;
}

/** An alarm that silences those of a fleet while somebody deploys. */
export interface DeploymentAlarmFacts {
  /** The stack that it is in, where that would depend on the fleet's and the fleet's on it. */
  readonly stackOfFunction?: string;
  /** The stack with the alarms that it silences. */
  readonly stackOfFleet: string;
}

/** A number that an alarm was computed from, at synthesis. */
export interface AlarmBasisFacts {
  /** The threshold of the alarm. */
  readonly threshold: string;
  readonly property: string;
  /** Whose it is. */
  readonly of: string;
  /** Absent where it isn't known any more. */
  readonly found?: number;
  /** Below it the alarm means nothing. */
  readonly least: number;
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
