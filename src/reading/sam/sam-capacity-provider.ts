/** Expands an `AWS::Serverless::CapacityProvider`. */
import { Expansion } from './sam-expansion';
import { CAPACITY_PROVIDER, ROLE } from '../resource-view';

const OPERATOR_POLICY = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AWSLambdaManagedEC2ResourceOperator' };

/** Returns the capacity provider under the same logical id, and the operator role that SAM creates if none is given. */
export function samCapacityProvider(logicalId: string, { Properties: properties, ...rest }: any): Expansion {
  const {
    OperatorRole: operatorRole, InstanceRequirements: requirements, ScalingConfig: scaling, LoggingConfig: loggingConfig, Tags: tags,
    ManagedResourceTags: resourceTags, PropagateTags: _toOwnResourcesOnly, ...same
  } = properties;
  const roleId = `${logicalId}OperatorRole`;
  const provider = {
    ...rest,
    Type: CAPACITY_PROVIDER,
    Properties: withoutAbsent({
      ...same,
      PermissionsConfig: { CapacityProviderOperatorRoleArn: operatorRole ?? { 'Fn::GetAtt': [roleId, 'Arn'] } },
      InstanceRequirements: inBranches(requirements, ({ AllowedTypes, ExcludedTypes, ...others }) => withoutAbsent({
        ...others, AllowedInstanceTypes: AllowedTypes, ExcludedInstanceTypes: ExcludedTypes,
      })),
      CapacityProviderScalingConfig: inBranches(scaling, scalingConfig),
      TelemetryConfig: loggingConfig && { LoggingConfig: loggingConfig },
      Tags: listOfTags({ 'lambda:createdBy': 'SAM', ...tags }),
      PropagateTags: resourceTags && { Mode: 'Explicit', ExplicitTags: inBranches(resourceTags.Tags ?? {}, listOfTags) },
    }),
  };
  if (operatorRole !== undefined) return { resources: { [logicalId]: provider } };
  const role = {
    Type: ROLE,
    ...rest.Condition !== undefined && { Condition: rest.Condition },
    Properties: {
      AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] }, Action: ['sts:AssumeRole'] }] },
      ManagedPolicyArns: [OPERATOR_POLICY],
    },
  };
  return { resources: { [logicalId]: provider, [roleId]: role } };
}

/** Returns the scaling configuration. With a target, SAM sets manual scaling, and otherwise explicitly automatic scaling. */
function scalingConfig({ MaxVCpuCount, AverageCPUUtilization, ...others }: any): object {
  const policies = AverageCPUUtilization === undefined ? undefined : [{
    PredefinedMetricType: 'LambdaCapacityProviderAverageCPUUtilization', TargetValue: AverageCPUUtilization,
  }];
  return withoutAbsent({ ...others, MaxVCpuCount, ScalingMode: policies ? 'Manual' : 'Auto', ScalingPolicies: policies });
}

function listOfTags(tags: object): object[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Changes a map of properties in each branch of a `Fn::If` around it. Any other intrinsic function stays as it is, because its value is unknown. */
export function inBranches(value: any, change: (map: any) => any): any {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const branches = value['Fn::If'];
  if (Array.isArray(branches)) return { 'Fn::If': [branches[0], ...branches.slice(1).map((branch) => inBranches(branch, change))] };
  return Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::')) ? value : change(value);
}

/** Returns the entries that have a value. */
export function withoutAbsent(map: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined));
}
