/** What the command does with its first argument, in this process. `packed-command.test.ts` runs it as users do. */
import { VERSION } from '../../src/cli/usage';

const SAM = 'test/fixtures/sam-with-mistakes.yaml';
const { argv, exitCode } = process;
afterEach(() => Object.assign(process, { argv, exitCode }));

/** Runs the command until it has written something. */
async function ended(...args: string[]) {
  const written = { stdout: '', stderr: '' };
  process.argv = ['node', 'cdk-lambda-managed-instances', ...args];
  await new Promise<void>((resolve) => {
    (['stdout', 'stderr'] as const).forEach((stream) => jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += String(text);
      resolve();
      return true;
    }));
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- it runs when it is loaded
    jest.isolateModules(() => require('../../src/cli/main'));
  });
  const status = process.exitCode;
  jest.restoreAllMocks();
  return { status, ...written };
}

test.each(['--help', '-h', 'help'])('%s lists the commands', async (argument) => {
  const { status, stdout, stderr } = await ended(argument);

  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Usage: cdk-lambda-managed-instances check\|plan\|assess\|report\|rehearse \[options\]\n\nAWS Lambda Managed Instances/);
  expect(stdout).toMatch(/\n {2}--version {2}the version\n$/);
});

test.each([[['--version']], [['check', '--version']]])('%p prints the version', async (args) => {
  expect(await ended(...args)).toEqual({ status: 0, stdout: `${VERSION}\n`, stderr: '' });
});

test('a command gets the arguments after its name, and sets the exit code', async () => {
  const { status, stdout, stderr } = await ended('check', SAM);

  expect([status, stderr]).toEqual([1, '']);
  expect(stdout).toContain('5 errors');
});

test.each<[string[], string]>([
  [[], 'A command is missing. Usage: cdk-lambda-managed-instances check|assess|report|plan|rehearse [options]; for more, add --help after a command.\n'],
  [['chekc'], 'There is no command "chekc". Usage: cdk-lambda-managed-instances check|assess|report|plan|rehearse [options]; for more, add --help after a command.\n'],
  [['constructor'], 'There is no command "constructor". Usage: cdk-lambda-managed-instances check|assess|report|plan|rehearse [options]; for more, add --help after a command.\n'],
  [['plan', 'no/such.yaml'], 'no/such.yaml can\'t be read: there is no such file.\n'],
])('%p is a wrong call', async (args, stderr) => {
  expect(await ended(...args)).toEqual({ status: 2, stdout: '', stderr });
});
