import { ValidationError } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { lit } from '../reading/constructs/cdk-internals';

/**
 * The one place that makes errors. CDK's own `ValidationError` carries the construct's path and is shown
 * without a stack of library frames, but it is marked internal: a test pins how we call it.
 */
export function validationError(scope: IConstruct, message: string): Error {
  return new ValidationError(lit`ManagedInstancesValidation`, message, scope);
}
