import * as lambda from 'aws-cdk-lib/aws-lambda';
import { attachmentOf, cfnFunctionOf } from '../../registry/provider-record';

/** What kind of thing somebody wants to attach. */
export enum AttachTarget {
  FUNCTION = 'a function',
  ALIAS = 'an alias',
  VERSION = 'a version',
  SINGLETON = 'a SingletonFunction',
  IMPORT = 'an imported function',
}

/** What the rules need to know before a function is attached. */
export interface AttachFacts {
  readonly target: AttachTarget;
  /** The provider that the function is already on, if any. */
  readonly attachedTo?: string;
}

/** Reads what was given as a function. */
export function attachFacts(fn: lambda.IFunctionRef): AttachFacts {
  const resource = cfnFunctionOf(fn);
  return {
    target: resource ? AttachTarget.FUNCTION : targetWithoutFunction(fn),
    attachedTo: resource && providerOf(resource),
  };
}

/** Told by shape, since there are several classes of each, imports among them. */
function targetWithoutFunction(fn: lambda.IFunctionRef): AttachTarget {
  if ('aliasName' in fn) return AttachTarget.ALIAS;
  if ('lambda' in fn && 'version' in fn) return AttachTarget.VERSION;
  // It keeps its function elsewhere in the stack, where other constructs share it.
  return jsiiName(fn) === 'aws-cdk-lib.aws_lambda.SingletonFunction' ? AttachTarget.SINGLETON : AttachTarget.IMPORT;
}

function providerOf(resource: lambda.CfnFunction): string | undefined {
  return attachmentOf(resource)?.provider.node.path ?? (resource.capacityProviderConfig && 'another capacity provider');
}

function jsiiName(construct: object): string | undefined {
  return (construct.constructor as any)[Symbol.for('jsii.rtti')]?.fqn;
}
