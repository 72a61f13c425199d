import { writeFileSync } from 'node:fs';
import { AwsCli, Ended, missing, runAws } from './aws-cli';

const REFUSED = 'An error occurred (ResourceNotFoundException) when calling the GetCapacityProvider operation: Capacity provider not found';

function succeeded(answer: unknown): Ended {
  return { status: 0, stdout: JSON.stringify(answer), stderr: '' };
}

function failed(stderr: string): Ended {
  return { status: 254, stdout: '', stderr };
}

describe('before anything is deployed', () => {
  /** A machine on which the commands that start with these words fail. */
  function machine(...failing: string[]): (args: string[]) => Ended {
    return (args) => failing.some((words) => args.join(' ').startsWith(words)) ? failed('Unable to locate credentials.') : succeeded({});
  }

  test('nothing is missing where the CLI knows capacity providers and who asks', () => {
    expect(missing(machine())).toBeUndefined();
  });

  test('says that the CLI is missing', () => {
    expect(missing(() => ({ status: null, stdout: '', stderr: '' }))).toMatch(/^the AWS CLI is not installed/);
  });

  test('says that credentials are missing, and what the CLI says', () => {
    expect(missing(machine('sts'))).toBe(
      'there are no AWS credentials that work; sign in (aws sso login, or AWS_PROFILE) and choose a Region (AWS_REGION)\nUnable to locate credentials.',
    );
  });

  test('says that the CLI is too old', () => {
    expect(missing(machine('lambda get-capacity-provider'))).toContain('doesn\'t know capacity providers');
  });
});

test('reads the state of a capacity provider', () => {
  const asked: string[][] = [];
  const cli = new AwsCli((args) => {
    asked.push(args);
    return succeeded({ CapacityProvider: { State: 'Pending' } });
  });

  expect(cli.capacityProviderState('fleet')).toBe('Pending');
  expect(asked).toEqual([['lambda', 'get-capacity-provider', '--capacity-provider-name', 'fleet']]);
});

test('knows a capacity provider that is gone from one that can\'t be asked for', () => {
  expect(new AwsCli(() => failed(REFUSED)).capacityProviderState('fleet')).toBeUndefined();
  expect(() => new AwsCli(() => failed('ExpiredToken')).capacityProviderState('fleet')).toThrow('AWS can\'t be asked: ExpiredToken');
});

test('finds the capacity providers of a stack, whether it was made or not, and none where there is no stack', () => {
  const resources = [
    { ResourceType: 'AWS::EC2::VPC', PhysicalResourceId: 'vpc-1' },
    { ResourceType: 'AWS::Lambda::CapacityProvider', PhysicalResourceId: 'fleet' },
    { ResourceType: 'AWS::Lambda::CapacityProvider' }, // CloudFormation hasn't come to it
  ];
  const missingStack = 'An error occurred (ValidationError) when calling the ListStackResources operation: Stack with id integ does not exist';

  expect(new AwsCli(() => succeeded({ StackResourceSummaries: resources })).capacityProvidersOf('integ')).toEqual(['fleet']);
  expect(new AwsCli(() => failed(missingStack)).capacityProvidersOf('integ')).toEqual([]);
  expect(() => new AwsCli(() => failed('AccessDenied')).capacityProvidersOf('integ')).toThrow('AWS can\'t be asked: AccessDenied');
});

test('reads the state of a version, and why', () => {
  const reason = { State: 'Failed', StateReasonCode: 'InsufficientCapacity', StateReason: 'No instances' };

  expect(new AwsCli(() => succeeded(reason)).functionState('orders', 'live')).toEqual({ state: 'Failed', reason: 'InsufficientCapacity: No instances' });
  expect(new AwsCli(() => succeeded({ State: 'Active' })).functionState('orders', 'live')).toEqual({ state: 'Active', reason: undefined });
});

test('reads what a function returns, how it failed, and why it was refused', () => {
  const invoking = (metadata: unknown, payload: string) => new AwsCli((args) => {
    writeFileSync(args[args.length - 1], payload); // as the CLI does
    return succeeded(metadata);
  });

  expect(invoking({ StatusCode: 200 }, '"ok"').invoke('orders', 'live')).toEqual({ payload: '"ok"', error: undefined });
  expect(invoking({ StatusCode: 200, FunctionError: 'Unhandled' }, '{}').invoke('orders', 'live')).toEqual({ payload: '{}', error: 'Unhandled' });
  expect(new AwsCli(() => failed('TooManyRequestsException')).invoke('orders', 'live')).toEqual({ payload: '', refused: 'TooManyRequestsException' });
});

test('reads the state of an alarm', () => {
  const alarm = { StateValue: 'INSUFFICIENT_DATA', StateReason: 'Unchecked' };

  expect(new AwsCli(() => succeeded({ MetricAlarms: [alarm] })).alarmState('a')).toEqual({ state: 'INSUFFICIENT_DATA', reason: 'Unchecked' });
  expect(new AwsCli(() => succeeded({ MetricAlarms: [] })).alarmState('a')).toEqual({ state: 'no such alarm' });
});

test('a command that can\'t be started has no status', () => {
  const path = process.env.PATH;
  process.env.PATH = '/nowhere';
  try {
    expect(runAws(['--version'])).toEqual({ status: null, stdout: '', stderr: '' });
  } finally {
    process.env.PATH = path;
  }
});
