/** Identifies what was passed in place of a function. */
import { CfnResource } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { cdkClassOf } from '../reading/constructs/cdk-internals';
import { cfnFunctionOf } from '../reading/constructs/resource-behind';

/** The kinds of constructs that may be passed, in words. */
export enum AttachTarget {
  FUNCTION = 'a function',
  ALIAS = 'an alias',
  VERSION = 'a version',
  SINGLETON = 'a SingletonFunction',
  IMPORT = 'an imported function',
  RAW = 'a CfnResource',
  OTHER = 'not a construct',
}

/** Returns the kind of the construct that was passed as a function. */
export function attachTargetOf(fn: lambda.IFunctionRef): AttachTarget {
  if (!Construct.isConstruct(fn)) return AttachTarget.OTHER;
  return cfnFunctionOf(fn) ? AttachTarget.FUNCTION : targetWithoutFunction(fn);
}

/** Tells the kinds apart by their shape, because each has several classes, including imports. */
function targetWithoutFunction(fn: lambda.IFunctionRef): AttachTarget {
  if (CfnResource.isCfnResource(fn)) return AttachTarget.RAW;
  if ('aliasName' in fn) return AttachTarget.ALIAS;
  if ('lambda' in fn && 'version' in fn) return AttachTarget.VERSION;
  // `SingletonFunction` keeps its function elsewhere in the stack, where other constructs share it.
  return cdkClassOf(fn) === 'aws-cdk-lib.aws_lambda.SingletonFunction' ? AttachTarget.SINGLETON : AttachTarget.IMPORT;
}
