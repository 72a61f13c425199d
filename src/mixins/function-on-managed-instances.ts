import { Mixin } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { AddFunctionOptions } from '../functions/add-function-options';
import { attachFunction } from '../functions/attach-function';

/**
 * Which capacity provider to attach functions to, and how they run there.
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
 * Applies to each `AWS::Lambda::Function` that it is given or finds below, and skips all else in silence, an
 * imported function or an alias, too. `ManagedInstances.addFunction` renders the same and refuses those.
 *
 * ```ts
 * declare const provider: lambda.CapacityProvider;
 * declare const ordersFn: lambda.Function;
 *
 * ordersFn.with(new mixins.FunctionOnManagedInstances({ capacityProvider: provider }));
 * ```
 *
 * @throws one error that lists each value which Lambda would refuse
 */
export class FunctionOnManagedInstances extends Mixin {
  private readonly props: FunctionOnManagedInstancesProps;

  constructor(props: FunctionOnManagedInstancesProps) {
    super();
    this.props = props;
  }

  /**
   * Whether the construct is the L1 of a function.
   */
  public supports(construct: IConstruct): boolean {
    return lambda.CfnFunction.isCfnFunction(construct);
  }

  /**
   * Attaches the function.
   */
  public applyTo(construct: IConstruct): void {
    if (!lambda.CfnFunction.isCfnFunction(construct)) return;
    const { capacityProvider, ...options } = this.props;
    attachFunction(construct, capacityProvider, options);
  }
}
