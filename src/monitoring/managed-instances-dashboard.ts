import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { searchExecutionEnvironments } from './execution-environment-search';

/**
 * How a dashboard is called.
 */
export interface AddDashboardOptions {
  /**
   * The name of the dashboard: letters, digits, `-` and `_`. Changing it replaces the dashboard.
   *
   * @default - CloudFormation generates one
   */
  readonly dashboardName?: string;
}

/**
 * What a dashboard shows.
 */
export interface ManagedInstancesDashboardProps extends AddDashboardOptions {
  /**
   * The capacity provider whose fleet is shown.
   */
  readonly capacityProvider: lambda.ICapacityProviderRef;
}

/** CloudWatch's grid has 24 columns. */
const GRAPH_WIDTH = 6;
const GRAPH_HEIGHT = 6;

/**
 * A CloudWatch dashboard of a capacity provider: what its execution environments are doing.
 *
 * It finds functions and versions by search when it is shown. So it covers functions that are attached later
 * or stand in other stacks, and it survives each deployment.
 */
@propertyInjectable
export class ManagedInstancesDashboard extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-lambda-managed-instances.ManagedInstancesDashboard';

  /**
   * The dashboard, to add widgets of your own.
   */
  public readonly dashboard: cloudwatch.Dashboard;

  private readonly capacityProvider: lambda.ICapacityProviderRef;

  constructor(scope: Construct, id: string, props: ManagedInstancesDashboardProps) {
    super(scope, id);
    this.capacityProvider = props.capacityProvider;
    this.dashboard = new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName: props.dashboardName,
      start: '-PT8H',
      periodOverride: cloudwatch.PeriodOverride.INHERIT,
    });
    this.dashboard.addWidgets(...this.widgets());
    this.node.defaultChild = this.dashboard.node.defaultChild;
  }

  /**
   * The widgets, to put them on a dashboard of your own: a row that fills the 24 columns.
   */
  public widgets(): cloudwatch.IWidget[] {
    return [
      this.environmentsGraph('Concurrent requests per environment (highest)', 'ExecutionEnvironmentConcurrency', cloudwatch.Stats.MAXIMUM),
      this.environmentsGraph('≈ Execution environments', 'ExecutionEnvironmentConcurrency', cloudwatch.Stats.SAMPLE_COUNT),
      this.environmentsGraph('Environment CPU % (average)', 'ExecutionEnvironmentCPUUtilization', cloudwatch.Stats.AVERAGE),
      this.environmentsGraph('Environment memory % (highest)', 'ExecutionEnvironmentMemoryUtilization', cloudwatch.Stats.MAXIMUM),
    ];
  }

  private environmentsGraph(title: string, metricName: string, statistic: string): cloudwatch.GraphWidget {
    return new cloudwatch.GraphWidget({
      title,
      left: [searchExecutionEnvironments(this.capacityProvider, metricName, statistic)],
      leftYAxis: { min: 0, showUnits: false },
      width: GRAPH_WIDTH,
      height: GRAPH_HEIGHT,
    });
  }
}
