/**
 * The extent of a fleet's alarms. Each alarm costs money: see https://aws.amazon.com/cloudwatch/pricing/.
 */
export enum AlarmLevel {
  /** Alarms on failures that callers notice, and on conditions that soon lead to them. */
  MINIMAL = 'minimal',
  /** Also alarms that show the reason, and composite alarms that say whether to raise a limit or to tune a function. */
  STANDARD = 'standard',
  /** Also early signs, such as little headroom or traffic that doubles. */
  FULL = 'full',
}

const ORDER = [AlarmLevel.MINIMAL, AlarmLevel.STANDARD, AlarmLevel.FULL];

/** Whether a requested level includes the alarms of another level. */
export function includes(asked: AlarmLevel, level: AlarmLevel): boolean {
  return ORDER.indexOf(level) <= ORDER.indexOf(asked);
}
