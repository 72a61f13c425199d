import { assertGone, assertWorks, Aws, Clock, Deployed, MINUTE } from './assertions';

const DEPLOYED: Deployed = { CapacityProviderOutput: 'provider', FunctionOutput: 'orders', AliasOutput: 'live', AlarmsOutput: 'ProviderReports EnvironmentsReport' };
const MANAGED = { payload: '"lambda-managed-instances"' };

/** An AWS on which all is well at once. */
function aws(answers: Partial<Aws> = {}): Aws {
  return {
    capacityProviderState: () => 'Active',
    functionState: () => ({ state: 'Active' }),
    invoke: () => MANAGED,
    alarmState: () => ({ state: 'OK' }),
    ...answers,
  };
}

/** Answers one after the other; the last one stays. */
function oneByOne<T>(...answers: T[]): () => T {
  return () => answers.length > 1 ? answers.shift()! : answers[0];
}

/** Time passes only by sleeping. */
function clock(end?: number): Clock {
  let now = 0;
  return { now: () => now, sleep: async (milliseconds) => { now += milliseconds; }, end };
}

async function said(answers: Partial<Aws>, end?: number): Promise<string[]> {
  const lines: string[] = [];
  await assertWorks(DEPLOYED, aws(answers), clock(end), (line) => lines.push(line));
  return lines;
}

test('says what works, in the order in which it comes to work', async () => {
  expect(await said({})).toEqual([
    '✓ capacity provider provider is active (after 0.0 minutes)',
    '✓ orders:$LATEST.PUBLISHED is active (after 0.0 minutes)',
    '✓ orders:$LATEST.PUBLISHED answers from managed instances (after 0.0 minutes)',
    '✓ orders:live is active (after 0.0 minutes)',
    '✓ orders:live answers from managed instances (after 0.0 minutes)',
    '✓ alarm ProviderReports is OK (after 0.0 minutes)',
    '✓ alarm EnvironmentsReport is OK (after 0.0 minutes)',
  ]);
});

test('waits for a provider and a version that are pending', async () => {
  const lines = await said({
    capacityProviderState: oneByOne('Pending', 'Pending', 'Active'),
    functionState: oneByOne({ state: 'Pending', reason: 'Creating' }, { state: 'Active' }),
  });

  expect(lines[0]).toBe('✓ capacity provider provider is active (after 0.5 minutes)');
  expect(lines[1]).toBe('✓ orders:$LATEST.PUBLISHED is active (after 0.3 minutes)');
});

test('waits while Lambda refuses to run the function', async () => {
  const lines = await said({ invoke: oneByOne<ReturnType<Aws['invoke']>>({ payload: '', refused: 'TooManyRequestsException' }, MANAGED) });

  expect(lines[2]).toContain('answers from managed instances (after 0.3 minutes)');
});

test('waits for an alarm that has no data yet', async () => {
  const lines = await said({ alarmState: oneByOne({ state: 'INSUFFICIENT_DATA' }, { state: 'INSUFFICIENT_DATA' }, { state: 'OK' }) });

  expect(lines[5]).toBe('✓ alarm ProviderReports is OK (after 0.5 minutes)');
});

test.each<[string, Partial<Aws>, string]>([
  ['a provider that failed', { capacityProviderState: () => 'Failed' }, 'not so: capacity provider provider is active; found Failed'],
  ['a provider that is missing', { capacityProviderState: () => undefined }, 'found no such provider'],
  [
    'a version that failed', { functionState: () => ({ state: 'Failed', reason: 'InsufficientCapacity' }) },
    'not so: orders:$LATEST.PUBLISHED is active; found Failed (InsufficientCapacity)',
  ],
  [
    'a function that throws', { invoke: () => ({ payload: '{"errorMessage":"boom"}', error: 'Unhandled' }) },
    'answers from managed instances; found Unhandled: {"errorMessage":"boom"}',
  ],
  ['a function on standard Lambda', { invoke: () => ({ payload: '"on-demand"' }) }, 'not so: orders:$LATEST.PUBLISHED answers from managed instances; found "on-demand"'],
  ['an alarm that fires', { alarmState: () => ({ state: 'ALARM', reason: 'Threshold Crossed' }) }, 'not so: alarm ProviderReports is OK; found ALARM (Threshold Crossed)'],
])('gives up at once on %s', async (_case, answers, message) => {
  await expect(said(answers)).rejects.toThrow(message);
});

test.each<[string, Partial<Aws>, string]>([
  ['a provider', { capacityProviderState: () => 'Pending' }, 'not so after 20.0 minutes: capacity provider provider is active; found Pending'],
  ['a version', { functionState: () => ({ state: 'Pending' }) }, 'not so after 20.0 minutes: orders:$LATEST.PUBLISHED is active; found Pending'],
  [
    'an answer', { invoke: () => ({ payload: '', refused: 'TooManyRequestsException' }) },
    'not so after 10.0 minutes: orders:$LATEST.PUBLISHED answers from managed instances; found refused: TooManyRequestsException',
  ],
  [
    'data', { alarmState: () => ({ state: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation' }) },
    'not so after 30.0 minutes: alarm ProviderReports is OK; found INSUFFICIENT_DATA (Unchecked: Initial alarm creation)',
  ],
])('doesn\'t wait for ever for %s', async (_case, answers, message) => {
  await expect(said(answers)).rejects.toThrow(message);
});

test('ends where all waiting ends, whatever it still waits for', async () => {
  const slow = {
    capacityProviderState: oneByOne(...Array(50).fill('Pending'), 'Active'), // 12.5 minutes
    functionState: () => ({ state: 'Pending' }),
  };

  await expect(said(slow, 20 * MINUTE)).rejects.toThrow('not so after 7.5 minutes: orders:$LATEST.PUBLISHED is active; found Pending');
  await expect(said({ alarmState: () => ({ state: 'INSUFFICIENT_DATA' }) }, 5 * MINUTE)).rejects.toThrow('not so after 5.0 minutes: alarm');
});

test('tries the alias, too', async () => {
  const invoke = (_name: string, qualifier: string) => qualifier === 'live' ? { payload: '"on-demand"' } : MANAGED;

  await expect(said({ invoke })).rejects.toThrow('not so: orders:live answers from managed instances');
});

describe('after the stack is destroyed', () => {
  test('waits until the provider is gone', async () => {
    const lines: string[] = [];

    await assertGone('provider', aws({ capacityProviderState: oneByOne<string | undefined>('Deleting', undefined) }), clock(), (line) => lines.push(line));

    expect(lines).toEqual(['✓ capacity provider provider is gone (after 0.3 minutes)']);
  });

  test('says what is left', async () => {
    await expect(assertGone('provider', aws(), clock(), () => {})).rejects.toThrow('not so after 30.0 minutes: capacity provider provider is gone; found Active');
  });
});
