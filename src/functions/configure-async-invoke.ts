/** Configures asynchronous calls on the version that runs. CDK's own `configureAsyncInvoke` configures `$LATEST`, which can't be invoked. */
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, IConstruct } from 'constructs';
import { ASYNC_INVOKE_FINDINGS, rangeFindings } from './async-invoke-findings';
import { throwErrors } from '../judging/report';
import { isToken } from '../reading/constructs/token';
import { Finding, findingOf } from '../rules/findings';
import { LATEST_PUBLISHED } from '../service/execution-environments';

const ID = 'AsyncInvoke';

/**
 * Options for asynchronous calls of a function: how often and for how long Lambda tries, and where results go.
 */
export interface ConfigureAsyncInvokeOptions extends lambda.EventInvokeConfigOptions {
  /**
   * The alias whose calls are configured.
   *
   * @default - `$LATEST.PUBLISHED`, the version that an unqualified ARN means
   */
  readonly alias?: lambda.IAlias;
}

/** Creates the configuration, or throws one error that lists everything that is wrong. */
export function configureAsyncInvoke(fn: lambda.IFunctionRef, options: ConfigureAsyncInvokeOptions): lambda.EventInvokeConfig {
  const { alias, ...config } = options;
  const owner: IConstruct = alias ?? fn;
  const { maxEventAge, retryAttempts } = config;
  throwErrors(fn, [
    ...rangeFindings(
      maxEventAge?.isUnresolved() ? undefined : maxEventAge?.toSeconds({ integral: false }),
      isToken(retryAttempts) ? undefined : retryAttempts,
    ),
    ...twiceFindings(owner),
  ]);
  const scope = new Construct(owner as Construct, ID);
  return new lambda.EventInvokeConfig(scope, 'Config', { ...config, function: functionOf(fn, scope), qualifier: alias?.aliasName ?? LATEST_PUBLISHED });
}

/** Returns the function as a construct. An L1 has no role that could be granted the use of destinations, so its caller grants that. */
function functionOf(fn: lambda.IFunctionRef, scope: Construct): lambda.IFunction {
  if (!lambda.CfnFunction.isCfnFunction(fn)) return fn as lambda.IFunction;
  return lambda.Function.fromFunctionAttributes(scope, 'Function', { functionArn: fn.attrArn, sameEnvironment: true });
}

function twiceFindings({ node }: IConstruct): Finding[] {
  return node.tryFindChild(ID) === undefined ? [] : [findingOf(ASYNC_INVOKE_FINDINGS.AsyncInvokeTwice, {
    property: 'configureAsyncInvoke',
    verb: 'is called',
    allowed: 'Lambda keeps one configuration for a function or an alias',
    found: `twice for ${node.path}`,
    remedy: 'join both calls',
  })];
}
