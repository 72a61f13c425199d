/** The options for the names of metrics about which AWS's pages disagree. Metrics, alarms and dashboards take the same options. */

/**
 * The names of the metrics of execution environments about which AWS's pages disagree.
 */
export interface EnvironmentMetricOptions {
  /**
   * Whether the metrics have the dimension `Resource`, which names the version. AWS's reference says that they do. Older pages mention only the
   * capacity provider and the function; with false, all versions of a function are measured together.
   *
   * @default true
   */
  readonly resourceDimension?: boolean;

  /**
   * The name of the metric of the environments' CPU utilisation. AWS's page on troubleshooting calls it `ExecutionEnvironmentVCPUUtilization`.
   *
   * @default - `ExecutionEnvironmentCPUUtilization`, as in AWS's reference
   */
  readonly cpuMetricName?: string;
}
