/** The only place that knows which rules apply to a capacity provider together with all its functions. */
import { FleetFacts } from './fleet-facts';
import { FLEET_RULES } from './fleet-rules';
import { Judge, NOT_AT_CALL } from '../judge';

/** The facts about a fleet. */
export interface FleetCase {
  readonly fleet: FleetFacts;
}

export const FLEET_JUDGE = new Judge<FleetCase>({ fleet: { moments: NOT_AT_CALL, rules: FLEET_RULES } });
