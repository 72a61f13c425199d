/** The thresholds of one set of alarms: the given ones, or else the defaults. */
import { ALARMS, rowsOf } from './alarm-table';
import { AlarmThreshold, AlarmThresholds, Direction, Threshold, ThresholdKind, ThresholdName, Thresholds } from './thresholds';
import { FleetView } from '../fleet-view';

/** A given threshold with its unit. */
export interface GivenThreshold {
  readonly name: ThresholdName;
  readonly direction: Direction;
  readonly value: number;
  readonly kind: ThresholdKind;
}

/** Returns the given thresholds, without those that are off. */
export function givenThresholds(given: AlarmThresholds): GivenThreshold[] {
  return [...new Set(ALARMS.map(({ threshold }) => threshold))].flatMap((name) => {
    const { _direction: direction, _value: value } = given[name] ?? AlarmThreshold.off();
    return direction === undefined ? [] : [{ name, direction, value: value!, kind: rowsOf(name)[0] }];
  });
}

/** The thresholds of one set of alarms. */
export class ThresholdTable implements Thresholds {
  constructor(private readonly given: AlarmThresholds, private readonly fleet: FleetView) {}

  /** Returns the threshold of an alarm; undefined if the alarm is off. */
  public get(name: ThresholdName): Threshold | undefined {
    const [{ bad, unit, default: fixed, defaultOfFleet }] = rowsOf(name);
    const given = this.given[name];
    if (given) return given._direction && new Threshold(given._direction, () => given._value!, unit);
    if (defaultOfFleet) return new Threshold(bad, () => defaultOfFleet(this.fleet), unit);
    return fixed === undefined ? undefined : new Threshold(bad, () => fixed, unit);
  }
}
