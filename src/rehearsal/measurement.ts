/**
 * What a request takes while nobody else is there.
 */
export interface Measurement {
  readonly requests: number;
  /** Median, in milliseconds, without the time that this machine was busy with something else. */
  readonly wallMs: number;
  /** Mean, in milliseconds; undefined where the machine doesn't tell. */
  readonly cpuMs?: number;
}
