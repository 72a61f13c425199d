/** Expands an `AWS::Serverless::Function` into the function, its version and alias, its URL, and its callers. */
import { inBranches, withoutAbsent } from './sam-capacity-provider';
import { samEvent } from './sam-events';
import { Expansion } from './sam-expansion';
import { LATEST } from '../../service/execution-environments';
import { ALIAS, EVENT_INVOKE_CONFIG, FUNCTION, FUNCTION_URL, ROLE, VERSION } from '../resource-view';
import { entriesOf, entryOf } from '../templates/template';

/** Returns the function under the same logical id, and the resources that SAM adds. */
export function samFunction(logicalId: string, { Properties: properties, ...rest }: any): Expansion {
  const {
    CapacityProviderConfig: capacityProvider, AutoPublishAlias: aliasName, VersionDeletionPolicy: deletionPolicy, FunctionUrlConfig: url,
    Events: events,
    Policies: policies, EventInvokeConfig: eventInvoke, ProvisionedConcurrencyConfig: provisioned, ImageUri: imageUri, ...same
  } = properties;
  const common = rest.Condition === undefined ? {} : { Condition: rest.Condition };
  const versionId = `${logicalId}Version`;
  const aliasId = `${logicalId}Alias${typeof aliasName === 'string' ? aliasName.replace(/[^A-Za-z0-9]/g, '') : ''}`;
  const target = { Ref: aliasName === undefined ? logicalId : aliasId };
  const resources: Record<string, any> = {
    [logicalId]: {
      ...rest,
      Type: FUNCTION,
      Properties: withoutAbsent({
        ...same,
        CapacityProviderConfig: inBranches(capacityProvider, lambdaConfig),
        Code: imageUri === undefined ? undefined : { ImageUri: imageUri },
      }),
    },
  };
  if (policies !== undefined) resources[`${logicalId}Role`] = { ...common, ...samRole(policies) };
  if (aliasName !== undefined) {
    resources[versionId] = {
      ...common,
      Type: VERSION,
      DeletionPolicy: deletionPolicy ?? (capacityProvider === undefined ? 'Retain' : 'Delete'),
      Properties: withoutAbsent({ FunctionName: { Ref: logicalId }, FunctionScalingConfig: properties.FunctionScalingConfig }),
    };
    resources[aliasId] = {
      ...common,
      Type: ALIAS,
      Properties: withoutAbsent({
        Name: aliasName, FunctionName: { Ref: logicalId }, FunctionVersion: { 'Fn::GetAtt': [versionId, 'Version'] }, ProvisionedConcurrencyConfig: provisioned,
      }),
    };
  }
  if (url !== undefined) resources[`${logicalId}Url`] = { ...common, Type: FUNCTION_URL, Properties: { ...url, TargetFunctionArn: target } };
  if (eventInvoke !== undefined) {
    resources[`${logicalId}EventInvokeConfig`] = {
      ...common, Type: EVENT_INVOKE_CONFIG, Properties: { ...eventInvoke, FunctionName: { Ref: logicalId }, Qualifier: aliasName ?? LATEST },
    };
  }
  for (const [name, event] of entriesOf(events)) {
    for (const [id, resource] of Object.entries(samEvent(logicalId + name, event, target))) resources[id] = { ...common, ...resource };
  }
  return { resources, names: aliasName === undefined ? {} : { [`${logicalId}.Version`]: versionId, [`${logicalId}.Alias`]: aliasId } };
}

/** Returns the role that SAM creates. SAM's own policy templates are left out, because they allow no action that matters here. */
export function samRole(policies: unknown): object {
  const all = [policies].flat();
  return {
    Type: ROLE,
    Properties: {
      Policies: all.filter((policy) => entryOf(policy, 'Statement') !== undefined).map((PolicyDocument) => ({ PolicyDocument })),
      ManagedPolicyArns: all.map((policy) => (typeof policy === 'string' && !policy.includes(':') ? `arn:aws:iam::aws:policy/${policy}` : policy)),
    },
  };
}

/** Returns the nested form that CloudFormation has for SAM's flat configuration. */
function lambdaConfig({ Arn, ...others }: any): object {
  return { LambdaManagedInstancesCapacityProviderConfig: withoutAbsent({ ...others, CapacityProviderArn: Arn }) };
}
