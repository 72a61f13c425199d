export { type IManagedInstances, ManagedInstances, type ManagedInstancesProps } from './managed-instances';
export { Egress, type NatGatewaysEgressProps } from './network/egress';
export { ManagedInstancesNetwork, type ManagedInstancesNetworkProps } from './network/managed-instances-network';
export { InstanceSelection } from './instances/instance-selection';
export { type AddFunctionOptions } from './functions/add-function-options';
export { ManagedFunction } from './functions/managed-function';
export { ExecutionEnvironmentMetrics, type ExecutionEnvironmentMetricsOptions } from './monitoring/execution-environment-metrics';
export { type AddDashboardOptions, ManagedInstancesDashboard, type ManagedInstancesDashboardProps } from './monitoring/managed-instances-dashboard';
export { ManagedInstancesLimits, type ManagedInstancesLimitsOverrides } from './service/managed-instances-limits';
