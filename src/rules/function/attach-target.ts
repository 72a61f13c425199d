/** What kind of thing somebody gave where a function belongs. */
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { cfnFunctionOf } from '../../reading/constructs/resource-behind';

/** The kinds, in words. */
export enum AttachTarget {
  FUNCTION = 'a function',
  ALIAS = 'an alias',
  VERSION = 'a version',
  SINGLETON = 'a SingletonFunction',
  IMPORT = 'an imported function',
}

/** The kind of what was given as a function. */
export function attachTargetOf(fn: lambda.IFunctionRef): AttachTarget {
  return cfnFunctionOf(fn) ? AttachTarget.FUNCTION : targetWithoutFunction(fn);
}

/** Told by shape, since there are several classes of each, imports among them. */
function targetWithoutFunction(fn: lambda.IFunctionRef): AttachTarget {
  if ('aliasName' in fn) return AttachTarget.ALIAS;
  if ('lambda' in fn && 'version' in fn) return AttachTarget.VERSION;
  // It keeps its function elsewhere in the stack, where other constructs share it.
  return jsiiName(fn) === 'aws-cdk-lib.aws_lambda.SingletonFunction' ? AttachTarget.SINGLETON : AttachTarget.IMPORT;
}

function jsiiName(construct: object): string | undefined {
  return (construct.constructor as any)[Symbol.for('jsii.rtti')]?.fqn;
}
