/**
 * The limits of CloudWatch and CloudFormation that dashboards and alarms may reach.
 *
 * Sources, read 2026-11-20:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html,
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html,
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-limits.html,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const CLOUDWATCH_LIMITS = {
  /** Columns of a dashboard's grid. */
  dashboardColumns: 24,
  /** Widgets of a dashboard. */
  dashboardWidgets: 500,
  /** Metrics in one graph. */
  metricsPerGraph: 500,
  /** Metrics on one dashboard. */
  metricsPerDashboard: 2500,
  /** Variables of a dashboard. */
  dashboardVariables: 25,
  /** Alarms in one status widget. */
  alarmsPerStatusWidget: 100,
  /** Metrics that an alarm's expression may use. */
  metricsPerAlarm: 10,
  /** Characters of an alarm's description. */
  alarmDescription: 1024,
  /** Parameters of a CloudFormation stack. */
  stackParameters: 200,
  /** Resources of a CloudFormation stack. */
  stackResources: 500,
  /** Bytes of a CloudFormation template, and so of a dashboard's body in it. */
  templateBytes: 1_048_576,
};
