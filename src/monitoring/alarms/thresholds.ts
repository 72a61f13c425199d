import { Lazy, Tokenization } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { isToken } from '../../reading/constructs/token';
import { COLORS } from '../metrics/colors';

/**
 * The value at which an alarm fires.
 */
export class AlarmThreshold {
  /**
   * Fires if the metric is above the value, but not at it.
   */
  public static above(value: number): AlarmThreshold {
    return new AlarmThreshold('above', value);
  }

  /**
   * Fires if the metric is below the value, but not at it.
   */
  public static below(value: number): AlarmThreshold {
    return new AlarmThreshold('below', value);
  }

  /**
   * Switches the alarm off.
   */
  public static off(): AlarmThreshold {
    return new AlarmThreshold();
  }

  private constructor(
    /** @internal */
    public readonly _direction?: Direction,
    /** @internal */
    public readonly _value?: number,
  ) {}
}

/**
 * The thresholds of alarms. Each is also a line in the graphs of the fleet's dashboards. Setting a threshold for an alarm that isn't
 * created is an error.
 */
export interface AlarmThresholds {
  /**
   * The vCPUs that environments hold, in percent of those that they can hold below the provider's ceiling. They can hold less than the
   * ceiling, because Lambda reserves a part of each instance. The ceiling must be known at synthesis.
   *
   * @default AlarmThreshold.above(80)
   */
  readonly vCpuCeiling?: AlarmThreshold;

  /**
   * The vCPUs that environments hold, in percent as for `vCpuCeiling`, above which somebody must act immediately.
   *
   * @default AlarmThreshold.above(95)
   */
  readonly vCpuCeilingReached?: AlarmThreshold;

  /**
   * The warnings and errors in the system log within 5 minutes: instances that failed to launch, to terminate or to pass a health check.
   * The alarm stays on for 15 minutes, until throttles are reported as well, so that composite alarms see both. It needs the system logs.
   *
   * @default AlarmThreshold.above(0)
   */
  readonly instanceWarnings?: AlarmThreshold;

  /**
   * The warnings and errors in the system log within 15 minutes above which somebody must act immediately. The alarm needs the system logs.
   *
   * @default AlarmThreshold.above(2)
   */
  readonly instanceWarningsRepeated?: AlarmThreshold;

  /**
   * The CPU utilisation of the instances of one type, in percent.
   *
   * @default AlarmThreshold.above(80)
   */
  readonly providerCpu?: AlarmThreshold;

  /**
   * The memory utilisation of the instances of one type, in percent.
   *
   * @default AlarmThreshold.above(90)
   */
  readonly providerMemory?: AlarmThreshold;

  /**
   * The vCPUs that are free for further environments. Only at level `FULL`.
   *
   * @default - below the vCPUs of the largest environment that is known
   */
  readonly lowHeadroom?: AlarmThreshold;

  /**
   * The number of times that metrics of the provider were published within 5 minutes. Don't set this for a fleet that may be idle.
   *
   * @default AlarmThreshold.off()
   */
  readonly noData?: AlarmThreshold;

  /**
   * Launches of instances within 15 minutes, in standard deviations above the number that CloudWatch has learned as usual for the fleet. Start
   * with 2; a higher value fires less often. Lambda replaces instances now and then, so no fixed number of launches is right. The alarm
   * needs the system logs.
   *
   * @default AlarmThreshold.off()
   */
  readonly instanceChurn?: AlarmThreshold;

  /**
   * The average CPU utilisation of the instances of one type in each hour of a day, in percent. If it stays low, the fleet is probably
   * larger than necessary. There is one alarm for each of `instanceTypes`.
   *
   * @default AlarmThreshold.off()
   */
  readonly underUtilised?: AlarmThreshold;

  /**
   * The average CPU utilisation of a function's environments, in percent.
   *
   * @default - 20 points above the scaling target of the provider, but at least 80 and at most 90, because CPUs are meant to be busy at the target
   */
  readonly environmentCpu?: AlarmThreshold;

  /**
   * The memory utilisation of a function's fullest environment, in percent.
   *
   * @default AlarmThreshold.above(90)
   */
  readonly environmentMemory?: AlarmThreshold;

  /**
   * The number of throttled requests within 5 minutes, for each of the four reasons.
   *
   * @default AlarmThreshold.above(0)
   */
  readonly throttleReasons?: AlarmThreshold;

  /**
   * The throttled requests of a function, in percent of all its requests. Only with `perFunction`.
   *
   * @default AlarmThreshold.above(1)
   */
  readonly throttleRate?: AlarmThreshold;

  /**
   * The failed invocations of a function, in percent of all its invocations. Only with `perFunction`.
   *
   * @default AlarmThreshold.above(5)
   */
  readonly errorRate?: AlarmThreshold;

  /**
   * The 99th percentile of a function's duration, in percent of its timeout. Only with `perFunction`, and not if the timeout
   * is a token.
   *
   * @default AlarmThreshold.above(80)
   */
  readonly durationP99?: AlarmThreshold;

  /**
   * The concurrent requests of a function's typical environment, in percent of their limit. Only with `perFunction`, and
   * not if the limit is known to be below 5.
   *
   * @default AlarmThreshold.above(80)
   */
  readonly concurrencySaturation?: AlarmThreshold;

  /**
   * The growth of a function's requests within 5 minutes, in percent. 100 means that they doubled, which is the most that Lambda promises
   * to follow. Only with `perFunction`, at level `FULL`.
   *
   * @default AlarmThreshold.above(100)
   */
  readonly trafficDoubling?: AlarmThreshold;

  /**
   * The age of the oldest message in a queue that a function reads, in seconds. If it grows, the function can't keep up, or fails again and
   * again. There is one alarm for each queue. Only with `perFunction`, at level `FULL`.
   *
   * @default AlarmThreshold.above(300)
   */
  readonly oldestMessage?: AlarmThreshold;

  /**
   * The age of the last record that a function has read from a stream, in seconds. Only with `perFunction`, at level `FULL`.
   *
   * @default AlarmThreshold.above(60)
   */
  readonly iteratorAge?: AlarmThreshold;

  /**
   * The number of asynchronous events that Lambda dropped within 5 minutes. Only with `perFunction`, at level `FULL`.
   *
   * @default AlarmThreshold.above(0)
   */
  readonly asyncEventsDropped?: AlarmThreshold;
}

/** The name of a threshold. */
export type ThresholdName = keyof AlarmThresholds;

/** The side on which a metric is bad. */
export type Direction = 'above' | 'below';

/** The unit of a threshold. */
export interface ThresholdKind {
  readonly bad: Direction;
  readonly unit: string;
  /** The largest value that the metric can have. */
  readonly most: number;
  /** Whether the threshold is the width of a band rather than a value of the metric, so that it must be above 0. */
  readonly isWidth?: boolean;
  /** The number of which the threshold is a share. CloudFormation can't multiply, so both must be known at synthesis. */
  readonly shareOf?: string;
}

/**
 * One threshold in the unit of the graph. The condition of an alarm and the line in a graph both come from it, so they can't differ.
 */
export class Threshold {
  constructor(private readonly direction: Direction, private readonly value: () => number, private readonly unit: string) {}

  /** Returns this threshold in another unit. */
  public scaled(factor: () => number, unit: string): Threshold {
    return new Threshold(this.direction, () => round(this.value() * factor(), 6), unit);
  }

  /** The condition under which the alarm fires. */
  public get condition(): { threshold: number; comparisonOperator: cloudwatch.ComparisonOperator } {
    return {
      // The value is read at synthesis, because a function's timeout may change after the alarm is created.
      threshold: Lazy.number({ produce: this.value }),
      comparisonOperator: this.direction === 'above'
        ? cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD
        : cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    };
  }

  /** Returns the band of usual values that CloudWatch learns. The alarm fires above it, and graphs show it. */
  public band(metric: cloudwatch.IMetric): cloudwatch.MathExpression {
    const width = Tokenization.stringifyNumber(this.value());
    return new cloudwatch.MathExpression({
      expression: `ANOMALY_DETECTION_BAND(watched, ${width})`,
      usingMetrics: { watched: metric },
      period: metric.toMetricConfig().metricStat?.period,
      label: `usual, ± ${width} ${this.unit}`,
      color: COLORS.usual,
    });
  }

  /** The line in the graph. */
  public get line(): cloudwatch.HorizontalAnnotation {
    const sign = this.direction === 'above' ? '>' : '<';
    return {
      value: this.value(),
      label: `alarm ${sign} ${Tokenization.stringifyNumber(round(this.value(), 2))} ${this.unit}`.trim(),
      color: COLORS.alarm,
      fill: cloudwatch.Shading.NONE,
    };
  }
}

/** Looks thresholds up by name. */
export interface Thresholds {
  /** Returns a threshold; undefined if no alarm watches it. */
  get(name: ThresholdName): Threshold | undefined;
}

/** Rounds a value, without the error of binary fractions. */
function round(value: number, digits: number): number {
  return isToken(value) ? value : Number(value.toFixed(digits));
}
