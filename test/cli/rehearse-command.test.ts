/** Calls of `rehearse` that are wrong, so that nothing starts. `test/rehearsal` has the others. */
import { rehearseCommand } from '../../src/cli/rehearse-command';

const HANDLER = ['--handler', 'index.handler', '--runtime', 'nodejs24.x'];

test('describes its options', async () => {
  const { text, exitCode } = await rehearseCommand(['--help']);

  expect(exitCode).toBe(0);
  expect(text).toMatch(/^Usage: cdk-lambda-managed-instances rehearse cdk\.out --function NAME \[options\]\n/);
});

test.each<[string[], string]>([
  [[], 'rehearse needs --handler and --runtime, or a folder that cdk synth writes and --function. See rehearse --help.'],
  [['--handler', 'index.handler'], 'rehearse needs --handler and --runtime'],
  [['--runtime', 'nodejs24.x'], 'rehearse needs --handler and --runtime'],
  [['cdk.out', 'other'], 'rehearse takes one folder, but here are several: cdk.out, other. See rehearse --help.'],
  [['--function', 'Orders'], '--function needs the folder that cdk synth writes: rehearse cdk.out --function NAME.'],
  [[...HANDLER, '--format', 'xml'], '--format is "xml", but must be text or json.'],
  [[...HANDLER, '--events', 'a.json', '--event-source', 'sqs'], '--events and --event-source exclude each other: give events of your own, or have samples.'],
  [[...HANDLER, '--event-source', 'carrier-pigeon'], '--event-source is "carrier-pigeon", but must be one of '],
  [[...HANDLER, '--concurrency', 'many'], '--concurrency is "many", but must be a number.'],
  [[...HANDLER, '--memory', ' '], '--memory is " ", but must be a number.'],
  [[...HANDLER, '--timeout', 'Infinity'], '--timeout is "Infinity", but must be a number.'],
  [[...HANDLER, '--vcpus', 'NaN'], '--vcpus is "NaN", but must be a number.'],
  [[...HANDLER, '--env', 'NAME'], '--env is "NAME", but must be NAME=VALUE.'],
  [[...HANDLER, '--env', '=value'], '--env is "=value", but must be NAME=VALUE.'],
  [[...HANDLER, '--unknown'], 'Unknown option \'--unknown\''],
])('%p is refused in one sentence', async (args, message) => {
  const error: Error = await rehearseCommand(args).then(() => { throw new Error('nothing was thrown'); }, (thrown) => thrown);

  expect(error.name).toBe('UsageError');
  expect(error.message).toContain(message);
  expect(error.message).not.toContain('\n');
});
