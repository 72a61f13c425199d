/**
 * How many alarms to make. Each costs money: see https://aws.amazon.com/cloudwatch/pricing/.
 */
export enum AlarmLevel {
  /** What people notice, and what ends in it soon. */
  MINIMAL = 'minimal',
  /** Also what tells the reason, and composite alarms that tell whether to raise a limit or to tune a function. */
  STANDARD = 'standard',
  /** Also what merely announces work: little headroom, traffic that doubles. */
  FULL = 'full',
}

const ORDER = [AlarmLevel.MINIMAL, AlarmLevel.STANDARD, AlarmLevel.FULL];

/** Whether alarms of one level are made where another is asked for. */
export function includes(asked: AlarmLevel, level: AlarmLevel): boolean {
  return ORDER.indexOf(level) <= ORDER.indexOf(asked);
}
