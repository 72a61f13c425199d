import { isSam, readSam } from '../../../src/reading/sam/sam-template';

const SERVERLESS = 'AWS::Serverless::';
const FN_PROPERTIES = { Runtime: 'nodejs24.x', MemorySize: 2048 };

/** The resources that one SAM resource becomes. */
function expanded(type: string, properties: object | undefined, rest: object = {}, globals?: object) {
  const resource = { Type: SERVERLESS + type, ...properties && { Properties: properties }, ...rest };
  return readSam({ Globals: globals, Resources: { Orders: resource } }).body.Resources;
}
const fn = (properties: object, rest?: object) => expanded('Function', { ...FN_PROPERTIES, ...properties }, rest);
const provider = (properties: object, rest?: object, globals?: object) => expanded('CapacityProvider', { OperatorRole: 'arn:role', ...properties }, rest, globals).Orders;

test('becomes a template of CloudFormation, in which all else stays as it is', () => {
  const topic = { Type: 'AWS::SNS::Topic' };
  const { body, notRead, origins } = readSam({
    Description: 'Shop',
    Resources: {
      Topic: topic,
      Broken: null,
      Orders: { Type: 'AWS::Serverless::Function', Properties: { ...FN_PROPERTIES, AutoPublishAlias: 'live' } },
      Api: { Type: 'AWS::Serverless::Api' },
      Other: { Type: 'AWS::Serverless::Other' },
      Uses: { Type: 'AWS::SNS::Subscription', Properties: { Endpoint: { Ref: 'Orders.Alias' }, Version: { Ref: 'Orders.Version' }, Name: 'Orders.Alias', Topic: { Ref: 'Topic' } } },
    },
  });

  expect(body.Description).toBe('Shop');
  expect(Object.keys(body.Resources)).toEqual(['Topic', 'Broken', 'Orders', 'OrdersVersion', 'OrdersAliaslive', 'Uses']);
  expect(body.Resources.Topic).toEqual(topic);
  expect(body.Resources.Uses.Properties).toEqual({ Endpoint: { Ref: 'OrdersAliaslive' }, Version: { Ref: 'OrdersVersion' }, Name: 'Orders.Alias', Topic: { Ref: 'Topic' } });
  expect(notRead).toEqual([{ logicalId: 'Other', type: 'AWS::Serverless::Other', reason: 'only SAM\'s transform can expand it' }]);
  expect([...origins]).toEqual([['OrdersVersion', 'Orders'], ['OrdersAliaslive', 'Orders']]);
});

test.each([
  [{ Resources: { A: { Type: 'AWS::SNS::Topic' }, B: { Type: 'AWS::Serverless::Function' } } }, true],
  [{ Resources: { A: { Type: 'AWS::SNS::Topic' }, B: null, C: { Type: 5 } } }, false],
  [{}, false],
  [null, false],
])('knows whether %j is of SAM: %s', (body, is) => {
  expect(isSam(body)).toBe(is);
});

describe('a function', () => {
  test('is one, with its configuration for managed instances nested', () => {
    const config = { CapacityProviderConfig: { Arn: 'arn:provider', PerExecutionEnvironmentMaxConcurrency: 8 } };

    expect(fn({ ...config, ImageUri: 'image:1' }, { Condition: 'IsProd', DeletionPolicy: 'Retain' })).toEqual({
      Orders: {
        Type: 'AWS::Lambda::Function',
        Condition: 'IsProd',
        DeletionPolicy: 'Retain',
        Properties: {
          ...FN_PROPERTIES,
          Code: { ImageUri: 'image:1' },
          CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: 'arn:provider', PerExecutionEnvironmentMaxConcurrency: 8 } },
        },
      },
    });
    expect(fn({})).toEqual({ Orders: { Type: 'AWS::Lambda::Function', Properties: FN_PROPERTIES } });
    expect(expanded('Function', undefined)).toEqual({ Orders: { Type: 'AWS::Lambda::Function', Properties: {} } });
  });

  test('has a version and an alias', () => {
    const alias = { AutoPublishAlias: 'live-1', CapacityProviderConfig: { Arn: 'arn:provider' }, FunctionScalingConfig: { MinExecutionEnvironments: 3 } };
    const { OrdersVersion: version, OrdersAliaslive1: { Properties: properties } } = fn(alias);

    expect(version).toEqual({
      Type: 'AWS::Lambda::Version', DeletionPolicy: 'Delete', Properties: { FunctionName: { Ref: 'Orders' }, FunctionScalingConfig: { MinExecutionEnvironments: 3 } },
    });
    expect(properties).toEqual({ Name: 'live-1', FunctionName: { Ref: 'Orders' }, FunctionVersion: { 'Fn::GetAtt': ['OrdersVersion', 'Version'] } });
    expect(fn({ AutoPublishAlias: 'live' }).OrdersVersion.DeletionPolicy).toBe('Retain');
    expect(fn({ ...alias, VersionDeletionPolicy: 'Snapshot' }).OrdersVersion.DeletionPolicy).toBe('Snapshot');
    expect(Object.keys(fn({ AutoPublishAlias: { Ref: 'Stage' } }))).toEqual(['Orders', 'OrdersVersion', 'OrdersAlias']);
    expect(fn({ AutoPublishAlias: 'live', ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 } }).OrdersAliaslive.Properties.ProvisionedConcurrencyConfig).toBeDefined();
  });

  test('has what else SAM adds, under its condition', () => {
    const added = fn({
      AutoPublishAlias: 'live',
      FunctionUrlConfig: { AuthType: 'NONE' },
      EventInvokeConfig: { MaximumRetryAttempts: 1 },
      Policies: 'AWSLambda_FullAccess',
      Events: { Api: { Type: 'Api' } },
    }, { Condition: 'IsProd' });

    expect(added.OrdersUrl.Properties).toEqual({ AuthType: 'NONE', TargetFunctionArn: { Ref: 'OrdersAliaslive' } });
    expect(added.OrdersEventInvokeConfig.Properties).toEqual({ MaximumRetryAttempts: 1, FunctionName: { Ref: 'Orders' }, Qualifier: 'live' });
    expect(added.OrdersRole).toMatchObject({ Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSLambda_FullAccess'], Policies: [] } });
    expect(added.OrdersApi).toEqual({ Condition: 'IsProd', Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { Ref: 'OrdersAliaslive' }, Action: 'lambda:InvokeFunction' } });
    expect(Object.values<any>(added).map(({ Condition: condition }) => condition)).toEqual(Array(7).fill('IsProd'));
    expect(fn({ EventInvokeConfig: {}, FunctionUrlConfig: {} })).toMatchObject({
      OrdersEventInvokeConfig: { Properties: { Qualifier: '$LATEST' } }, OrdersUrl: { Properties: { TargetFunctionArn: { Ref: 'Orders' } } },
    });
  });

  test.each<[string, unknown, object]>([
    ['the name of a policy', ['A', 'B'], { Policies: [], ManagedPolicyArns: ['arn:aws:iam::aws:policy/A', 'arn:aws:iam::aws:policy/B'] }],
    ['an ARN', 'arn:aws:iam::111111111111:policy/A', { Policies: [], ManagedPolicyArns: ['arn:aws:iam::111111111111:policy/A'] }],
    ['a document', { Statement: [] }, { Policies: [{ PolicyDocument: { Statement: [] } }] }],
  ])('has a role with %s', (_what, policies, properties) => {
    expect(fn({ Policies: policies }).OrdersRole.Properties).toMatchObject(properties);
  });

  test.each<[string, object, Record<string, object>]>([
    ['a queue', { Type: 'SQS', Properties: { Queue: 'arn:q', BatchSize: 5 } }, { OrdersE: { EventSourceArn: 'arn:q', BatchSize: 5 } }],
    ['a stream', { Type: 'Kinesis', Properties: { Stream: 'arn:s' } }, { OrdersE: { EventSourceArn: 'arn:s' } }],
    ['a source without properties', { Type: 'DynamoDB' }, { OrdersE: { FunctionName: { Ref: 'Orders' } } }],
    ['Amazon MQ', { Type: 'MQ', Properties: { Broker: 'arn:b' } }, { OrdersE: { EventSourceArn: 'arn:b' } }],
    ['DocumentDB', { Type: 'DocumentDB', Properties: { Cluster: 'arn:c', DatabaseName: 'd' } }, { OrdersE: { EventSourceArn: 'arn:c', DocumentDBEventSourceConfig: { DatabaseName: 'd' } } }],
    ['self-managed Kafka', { Type: 'SelfManagedKafka', Properties: { KafkaBootstrapServers: ['k'] } }, { OrdersE: { SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['k'] } } } }],
    ['a schedule', { Type: 'Schedule', Properties: { Schedule: 'rate(1 hour)' } }, { OrdersE: { ScheduleExpression: 'rate(1 hour)', Targets: [{ Arn: { Ref: 'Orders' } }] }, OrdersEPermission: {} }],
    ['a disabled schedule', { Type: 'Schedule', Properties: { Enabled: false, State: 'ENABLED' } }, { OrdersE: { State: 'DISABLED' }, OrdersEPermission: {} }],
    ['a schedule with a state', { Type: 'Schedule', Properties: { Enabled: true, State: 'ENABLED' } }, { OrdersE: { State: 'ENABLED' }, OrdersEPermission: {} }],
    ['a schedule of EventBridge Scheduler', { Type: 'ScheduleV2', Properties: { ScheduleExpression: 'rate(1 hour)' } }, { OrdersE: { ScheduleExpression: 'rate(1 hour)', Target: { Arn: { Ref: 'Orders' } } } }],
    ['anything else', { Type: 'constructor' }, { OrdersE: { Action: 'lambda:InvokeFunction' } }],
    ['a broken event', { Type: 5 }, { OrdersE: { Action: 'lambda:InvokeFunction' } }],
  ])('is called by %s', (_what, event, expected) => {
    const { Orders: _fn, ...added } = fn({ Events: { E: event } });

    expect(Object.keys(added)).toEqual(Object.keys(expected));
    Object.entries(expected).forEach(([id, properties]) => expect(added[id].Properties).toMatchObject(properties));
    if ('EventSourceArn' in expected.OrdersE) expect(added.OrdersE.Properties).not.toHaveProperty('SelfManagedEventSource');
  });

  test('has a mapping with nothing but what its event says', () => {
    const mapping = (type: string, properties: object) => fn({ Events: { E: { Type: type, Properties: properties } } }).OrdersE.Properties;

    expect(Object.keys(mapping('SQS', { Queue: 'arn:q' }))).toEqual(['Queue', 'FunctionName', 'EventSourceArn']);
    expect(Object.keys(mapping('SelfManagedKafka', { Topics: ['t'] }))).toEqual(['Topics', 'FunctionName', 'SelfManagedEventSource']);
    expect(Object.keys(mapping('Kinesis', {}))).toEqual(['FunctionName']);
  });
});

describe('a capacity provider', () => {
  test('has the names of CloudFormation', () => {
    expect(provider({
      CapacityProviderName: 'orders',
      VpcConfig: { SubnetIds: ['a'] },
      InstanceRequirements: { AllowedTypes: ['m8g.xlarge'], Architectures: ['arm64'] },
      ScalingConfig: { MaxVCpuCount: 30, AverageCPUUtilization: 50 },
      LoggingConfig: { LogGroup: 'logs' },
      Tags: { team: 'orders' },
      ManagedResourceTags: { Tags: { cost: 'a' } },
      PropagateTags: true,
    }, { Condition: 'IsProd' })).toEqual({
      Type: 'AWS::Lambda::CapacityProvider',
      Condition: 'IsProd',
      Properties: {
        CapacityProviderName: 'orders',
        VpcConfig: { SubnetIds: ['a'] },
        PermissionsConfig: { CapacityProviderOperatorRoleArn: 'arn:role' },
        InstanceRequirements: { AllowedInstanceTypes: ['m8g.xlarge'], Architectures: ['arm64'] },
        CapacityProviderScalingConfig: {
          MaxVCpuCount: 30, ScalingMode: 'Manual', ScalingPolicies: [{ PredefinedMetricType: 'LambdaCapacityProviderAverageCPUUtilization', TargetValue: 50 }],
        },
        TelemetryConfig: { LoggingConfig: { LogGroup: 'logs' } },
        Tags: [{ Key: 'lambda:createdBy', Value: 'SAM' }, { Key: 'team', Value: 'orders' }],
        PropagateTags: { Mode: 'Explicit', ExplicitTags: [{ Key: 'cost', Value: 'a' }] },
      },
    });
    expect(provider({ ScalingConfig: { MaxVCpuCount: 30 } }).Properties).toEqual({
      PermissionsConfig: { CapacityProviderOperatorRoleArn: 'arn:role' },
      CapacityProviderScalingConfig: { MaxVCpuCount: 30, ScalingMode: 'Auto' },
      Tags: [{ Key: 'lambda:createdBy', Value: 'SAM' }],
    });
    expect(provider({ ManagedResourceTags: {} }).Properties.PropagateTags).toEqual({ Mode: 'Explicit', ExplicitTags: [] });
  });

  test('has an operator role of its own if none is given', () => {
    const { Orders: own, OrdersOperatorRole: role } = expanded('CapacityProvider', {}, { Condition: 'IsProd' });

    expect(own.Properties.PermissionsConfig.CapacityProviderOperatorRoleArn).toEqual({ 'Fn::GetAtt': ['OrdersOperatorRole', 'Arn'] });
    expect(role).toMatchObject({ Type: 'AWS::IAM::Role', Condition: 'IsProd', Properties: { ManagedPolicyArns: [{ 'Fn::Sub': expect.stringContaining('AWSLambdaManagedEC2ResourceOperator') }] } });
    expect(expanded('CapacityProvider', {}).OrdersOperatorRole).not.toHaveProperty('Condition');
    expect(Object.keys(expanded('CapacityProvider', { OperatorRole: 'arn:role' }))).toEqual(['Orders']);
  });

  test.each<[string, unknown, unknown]>([
    ['a block', { MaxVCpuCount: 1 }, { MaxVCpuCount: 1, ScalingMode: 'Auto' }],
    ['branches', { 'Fn::If': ['A', { MaxVCpuCount: 1 }, { Ref: 'AWS::NoValue' }] }, { 'Fn::If': ['A', { MaxVCpuCount: 1, ScalingMode: 'Auto' }, { Ref: 'AWS::NoValue' }] }],
    ['branches inside branches', { 'Fn::If': ['A', { 'Fn::If': ['B', { MaxVCpuCount: 1 }, { MaxVCpuCount: 2 }] }, { MaxVCpuCount: 3 }] }, {
      'Fn::If': ['A', { 'Fn::If': ['B', { MaxVCpuCount: 1, ScalingMode: 'Auto' }, { MaxVCpuCount: 2, ScalingMode: 'Auto' }] }, { MaxVCpuCount: 3, ScalingMode: 'Auto' }],
    }],
    ['another function', { 'Fn::FindInMap': ['A', 'b', 'c'] }, { 'Fn::FindInMap': ['A', 'b', 'c'] }],
    ['a list', ['a'], ['a']],
    ['null', null, undefined],
  ])('has its scaling in %s', (_what, scaling, expected) => {
    expect(provider({ ScalingConfig: scaling }).Properties.CapacityProviderScalingConfig).toEqual(expected);
  });
});

describe('globals', () => {
  test.each<[string, unknown, unknown, unknown]>([
    ['add what a resource lacks', { A: 1 }, { B: 2 }, { A: 1, B: 2 }],
    ['yield to a resource', { A: 1 }, { A: 2 }, { A: 2 }],
    ['are merged with maps', { M: { a: 1, b: 1 } }, { M: { b: 2, c: 3 } }, { M: { a: 1, b: 2, c: 3 } }],
    ['are joined with lists', { L: ['a'] }, { L: ['b'] }, { L: ['a', 'b'] }],
    ['are replaced in Architectures', { Architectures: ['a'] }, { Architectures: ['b'] }, { Architectures: ['b'] }],
    ['are replaced by functions', { M: { a: 1 } }, { M: { Ref: 'X' } }, { M: { Ref: 'X' } }],
    ['are replaced where they are functions', { M: { 'Fn::GetAtt': 'X' } }, { M: { a: 1 } }, { M: { a: 1 } }],
    ['are merged with a map of one entry', { M: { a: 1 } }, { M: { b: 1 } }, { M: { a: 1, b: 1 } }],
    ['are merged with a map that begins as a function does', { M: { a: 1 } }, { M: { Ref: 'X', b: 1 } }, { M: { a: 1, Ref: 'X', b: 1 } }],
    ['are merged with an empty map', { M: { a: 1 } }, { M: {} }, { M: { a: 1 } }],
    ['stay where a resource has null', { A: 1 }, { A: null }, { A: 1 }],
    ['are replaced by a list', { A: { a: 1 } }, { A: ['b'] }, { A: ['b'] }],
    ['replace nothing by a list', { A: ['b'] }, { A: { a: 1 } }, { A: { a: 1 } }],
    ['may be missing', undefined, { A: 1 }, { A: 1 }],
  ])('%s', (_what, globals, own, expected) => {
    expect(expanded('Function', own as object, {}, { Function: globals }).Orders.Properties).toEqual(expected);
  });

  test('are of one kind of resource', () => {
    const globals = { Function: { Timeout: 3 }, CapacityProvider: { CapacityProviderName: 'a' } };

    expect(expanded('Function', {}, {}, globals).Orders.Properties).toEqual({ Timeout: 3 });
    expect(provider({}, {}, globals).Properties).toMatchObject({ CapacityProviderName: 'a' });
    expect(provider({}, {}, globals).Properties).not.toHaveProperty('Timeout');
  });
});

test('an application is a nested stack, and a state machine has a role', () => {
  expect(expanded('Application', { Location: 'a.yaml', Parameters: {} }).Orders).toEqual({
    Type: 'AWS::CloudFormation::Stack', Properties: { Location: 'a.yaml', TemplateURL: 'a.yaml', Parameters: {} },
  });
  expect(expanded('StateMachine', { Policies: { Statement: [] } })).toMatchObject({
    Orders: { Type: 'AWS::StepFunctions::StateMachine' }, OrdersRole: { Properties: { Policies: [{ PolicyDocument: { Statement: [] } }] } },
  });
  expect(expanded('StateMachine', {}).OrdersRole.Properties).toEqual({ Policies: [], ManagedPolicyArns: [] });
});
