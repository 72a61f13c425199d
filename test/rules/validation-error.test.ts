import { Errors, Stack } from 'aws-cdk-lib';
import { validationError } from '../../src/rules/validation-error';

test('makes CDK\'s own validation error, with the path of the construct', () => {
  // WHEN
  const error = validationError(new Stack(undefined, 'Stack'), 'text');

  // THEN
  expect(Errors.isValidationError(error)).toBe(true);
  expect(error.message).toBe('text');
  expect((error as any).constructPath).toBe('Stack');
  expect(error.stack).toContain('Stack (aws-cdk-lib.Stack)');
});
