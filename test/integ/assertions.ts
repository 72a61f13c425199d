/** The questions to AWS, which tests can answer in its place. */
export interface Aws {
  /** Returns `Pending`, `Active`, `Failed` or `Deleting`, or undefined if there is no such provider. */
  capacityProviderState(name: string): string | undefined;
  /** Returns the state of `$LATEST.PUBLISHED`, of a version or of an alias's version, with its reason. */
  functionState(name: string, qualifier: string): { readonly state: string; readonly reason?: string };
  /** Returns the function's answer. `error` is set if it failed, and `refused` if Lambda didn't run it. */
  invoke(name: string, qualifier: string): { readonly payload: string; readonly error?: string; readonly refused?: string };
  /** Returns `OK`, `ALARM` or `INSUFFICIENT_DATA`, with the reason. */
  alarmState(name: string): { readonly state: string; readonly reason?: string };
}

export interface Clock {
  /** The time at which all waiting ends. If absent, each wait has only its own limit. */
  readonly end?: number;
  /** Returns the time in milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** The outputs of an `IntegStack`. */
export interface Deployed {
  readonly CapacityProviderOutput: string;
  readonly FunctionOutput: string;
  readonly AliasOutput: string;
  /** The names of the alarms, separated by spaces. */
  readonly AlarmsOutput: string;
}

/** The result of a look. If waiting longer is pointless, `failed` says why. */
interface Look {
  readonly done: boolean;
  readonly failed?: boolean;
  /** The state that was seen instead, for the message. */
  readonly seen: string;
}

export const MINUTE = 60_000;
/** The time after which deploying and asking end, so that there is time to destroy. The workflow `integ` relies on both. */
export const WORK = 75 * MINUTE;
export const DESTRUCTION = 70 * MINUTE;
const INTERVAL = MINUTE / 4;
/** The longest wait for a first version, which takes minutes to become active because instances are launched for it. */
const ACTIVATION = 20 * MINUTE;
/** The longest wait for an answer. Environments of an active version may still be busy or starting. */
const ANSWER = 10 * MINUTE;
/**
 * The longest wait for alarms. Metrics arrive every five minutes, the first five to ten minutes after the version, and then the alarm is evaluated.
 */
const METRICS = 30 * MINUTE;
/** The longest wait for deletions, which take up to half an hour. */
const DELETION = 30 * MINUTE;

/** Returns the name of a test's stack. */
export function stackNameOf(test: string): string {
  return `managed-instances-integ-${test}`;
}

/** Checks that the deployed resources work, in the order in which they become ready. Throws at the first that doesn't. */
export async function assertWorks(deployed: Deployed, aws: Aws, clock: Clock, say: (line: string) => void): Promise<void> {
  const { CapacityProviderOutput: provider, FunctionOutput: fn, AliasOutput: alias, AlarmsOutput: alarms } = deployed;

  await until(`capacity provider ${provider} is active`, ACTIVATION, clock, say, () => {
    const state = aws.capacityProviderState(provider);
    return { done: state === 'Active', failed: state === undefined || state === 'Failed' || state === 'Deleting', seen: state ?? 'no such provider' };
  });
  for (const qualifier of ['$LATEST.PUBLISHED', alias]) {
    await until(`${fn}:${qualifier} is active`, ACTIVATION, clock, say, () => {
      const { state, reason } = aws.functionState(fn, qualifier);
      return { done: state === 'Active', failed: state === 'Failed', seen: withReason(state, reason) };
    });
    await until(`${fn}:${qualifier} answers from managed instances`, ANSWER, clock, say, () => {
      const { payload, error, refused } = aws.invoke(fn, qualifier);
      // Environments may be busy or starting, so refusals are tried again. An answer of the code doesn't change.
      if (refused !== undefined) return { done: false, seen: `refused: ${refused}` };
      return { done: error === undefined && payload === '"lambda-managed-instances"', failed: true, seen: error ? `${error}: ${payload}` : payload };
    });
  }
  for (const alarm of alarms.split(' ')) {
    await until(`alarm ${alarm} is OK`, METRICS, clock, say, () => {
      const { state, reason } = aws.alarmState(alarm);
      return { done: state === 'OK', failed: state === 'ALARM', seen: withReason(state, reason) };
    });
  }
}

/** Checks that the stack's capacity provider, and so its instances, were deleted with it. */
export async function assertGone(provider: string, aws: Aws, clock: Clock, say: (line: string) => void): Promise<void> {
  await until(`capacity provider ${provider} is gone`, DELETION, clock, say, () => {
    const state = aws.capacityProviderState(provider);
    return { done: state === undefined, seen: state ?? '' };
  });
}

function withReason(state: string, reason: string | undefined): string {
  return reason ? `${state} (${reason})` : state;
}

async function until(claim: string, limit: number, clock: Clock, say: (line: string) => void, look: () => Look): Promise<void> {
  const start = clock.now();
  const end = Math.min(start + limit, clock.end ?? Infinity);
  for (;;) {
    const { done, failed, seen } = look();
    const minutes = ((clock.now() - start) / MINUTE).toFixed(1);
    if (done) {
      say(`✓ ${claim} (after ${minutes} minutes)`);
      return;
    }
    if (failed) throw new Error(`not so: ${claim}; found ${seen}`);
    if (clock.now() >= end) throw new Error(`not so after ${minutes} minutes: ${claim}; found ${seen}`);
    await clock.sleep(INTERVAL);
  }
}
