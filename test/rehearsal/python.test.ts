import { execFileSync } from 'node:child_process';
import { inShort, rehearsePython } from './rehearse-fixture';

jest.setTimeout(180_000);

/** The bugs that people have, and how they show. */
test.concurrent.each([
  ['tmp_file', ['leak OtherRequestInAnswer $.user', 'together SharedFile /tmp/work.txt']],
  ['database', ['together ErrorsTogether OperationalError', 'together SharedFile /tmp/orders.db', 'together SharedFile /tmp/orders.db-journal']],
  ['keys_kept', ['alone StateKept $.message.user']],
  ['thread', ['alone StateKept $.message']],
  ['port', ['together ErrorsTogether OSError']],
])('finds %s, and nothing in its mended twin', async (name, found) => {
  const [bad, good] = await Promise.all([rehearsePython(`app.${name}_bad`), rehearsePython(`app.${name}_good`)]);

  // Where a database fails, it also leaves itself open.
  const certain = inShort(bad).filter((finding) => !finding.startsWith('hint'));
  expect(certain).toEqual(found);
  expect(inShort(good)).toEqual([]);
});

test.concurrent.each([
  ['app.global_variable', []],
  ['app.quirks', []],
  ['app.prints', ['hint LinesWithoutRequestId']],
  ['app.exits', ['together WorkerEnded']],
  ['app.fails_alone', ['alone EventFails events[1]']],
  ['app.coroutine', ['alone EventFails events[0]']],
  ['broken.handler', ['alone HandlerNotLoaded broken.handler']],
])('grades %s', async (handler, found) => {
  expect(inShort(await rehearsePython(handler))).toEqual(found);
});

test.concurrent('says which Python it was, where it isn\'t the function\'s', async () => {
  const [{ notes: other }, { notes: same }] = await Promise.all(['python3.99', `python${pythonVersion()}`].map((runtime) => (
    rehearsePython('app.global_variable', { runtime, concurrency: 2 })
  )));

  expect(other).toContainEqual(`The handler ran on Python ${pythonVersion()}; the function's runtime is python3.99.`);
  expect(same).toEqual([]);
});

test.concurrent('leaves no process behind, though the client leaves its children', async () => {
  await rehearsePython('app.quirks_too', { concurrency: 4 });

  expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf-8' })).not.toMatch(/awslambdaric app\.quirks_too/m);
});

/** Of the interpreter that the client was installed with. */
function pythonVersion(): string {
  const program = ['python3.13', 'python3'].find((one) => runs(one))!;
  return execFileSync(program, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], { encoding: 'utf-8' }).trim();
}

function runs(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
