import { Errors, Stack } from 'aws-cdk-lib';
import { throwErrors } from '../../src/judging/report';
import { Finding } from '../../src/rules/findings';
import { Level } from '../../src/rules/rule';

const FINDING: Finding = { code: 'Some', level: Level.ERROR, source: '', property: 'some', allowed: 'must be 1', found: 2, remedy: 'set it to 1' };

test('makes CDK\'s own validation error, with the path of the construct', () => {
  // WHEN
  const error = thrown(() => throwErrors(new Stack(undefined, 'Stack'), [FINDING]));

  // THEN
  expect(Errors.isValidationError(error)).toBe(true);
  expect(error.message).toBe('some is 2, but must be 1. Set it to 1. [cdk-lambda-managed-instances::Some]');
  expect((error as any).constructPath).toBe('Stack');
  expect(error.stack).toContain('Stack (aws-cdk-lib.Stack)');
});

test('makes an error without a path where there is no construct', () => {
  const error = thrown(() => throwErrors(undefined, [FINDING]));

  expect(Errors.isValidationError(error)).toBe(true);
  expect(error.message).toBe('some is 2, but must be 1. Set it to 1. [cdk-lambda-managed-instances::Some]');
});

function thrown(call: () => void): Error {
  try {
    call();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
