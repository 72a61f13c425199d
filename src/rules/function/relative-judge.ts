/** The only place that knows which rules apply to the resources that belong to a function: versions, aliases, triggers, schedules. */
import { hasGpu } from './function-facts';
import { AroundRelative, ScheduleFacts, scheduleFacts } from './schedule-facts';
import { SCHEDULE_RULES } from './schedule-rules';
import {
  aliasFacts, AliasFacts, eventInvokeFacts, eventSourceFacts, EventSourceFacts, functionUrlFacts, FunctionUrlFacts, InvocationFacts, ProvisionedFacts,
  scalableTargetFacts, versionFacts, VersionFacts,
} from './version-and-trigger-facts';
import {
  ALIAS_RULES, EVENT_INVOKE_RULES, EVENT_SOURCE_RULES, FUNCTION_URL_RULES, INVOCATION_RULES, SCALABLE_TARGET_RULES, VERSION_RULES,
} from './version-and-trigger-rules';
import { scalingInput } from '../../reading/lambda-references';
import {
  ALIAS, EVENT_INVOKE_CONFIG, EVENT_SOURCE_MAPPING, FUNCTION_URL, ResourceView, SCALABLE_TARGET, SCHEDULE, VERSION,
} from '../../reading/resource-view';
import { isRaised } from '../../reading/scaling-schedules';
import { ALWAYS, Judge, NOT_AT_CALL } from '../judge';

/** The facts about a resource that belongs to a function on a capacity provider: one part, depending on its type. */
export interface RelativeCase {
  readonly version?: VersionFacts;
  readonly alias?: AliasFacts;
  readonly eventSource?: EventSourceFacts;
  readonly functionUrl?: FunctionUrlFacts;
  readonly eventInvoke?: InvocationFacts;
  /** The target that scales an alias. */
  readonly scalableTarget?: ProvisionedFacts;
  /** A call of the function by any resource. */
  readonly call?: InvocationFacts;
  /** A schedule that changes the number of execution environments. */
  readonly schedule?: ScheduleFacts;
}

export const RELATIVE_JUDGE = new Judge<RelativeCase>({
  version: { moments: NOT_AT_CALL, rules: VERSION_RULES },
  alias: { moments: NOT_AT_CALL, rules: ALIAS_RULES },
  eventSource: { moments: NOT_AT_CALL, rules: EVENT_SOURCE_RULES },
  functionUrl: { moments: NOT_AT_CALL, rules: FUNCTION_URL_RULES },
  eventInvoke: { moments: NOT_AT_CALL, rules: EVENT_INVOKE_RULES },
  scalableTarget: { moments: NOT_AT_CALL, rules: SCALABLE_TARGET_RULES },
  call: { moments: NOT_AT_CALL, rules: INVOCATION_RULES },
  schedule: { moments: ALWAYS, rules: SCHEDULE_RULES },
});

/** The readers of the resources that belong to functions, by type. */
export const RELATIVES: Readonly<Record<string, (resource: ResourceView, around: AroundRelative) => RelativeCase>> = {
  [VERSION]: (resource, { function: fn, graph }) => ({
    version: { ...versionFacts(resource, hasGpu(fn.properties)), isRaised: () => isRaised(resource.key, fn, graph) },
  }),
  [ALIAS]: (resource) => ({ alias: aliasFacts(resource) }),
  [EVENT_SOURCE_MAPPING]: (resource) => ({ eventSource: eventSourceFacts(resource) }),
  [FUNCTION_URL]: (resource) => ({ functionUrl: functionUrlFacts(resource) }),
  [EVENT_INVOKE_CONFIG]: (resource) => ({ eventInvoke: eventInvokeFacts(resource) }),
  [SCHEDULE]: (resource, around) => (scalingInput(resource) ? { schedule: scheduleFacts(resource, around) } : {}),
  [SCALABLE_TARGET]: (resource) => ({ scalableTarget: scalableTargetFacts(resource) }),
};
