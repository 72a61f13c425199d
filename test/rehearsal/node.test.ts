import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLIENTS, inShort, rehearseNode } from './rehearse-fixture';

// Each rehearsal mostly waits.
jest.setTimeout(180_000);

/** The bugs that people have, and how they show. */
const BUGS: [string, string[]][] = [
  ['module-variable', ['leak OtherRequestInAnswer $.user']],
  ['process-env', ['leak OtherRequestInAnswer $.body.tenant']],
  ['reused-object', ['leak OtherRequestInAnswer $.items[]']],
  ['tmp-file', ['leak OtherRequestInAnswer $.user', 'together ErrorsTogether Error', 'together SharedFile /tmp/work.txt']],
  ['log-context', ['leak OtherRequestInLog $.message.user']],
  ['request-id', ['leak OtherRequestInAnswer $.requestId']],
  ['total', ['together AnswerDiffers $.total']],
  ['errors', ['together ErrorsTogether Error']],
];

/** With the native part of the client, and with what stands in for it. */
describe.each([['native', false], ['stand-in', true]])('with the %s client', (_, standIn) => {
  test.concurrent.each(BUGS)('finds %s, and nothing in its mended twin', async (name, found) => {
    const [bad, good] = await Promise.all([rehearseNode(`${name}.bad`, { standIn }), rehearseNode(`${name}.good`, { standIn })]);

    expect(inShort(bad)).toEqual(found);
    expect(inShort(good)).toEqual([]);
  });

  test.concurrent.each([
    ['ends.floats', ['together WorkerEnded']],
    ['ends.exits', ['together WorkerEnded']],
    ['ends.hangs', ['together AnswersLost']],
    ['ends.floatsAlone', ['alone EventFails events[1]']],
    ['ends.failsAlone', ['alone EventFails events[1]']],
    ['signatures.callback', ['alone HandlerNotLoaded signatures.callback']],
    ['syntax-error.handler', ['alone HandlerNotLoaded syntax-error.handler']],
    ['signatures.streamed', []],
    ['signatures.streamedBad', ['leak OtherRequestInAnswer $']],
    ['instruments.megabyte', []],
  ])('says how %s ends', async (handler, found) => {
    expect(inShort(await rehearseNode(handler, { standIn }))).toEqual(found);
  });
});

test.concurrent.each([
  ['kept.recentUsers', ['alone StateKept $.recent[]']],
  ['kept.firstUser', ['alone StateKept $.tenant']],
  ['quirks.quirks', []],
  ['quirks.cache', []],
  ['quirks.rareBranch', []],
  ['quirks.countsInFlight', ['together AnswerDiffers $.inFlight']],
  ['tmp-file.quiet', ['together SharedFile /tmp/work.txt']],
  ['tmp-file.cache', []],
  ['log-context.wholeLine', ['leak OtherRequestInLog']],
  ['instruments.badTrace', ['leak OtherRequestInTrace $.annotations.user']],
  ['instruments.goodTrace', []],
  ['instruments.goodMetric', []],
  ['instruments.pool', []],
  ['instruments.blocks', ['hint EventLoopBlocked']],
  ['instruments.leavesOpen', ['hint DescriptorsGrow']],
  ['instruments.logsLate', ['hint LinesWithoutRequestId']],
])('grades %s', async (handler, found) => {
  expect(inShort(await rehearseNode(handler))).toEqual(found);
});

test.concurrent('finds metrics that requests merge', async () => {
  // How they merge is a matter of chance: one publishes for several, or in the name of another.
  expect(inShort(await rehearseNode('instruments.badMetric'))).toContain('together MetricsLost');
});

test.concurrent('finds its files through a link below /tmp', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'linked-'));
  symlinkSync(join(CLIENTS, 'node'), join(folder, 'client'));
  try {
    expect(inShort(await rehearseNode('module-variable.good', { client: join(folder, 'client') }))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.concurrent('finds a file that requests share, also where /tmp can\'t be mounted', async () => {
  expect(inShort(await rehearseNode('tmp-file.bad', { mounts: false }))).toContain('together SharedFile /tmp/work.txt');
});

test.concurrent('is silent about what the caller names', async () => {
  expect(inShort(await rehearseNode('quirks.countsInFlight', { ignore: ['$.inFlight'] }))).toEqual([]);
});

test.concurrent('says whose request, which line and what to do', async () => {
  const { findings: [finding], problems } = await rehearseNode('log-context.bad');

  expect(problems).toHaveLength(1);
  expect(finding).toMatchObject({ place: 'log', count: expect.any(Number), environment: '1 worker, up to 8 requests at once', fix: expect.stringContaining('AsyncLocalStorage') });
  expect(finding.evidence).toContain(`"requestId":"${finding.requestId}"`);
  expect(finding.message).toMatch(/^\d+ of \d+ log lines hold data of another request: the log line of a request with events\[\d\] has "\w+", which only events\[\d\] holds at \$\.message\.user\.$/);
});

test.concurrent('names the request that ended the worker, and its error', async () => {
  const { findings: [finding] } = await rehearseNode('ends.floats');

  expect(finding.message).toMatch(/an uncaught error ended the worker \(Error: nobody waits for this\) in a request with events\[\d\]; \d+ requests? in flight got no answer/);
  expect(finding.evidence).toContain('ends.mjs');
});

test.concurrent('gives the handler its own environment, and neither credentials nor ours', async () => {
  process.env.AWS_SECRET_ACCESS_KEY = 'not to be seen';
  const report = await rehearseNode('reports-environment.handler', { environment: { TABLE: 'orders' }, concurrency: 2 });

  expect(inShort(report)).toEqual([]);
});

test.concurrent('measures what a request takes, and says what to set', async () => {
  const { measurement, whatToSet } = await rehearseNode('instruments.tenPercent', { concurrency: 4 });

  // 10 ms of 100 on the CPU. On a busy machine a request waits longer for the CPU, which doesn't count.
  expect(measurement!.cpuMs).toBeGreaterThan(8);
  expect(measurement!.cpuMs).toBeLessThan(20);
  expect(whatToSet!.usefulConcurrencyPerVCpu!.from).toBeGreaterThanOrEqual(5);
  expect(whatToSet!.perExecutionEnvironmentMaxConcurrency).toBe(whatToSet!.usefulConcurrencyPerVCpu!.from);
  expect(whatToSet).toMatchObject({ memorySize: 2048, executionEnvironmentMemoryGiBPerVCpu: 2, workers: expect.stringContaining('8 worker threads') });
});

test.concurrent('says once that several events fail alike, and whether others worked', async () => {
  const bobbies = [1, 2].map((number) => ({ user: 'bobby', number }));
  const [some, none] = await Promise.all([[...bobbies, { user: 'alice' }], bobbies].map((events) => rehearseNode('ends.hangsAlone', { events, timeout: 2 })));

  expect(some.findings.map(({ message }) => message)).toEqual([
    'events[0] and 1 more aren\'t answered: nothing came within 2 seconds. This happens with one request at a time; the rehearsal went on with the other events.',
  ]);
  expect(none.findings[0].message).toMatch(/; nothing was sent at once\.$/);
});

test.concurrent('leaves no process behind', async () => {
  await rehearseNode('ends.floats');

  expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf-8' })).not.toContain('ends.floats');
});

test.concurrent('ends what a handler started, also where it has left the process group', async () => {
  const { problems } = await rehearseNode('ends.leavesChildren', { concurrency: 2, environment: { MARK: 'left-by-a-test' } });

  expect(problems).toEqual([]);
  expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf-8' })).not.toContain('left-by-a-test');
});

test.concurrent('warns of a thread pool that the native client fills', async () => {
  const { notes } = await rehearseNode('module-variable.good', { environment: { UV_THREADPOOL_SIZE: '12' }, concurrency: 2 });

  expect(notes).toContainEqual('UV_THREADPOOL_SIZE is 12, but the client\'s 8 workers occupy a thread each, so files, DNS and crypto of the handler may stall. Set it to 16 or more.');
});

test.concurrent('says what one event can\'t show', async () => {
  const { notes, problems } = await rehearseNode('request-id.bad', { events: [{ user: 'alice' }] });

  expect(notes).toContainEqual(expect.stringContaining('There is only one event'));
  expect(problems).toMatchObject([{ code: 'OtherRequestInAnswer', path: '$.requestId' }]); // ids need no second event
});

test.concurrent('says what events with short texts can\'t show', async () => {
  const { notes, problems } = await rehearseNode('module-variable.bad', { events: [{ user: 'ann' }, { user: 'bob' }] });

  expect(notes).toContainEqual(expect.stringContaining('Fewer than two events have a text of 4 letters or a number of 5 digits'));
  // Answers are also compared with those that requests get alone.
  expect(problems).toMatchObject([{
    code: 'OtherRequestInAnswer', message: expect.stringMatching(/^In \d+ of \d+ answers, \$\.user is that of another event: "(ann|bob)", which belongs to events\[/),
  }]);
});

test.concurrent('two at once don\'t spoil each other\'s /tmp, also where it can\'t be mounted', async () => {
  // What other programs write into the /tmp of the machine is no problem of the handler.
  const file = '/tmp/noise-of-a-test.log';
  const noise = setInterval(() => writeFileSync(file, String(Math.random())), 5);
  const reports = await Promise.all(['tmp-file.good', 'tmp-file.good'].map((handler) => rehearseNode(handler, { mounts: false, concurrency: 2 })))
    .finally(() => {
      clearInterval(noise);
      rmSync(file);
    });

  expect(reports.map(({ problems }) => problems)).toEqual([[], []]);
  expect(reports[0].findings).toContainEqual(expect.objectContaining({ grade: 'hint', path: file, message: expect.stringContaining('or another program') }));
  expect(reports[0].notes).toContainEqual(expect.stringContaining('this machine\'s /tmp'));
});
