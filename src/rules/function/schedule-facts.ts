/** What the rules need to know of a schedule that changes the number of execution environments. */
import { Fact } from '../../reading/fact';
import { ScheduledLevel } from '../../sizing/scheduled-levels';

/** A schedule that calls `PutFunctionScalingConfig`. */
export interface ScheduleFacts {
  /** The version that it scales, as it is written. Absent where it names none. */
  readonly qualifier: Fact<string>;
  /** The resource that the qualifier refers to, where it does. */
  readonly refersTo?: 'alias' | 'version';
  readonly minExecutionEnvironments: Fact<number>;
  readonly maxExecutionEnvironments: Fact<number>;
  /** When it runs and the maximum that it sets, where both are known. */
  readonly change?: ScheduledLevel;
  /** The changes that other schedules make to the same version. */
  readonly others: ScheduledLevel[];
  /** When schedules call the version. */
  readonly calls: Timing[];
}

/** When something runs. */
export type Timing = Omit<ScheduledLevel, 'level'>;
