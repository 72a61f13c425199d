/** What is asked of AWS, so that tests can answer in its place. */
export interface Aws {
  /** `Pending`, `Active`, `Failed` or `Deleting`; undefined when there is no such provider. */
  capacityProviderState(name: string): string | undefined;
  /** State of `$LATEST.PUBLISHED`, of a version or of what an alias points to, and why it isn't another. */
  functionState(name: string, qualifier: string): { readonly state: string; readonly reason?: string };
  /** What the function returns; `error` is set where it failed, `refused` where Lambda didn't run it. */
  invoke(name: string, qualifier: string): { readonly payload: string; readonly error?: string; readonly refused?: string };
  /** `OK`, `ALARM` or `INSUFFICIENT_DATA`, and why. */
  alarmState(name: string): { readonly state: string; readonly reason?: string };
}

export interface Clock {
  /** When waiting ends, whatever is awaited; if absent, each wait has its own limit only. */
  readonly end?: number;
  /** In milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** The outputs of an `IntegStack`. */
export interface Deployed {
  readonly CapacityProviderOutput: string;
  readonly FunctionOutput: string;
  readonly AliasOutput: string;
  /** Names, with spaces between. */
  readonly AlarmsOutput: string;
}

/** Where there is nothing to wait for any more, `failed` says why. */
interface Look {
  readonly done: boolean;
  readonly failed?: boolean;
  /** What there is instead, for the message. */
  readonly seen: string;
}

export const MINUTE = 60_000;
/** Deploying and asking end by then, whatever is still awaited, so that there is time to destroy. The workflow `integ` counts on both. */
export const WORK = 75 * MINUTE;
export const DESTRUCTION = 70 * MINUTE;
const INTERVAL = MINUTE / 4;
/** A first version takes minutes to become active: instances are launched for it. */
const ACTIVATION = 20 * MINUTE;
/** Environments of an active version may still be busy, or one on its way. */
const ANSWER = 10 * MINUTE;
/** Metrics come every five minutes, the first five to ten minutes after the version; then the alarm is evaluated. */
const METRICS = 30 * MINUTE;
/** Deletions take up to half an hour. */
const DELETION = 30 * MINUTE;

/** What the stack of a test is called. */
export function stackNameOf(test: string): string {
  return `managed-instances-integ-${test}`;
}

/** Asks whether what was deployed works, in the order in which it comes to work. Throws at the first thing that doesn't. */
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
      // Environments may be busy or on their way; what the code answers doesn't get better.
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

/** Asks whether the stack took its capacity provider, and so its instances, with it. */
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
