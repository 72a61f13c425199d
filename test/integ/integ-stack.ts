import { App, CfnOutput, RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { CapacityProviderMetrics, ManagedInstances, ManagedInstancesProps } from '../../src';

export interface IntegStackProps extends StackProps {
  /** The props of the tested fleet. Its log group is deleted with the stack. */
  readonly fleet?: ManagedInstancesProps;
  /** Whether the library's dashboard and alarms are deployed, too. */
  readonly monitoring?: boolean;
}

/** Returns an app that refuses to synthesise templates that CloudFormation's schemas forbid, so that no deployment is started in vain. */
export function integApp(): App {
  return new App({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true, '@aws-cdk/core:strictCfnValidateErrors': true } });
}

/**
 * A fleet with a function that returns how it was started, and alarms on this library's metrics that are OK only after data arrives. The stack's
 * outputs name the resources that `assertions.ts` checks.
 */
export class IntegStack extends Stack {
  constructor(scope: Construct, id: string, props: IntegStackProps = {}) {
    super(scope, id, props);

    const logGroup = (name: string) => new logs.LogGroup(this, name, { retention: logs.RetentionDays.ONE_DAY, removalPolicy: RemovalPolicy.DESTROY });
    const fleet = new ManagedInstances(this, 'Fleet', { maxVCpuCount: 32, logGroup: logGroup('SystemLogs'), ...props.fleet });
    const fn = new lambda.Function(this, 'Function', {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => process.env.AWS_LAMBDA_INITIALIZATION_TYPE;'),
      logGroup: logGroup('Logs'),
      // A retained version would keep its instances, and the capacity provider couldn't be deleted.
      currentVersionOptions: { removalPolicy: RemovalPolicy.DESTROY, minExecutionEnvironments: 1, maxExecutionEnvironments: 3 },
    });
    const { metrics } = fleet.addFunction(fn, { latestPublishedScalingConfig: { minExecutionEnvironments: 1, maxExecutionEnvironments: 3 } });
    const live = new lambda.Alias(this, 'Live', { aliasName: 'live', version: fn.currentVersion });
    if (props.monitoring) {
      fleet.addDashboard('Dashboard');
      fleet.addAlarms('Alarms');
    }

    const alarms = [
      this.okWithData('ProviderReports', CapacityProviderMetrics.fromCapacityProvider(fleet).vCpuAllocated(), 400),
      this.okWithData('EnvironmentsReport', metrics.executionEnvironmentMemoryUtilization(), 100),
    ];
    this.output('CapacityProvider', fleet.capacityProvider.capacityProviderName);
    this.output('Function', fn.functionName);
    this.output('Alias', live.aliasName);
    this.output('Alarms', alarms.map(({ alarmName }) => alarmName).join(' '));
  }

  /** Creates an alarm that has no state until the metric has data, and that never fires. */
  private okWithData(id: string, metric: cloudwatch.IMetric, threshold: number): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this, id, {
      metric,
      threshold,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.MISSING,
    });
  }

  private output(id: string, value: string): void {
    new CfnOutput(this, `${id}Output`, { value }).overrideLogicalId(`${id}Output`);
  }
}
