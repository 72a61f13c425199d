import { Duration, Token } from 'aws-cdk-lib';
import { AttachTarget } from './attach-facts';

/** A metric that somebody asks for. What is absent isn't asked for, or isn't known. */
export interface MetricFacts {
  /** Seconds. */
  readonly period?: number;
  /** Seconds between two values. */
  readonly published: number;
  readonly version?: string;
  readonly target?: AttachTarget;
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

/** Reads what is asked of a metric. */
export function metricFacts(published: Duration, asked: { period?: Duration; version?: string; target?: AttachTarget }): MetricFacts {
  return {
    published: published.toSeconds(),
    period: asked.period && !asked.period.isUnresolved() ? asked.period.toSeconds() : undefined,
    version: Token.isUnresolved(asked.version) ? undefined : asked.version,
    target: asked.target,
  };
}
