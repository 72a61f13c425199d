/** Keeps the pauses of a fleet and their listeners, whichever come first. */
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { IConstruct } from 'constructs';
import { Kind, recordOf } from './provider-record';

/** A pause: the times at which a fleet stops and resumes keeping environments. */
export interface Pause {
  readonly id: string;
  readonly from: ScheduleExpression;
  readonly until: ScheduleExpression;
}

const PAUSES = new Kind<Pause>();
const LISTENERS = new Kind<(pause: Pause) => void>();

/** The pauses of a provider so far. */
export function pausesOf(provider: IConstruct): readonly Pause[] {
  return recordOf(provider).keep(PAUSES);
}

/** Records a pause, and notifies the listeners. */
export function recordPause(provider: IConstruct, pause: Pause): void {
  const record = recordOf(provider);
  record.keep(PAUSES).push(pause);
  record.keep(LISTENERS).forEach((hear) => hear(pause));
}

/** Calls a listener for each pause of a provider, those so far and each later one. */
export function onPause(provider: IConstruct, hear: (pause: Pause) => void): void {
  const record = recordOf(provider);
  record.keep(LISTENERS).push(hear);
  record.keep(PAUSES).forEach(hear);
}
