import { CfnResource, Mixin, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { AddFunctionOptions } from '../functions/add-function-options';
import { attachFunction } from '../functions/attach-function';
import { providerTargetFindings } from '../judging/props-findings';
import { throwErrors } from '../judging/report';
import { cdkClassOf } from '../reading/constructs/cdk-internals';
import { cfnFunctionOf } from '../reading/constructs/resource-behind';

/**
 * Properties of the `FunctionOnManagedInstances` mixin.
 */
export interface FunctionOnManagedInstancesProps extends AddFunctionOptions {
  /**
   * The capacity provider: `ManagedInstances`, CDK's own `lambda.CapacityProvider`, an L1 or an import.
   */
  readonly capacityProvider: lambda.ICapacityProviderRef;
}

/**
 * Attaches functions to a capacity provider.
 *
 * It applies to the construct it is given and to each `AWS::Lambda::Function` below. It silently skips everything else: imported
 * functions, aliases, the handlers of CDK's custom resources, and functions that several constructs share (`SingletonFunction`).
 * `ManagedInstances.addFunction` does the same for one function, but throws an error for constructs that the mixin skips.
 *
 * ```ts
 * declare const provider: lambda.CapacityProvider;
 * declare const ordersFn: lambda.Function;
 *
 * ordersFn.with(new mixins.FunctionOnManagedInstances({ capacityProvider: provider }));
 * ```
 *
 * @throws one error that lists everything that Lambda would refuse
 */
export class FunctionOnManagedInstances extends Mixin {
  private readonly props: FunctionOnManagedInstancesProps;

  constructor(props: FunctionOnManagedInstancesProps) {
    super();
    this.props = props;
  }

  /**
   * Returns whether the construct is the L1 of a function that you created, not one that a CDK construct created for itself.
   */
  public supports(construct: IConstruct): boolean {
    return lambda.CfnFunction.isCfnFunction(construct) && isAttachable(construct);
  }

  /**
   * Attaches the function.
   */
  public applyTo(construct: IConstruct): void {
    if (!lambda.CfnFunction.isCfnFunction(construct) || !isAttachable(construct)) return;
    const { capacityProvider, ...options } = { ...this.props };
    throwErrors(construct, providerTargetFindings(capacityProvider));
    attachFunction(construct, capacityProvider, options);
  }
}

/** `SingletonFunction` adds the shared function to the stack under a purpose and a UUID: `AWS679f53fac002430cb0da5b7982bd2287`. */
const SHARED_ID = /[0-9a-f]{32}$/i;

/** CDK's own stacks, which users create. */
const STACKS = ['aws-cdk-lib.Stack', 'aws-cdk-lib.NestedStack'];

/** Returns whether a function is the user's: no CDK construct created it for itself, and its properties can be set. */
function isAttachable(resource: CfnResource): boolean {
  if (cfnFunctionOf(resource) === undefined) return false;
  for (const construct of resource.node.scopes.reverse().slice(1)) {
    const isFunction = construct.node.defaultChild === resource;
    if (isFunction ? SHARED_ID.test(construct.node.id) && Stack.isStack(construct.node.scope) : isOfCdk(construct)) return false;
    if (Stack.isStack(construct)) break;
  }
  return true;
}

function isOfCdk(construct: IConstruct): boolean {
  const name = cdkClassOf(construct);
  return name !== undefined && !STACKS.includes(name);
}
