/**
 * The time that a request takes while no other request runs.
 */
export interface Measurement {
  readonly requests: number;
  /** The median duration in milliseconds, without the time that this machine was busy with something else. */
  readonly wallMs: number;
  /** The mean CPU time in milliseconds; undefined if the machine doesn't report it. */
  readonly cpuMs?: number;
}
