import { inShort, rehearseJava } from './rehearse-fixture';

jest.setTimeout(180_000);

/** The bugs that people have, and how they show. */
test.concurrent.each([
  ['field', ['leak OtherRequestInAnswer $.user']],
  ['list', ['leak OtherRequestInAnswer $.items[]']],
  ['file', ['leak OtherRequestInAnswer $.user', 'together ErrorsTogether java.nio.file.NoSuchFileException', 'together SharedFile /tmp/work.txt']],
  ['log', ['leak OtherRequestInLog $.message']],
  ['threadLocal', ['alone StateKept $.tenant']],
])('finds %s, and nothing in its mended twin', async (name, found) => {
  const [bad, good] = await Promise.all([rehearseJava(`App::${name}Bad`), rehearseJava(`App::${name}Good`)]);

  // A line that the handler writes by itself has no id that the client knows.
  const certain = inShort(bad).filter((finding) => !finding.startsWith('hint'));
  expect(certain).toEqual(found);
  expect(inShort(good)).toEqual([]);
});

test.concurrent.each([
  ['App::exits', ['together WorkerEnded']],
  ['App::overflows', ['alone EventFails events[1]']],
  ['App::quirks', []],
])('grades %s', async (handler, found) => {
  expect(inShort(await rehearseJava(handler, { timeout: 3 }))).toEqual(found);
});

test.concurrent('says which Java it was, and what runs the requests', async () => {
  const { notes, whatToSet } = await rehearseJava('App::quirks', { runtime: 'java99', concurrency: 2 });

  expect(notes).toContainEqual(expect.stringMatching(/^The handler ran on Java \d+; the function's runtime is java99\.$/));
  expect(whatToSet!.workers).toContain('all share one handler object');
});
