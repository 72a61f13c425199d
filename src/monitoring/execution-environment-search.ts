import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { METRIC_NAMESPACE, METRIC_PERIOD } from './metric-names';

/**
 * A metric of the environments of all functions and versions on a provider, found when the graph is drawn.
 *
 * It names no function, so it covers those that are attached later and those of other stacks, which the
 * provider's stack could not refer to without a cyclic reference.
 */
export function searchExecutionEnvironments(
  capacityProvider: lambda.ICapacityProviderRef, metricName: string, statistic: string,
): cloudwatch.SearchExpression {
  const schema = `{${METRIC_NAMESPACE},CapacityProviderName,FunctionName,Resource}`;
  const { capacityProviderName } = capacityProvider.capacityProviderRef;
  return new cloudwatch.SearchExpression({
    expression: `SEARCH('${schema} MetricName="${metricName}" CapacityProviderName="${capacityProviderName}"', '${statistic}', ${METRIC_PERIOD.toSeconds()})`,
    label: '${PROP(\'Dim.Resource\')}',
    period: METRIC_PERIOD,
  });
}
