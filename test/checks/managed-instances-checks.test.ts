import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnOutput, CfnParameter, CfnResource, Duration, Fn, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnBroker } from 'aws-cdk-lib/aws-amazonmq';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { IConstruct } from 'constructs';
import { ManagedInstances, ManagedInstancesChecks, ManagedInstancesLimits, mixins } from '../../src';
import { testFunction } from '../util';

const ARCHITECTURES = { Arm: lambda.Architecture.ARM_64, Intel: lambda.Architecture.X86_64 };

let app: App;
let stack: Stack;

beforeEach(() => {
  app = appWith({});
  stack = new Stack(app, 'Stack');
});

/** What the plugin reports in a synthesis: severity, code, and the path of the construct. */
function reported(checks = new ManagedInstancesChecks()): string[] {
  Validations.of(app).addPlugins(checks);
  const { pluginReports } = JSON.parse(readFileSync(join(app.synth().directory, 'validation-report.json'), 'utf-8'));
  return pluginReports
    .filter(({ pluginName }: any) => pluginName === 'cdk-lambda-managed-instances')
    .flatMap(({ violations }: any) => violations.flatMap(({ ruleName, severity, violatingConstructs }: any) => (
      violatingConstructs.map(({ constructPath }: any) => `${severity} ${ruleName} ${constructPath}`)
    )));
}

/** Each fleet has a floor, which is tested next to the other rules about fleets. */
function inScope(scope: IConstruct = app): string[] {
  return new ManagedInstancesChecks().validateScope(scope).violations.filter(({ ruleName }) => ruleName !== 'IdleFloor').flatMap((violation) => (
    violation.violatingResources.map(({ constructPath }) => `${violation.severity} ${violation.ruleName} ${constructPath}`)
  ));
}

function broker(): CfnBroker {
  return new CfnBroker(stack, 'Broker', {
    brokerName: 'orders', engineType: 'RABBITMQ', engineVersion: '3.13', deploymentMode: 'SINGLE_INSTANCE', hostInstanceType: 'mq.m5.large', publiclyAccessible: false, users: [],
  });
}

/** A function on a provider of another account, written by hand. */
function rawFunction(scope: Stack, id: string, props: Partial<lambda.CfnFunctionProps> = {}, capacityProviderArn = 'arn:aws:lambda:us-east-1:111111111111:capacity-provider:theirs') {
  return new lambda.CfnFunction(scope, id, {
    code: { zipFile: 'x' },
    role: 'arn:aws:iam::111111111111:role/x',
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    memorySize: 2048,
    capacityProviderConfig: { lambdaManagedInstancesCapacityProviderConfig: { capacityProviderArn } },
    ...props,
  });
}

/** A capacity provider that the library knows nothing of: it leaves functions on it to the plugin. */
function plainProvider(scope: Stack, architecture: lambda.Architecture) {
  return new lambda.CfnCapacityProvider(scope, 'Provider', {
    vpcConfig: { subnetIds: ['subnet-1', 'subnet-2', 'subnet-3'], securityGroupIds: ['sg-1'] },
    permissionsConfig: { capacityProviderOperatorRoleArn: `arn:aws:iam::${Stack.of(scope).account}:role/x` },
    instanceRequirements: { architectures: [architecture.name] },
    capacityProviderScalingConfig: { maxVCpuCount: 64 },
    telemetryConfig: { loggingConfig: { logGroup: 'system-logs' } },
  });
}

describe('NAT instances', () => {
  const provider = (defaultAllowedTraffic?: ec2.NatTrafficDirection) => ec2.NatProvider.instanceV2({ instanceType: new ec2.InstanceType('t4g.nano'), defaultAllowedTraffic });
  const GROUP = 'Stack/Vpc/NatSecurityGroup/Resource';

  /** A provider of somebody else, which only the plugin looks at. */
  function theirs(natGatewayProvider: ec2.NatProvider): void {
    const vpc = new ec2.Vpc(stack, 'Vpc', { natGatewayProvider });
    new lambda.CapacityProvider(stack, 'Theirs', { subnets: vpc.privateSubnets, securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc })] });
  }

  test.each<[string, ec2.NatTrafficDirection | undefined, string[]]>([
    ['that are open', undefined, [`warning NatInstanceOpen ${GROUP}`]],
    ['that are closed', ec2.NatTrafficDirection.OUTBOUND_ONLY, []],
  ])('%s are seen from a template alone', (_what, traffic, expected) => {
    theirs(provider(traffic));

    expect(reported().filter((text) => text.includes('NatInstanceOpen'))).toEqual(expected);
    expect(inScope().filter((text) => text.includes('NatInstanceOpen'))).toEqual(expected);
  });

  test('that a rule of its own opens are seen, as are network interfaces', () => {
    // GIVEN
    const vpc = new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' });
    const subnet = new ec2.CfnSubnet(stack, 'Subnet', { vpcId: vpc.ref, cidrBlock: '10.0.0.0/24' });
    const table = new ec2.CfnRouteTable(stack, 'Table', { vpcId: vpc.ref });
    const group = new ec2.CfnSecurityGroup(stack, 'Nat', { groupDescription: 'NAT', vpcId: vpc.ref });
    const card = new ec2.CfnNetworkInterface(stack, 'Card', { subnetId: 'subnet-1', groupSet: [group.attrGroupId] });
    new ec2.CfnSubnetRouteTableAssociation(stack, 'Association', { subnetId: subnet.ref, routeTableId: table.ref });
    new ec2.CfnRoute(stack, 'Route', { routeTableId: table.ref, destinationCidrBlock: '0.0.0.0/0', networkInterfaceId: card.ref });
    new lambda.CfnCapacityProvider(stack, 'Provider', {
      vpcConfig: { subnetIds: [subnet.ref], securityGroupIds: [] },
      permissionsConfig: { capacityProviderOperatorRoleArn: 'arn:aws:iam::111111111111:role/x' },
    });

    // WHEN
    new ec2.CfnSecurityGroupIngress(stack, 'Rule', { groupId: group.attrGroupId, ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIpv6: '::/0' });

    // THEN
    expect(reported()).toContain('warning NatInstanceOpen Stack/Nat');
  });

  test('are said once, where the synthesis has warned', () => {
    new ManagedInstances(stack, 'Fleet', { vpc: new ec2.Vpc(stack, 'Vpc', { natGatewayProvider: provider() }), maxVCpuCount: 64 });

    expect(reported().filter((text) => text.includes('NatInstanceOpen'))).toEqual([]);
  });
});

describe('in a synthesis', () => {
  test('finds nothing in a good fleet', () => {
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
    fleet.addFunction(testFunction(stack));

    expect(reported()).toEqual([]);
  });

  test('sees raw overrides', () => {
    // GIVEN
    const fn = rawFunction(stack, 'Function');

    // WHEN
    fn.addPropertyOverride('MemorySize', 128);

    // THEN
    expect(reported()).toEqual(['error FunctionMemoryRange Stack/Function']);
  });

  test('says what is wrong in the words of the template, and how to fix it', () => {
    // GIVEN
    rawFunction(stack, 'Function', { memorySize: 128 });

    // WHEN
    const { violations: [violation], success } = new ManagedInstancesChecks().validateScope(stack);

    // THEN
    expect(success).toBe(false);
    expect(violation).toMatchObject({
      ruleName: 'FunctionMemoryRange',
      severity: 'error',
      description: 'MemorySize is 128 MB, but managed instances need 2048 to 32768 MB',
      fix: 'set MemorySize to 2048 or more, or leave it out',
      ruleMetadata: { source: expect.stringMatching(/^https:/) },
    });
  });

  test('sees functions of CDK\'s own capacity provider', () => {
    // GIVEN
    const provider = l2Provider();

    // WHEN
    provider.addFunction(testFunction(stack, 'Arm', { architecture: lambda.Architecture.ARM_64, memorySize: 2048 }));
    provider.addFunction(testFunction(stack, 'Alright', { memorySize: 2048 }));

    // THEN
    expect(reported()).toContain('error ArchitectureMismatch Stack/Arm/Resource');
    expect(inScope().filter((text) => text.includes('Alright'))).toEqual([]);
  });

  test('sees functions that somebody forgot to attach', () => {
    testFunction(stack, 'Large', { memorySize: 16384 });
    testFunction(stack, 'Standard', { memorySize: 10240 });

    expect(reported()).toEqual(['error FunctionMemoryNeedsProvider Stack/Large/Resource']);
  });

  test.each([
    ['a version', (fn: lambda.CfnFunction) => new lambda.CfnVersion(stack, 'X', { functionName: fn.ref, provisionedConcurrencyConfig: { provisionedConcurrentExecutions: 1 } }), 'error ProvisionedConcurrency Stack/X'],
    ['an alias', (fn: lambda.CfnFunction) => new lambda.CfnAlias(stack, 'X', { name: 'live', functionName: fn.ref, functionVersion: '7', provisionedConcurrencyConfig: { provisionedConcurrentExecutions: 1 } }), 'error ProvisionedConcurrency Stack/X'],
    ['an alias of $LATEST', (fn: lambda.CfnFunction) => new lambda.CfnAlias(stack, 'X', { name: 'live', functionName: fn.ref, functionVersion: '$LATEST' }), 'error InvokeLatest Stack/X'],
    ['a mapping to $LATEST', (fn: lambda.CfnFunction) => new lambda.CfnEventSourceMapping(stack, 'X', { functionName: `${fn.attrArn}:$LATEST` }), 'error InvokeLatest Stack/X'],
    ['a permission for $LATEST', (fn: lambda.CfnFunction) => new lambda.CfnPermission(stack, 'X', { functionName: `${fn.ref}:$LATEST`, action: 'lambda:InvokeFunction', principal: 'sns.amazonaws.com' }), 'error InvokeLatest Stack/X'],
    ['a route of an HTTP API to $LATEST', (fn: lambda.CfnFunction) => new apigateway.CfnIntegration(stack, 'X', { apiId: 'api', integrationType: 'AWS_PROXY', integrationUri: `${fn.attrArn}:$LATEST` }), 'error InvokeLatest Stack/X'],
    ['a schedule of $LATEST', (fn: lambda.CfnFunction) => new scheduler.CfnSchedule(stack, 'X', { flexibleTimeWindow: { mode: 'OFF' }, scheduleExpression: 'rate(1 day)', target: { arn: `${fn.attrArn}:$LATEST`, roleArn: 'arn:aws:iam::111111111111:role/x' } }), 'error InvokeLatest Stack/X'],
    ['a mapping from Amazon MQ by its ARN', (fn: lambda.CfnFunction) => new lambda.CfnEventSourceMapping(stack, 'X', { functionName: fn.ref, eventSourceArn: 'arn:aws:mq:eu-west-1:111111111111:broker:orders:b-1' }), 'warning EventSourceUnsupported Stack/X'],
    ['a mapping from a broker', (fn: lambda.CfnFunction) => new lambda.CfnEventSourceMapping(stack, 'X', { functionName: fn.ref, eventSourceArn: broker().attrArn }), 'warning EventSourceUnsupported Stack/X'],
    ['a mapping from Amazon MQ', (fn: lambda.CfnFunction) => new lambda.CfnEventSourceMapping(stack, 'X', { functionName: fn.ref, queues: ['orders'] }), 'warning EventSourceUnsupported Stack/X'],
    ['a mapping from DocumentDB', (fn: lambda.CfnFunction) => new lambda.CfnEventSourceMapping(stack, 'X', { functionName: fn.ref, documentDbEventSourceConfig: { databaseName: 'x' } }), 'warning EventSourceUnsupported Stack/X'],
  ])('sees %s', (_what, create, expected) => {
    // WHEN
    create(rawFunction(stack, 'Function'));

    // THEN
    expect(reported()).toEqual([expected]);
    expect(inScope()).toEqual([expected]);
  });

  test.each([
    ['the function itself', (fn: lambda.CfnFunction) => fn.attrArn],
    ['a version', (fn: lambda.CfnFunction) => `${fn.attrArn}:7`],
    ['$LATEST.PUBLISHED', (fn: lambda.CfnFunction) => `${fn.attrArn}:$LATEST.PUBLISHED`],
    ['$LATEST of somebody else', () => 'arn:aws:lambda:us-east-1:111111111111:function:theirs:$LATEST'],
    ['another call of AWS', () => 'arn:aws:scheduler:::aws-sdk:lambda:putFunctionScalingConfig'],
  ])('lets APIs and schedules invoke %s', (_what, target) => {
    // GIVEN
    const arn = target(rawFunction(stack, 'Function'));

    // WHEN
    new apigateway.CfnIntegration(stack, 'X', { apiId: 'api', integrationType: 'AWS_PROXY', integrationUri: arn });
    new scheduler.CfnSchedule(stack, 'Y', {
      flexibleTimeWindow: { mode: 'OFF' }, scheduleExpression: 'rate(1 day)', target: { arn, roleArn: 'arn:aws:iam::111111111111:role/x' },
    });

    // THEN
    expect(inScope().filter((text) => text.includes('InvokeLatest'))).toEqual([]);
  });

  test('sees $LATEST where an API or a schedule of CDK invokes it', () => {
    // GIVEN
    const fn = testFunction(stack);
    new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 }).addFunction(fn);

    // WHEN
    new apigateway.HttpApi(stack, 'Api').addRoutes({ path: '/', integration: new HttpLambdaIntegration('Latest', fn.latestVersion) });
    new scheduler.Schedule(stack, 'Daily', { schedule: scheduler.ScheduleExpression.rate(Duration.days(1)), target: new LambdaInvoke(fn.latestVersion) });

    // THEN
    expect(inScope().filter((text) => text.startsWith('error')).sort()).toEqual([
      'error InvokeLatest Stack/Api/ANY--/Latest/Resource', 'error InvokeLatest Stack/Daily/Resource',
    ]);
  });

  test('sees a function whose role Lambda@Edge can assume', () => {
    // GIVEN
    const role = new iam.Role(stack, 'Role', {
      assumedBy: new iam.CompositePrincipal(new iam.ServicePrincipal('lambda.amazonaws.com'), new iam.ServicePrincipal('edgelambda.amazonaws.com')),
    });

    // WHEN
    rawFunction(stack, 'Function', { role: role.roleArn });

    // THEN
    expect(reported()).toEqual(['warning FeatureUndocumented Stack/Function']);
  });

  test('sees a provider elsewhere', () => {
    // GIVEN
    const here = new Stack(app, 'Here', { env: { region: 'eu-west-1', account: '222222222222' } });

    // WHEN
    rawFunction(here, 'Function');

    // THEN
    expect(reported()).toEqual(['error ProviderElsewhere Here/Function']);
  });

  test('sees a Region without managed instances', () => {
    // GIVEN
    const china = new Stack(app, 'China', { env: { region: 'cn-north-1' } });

    // WHEN
    new lambda.CfnCapacityProvider(china, 'Provider', {
      vpcConfig: { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] },
      permissionsConfig: { capacityProviderOperatorRoleArn: 'arn:aws-cn:iam::111111111111:role/x' },
    });

    // THEN
    expect(reported()).toContain('error RegionUnsupported China/Provider');
  });

  test.each(['strong', 'both', 'weak'])('follows %s references across stacks, nested stacks and stages', (strength) => {
    // GIVEN
    app = appWith({ '@aws-cdk/core:defaultCrossStackReferences': strength });
    const stage = new Stage(app, 'Stage');
    const base = new Stack(stage, 'Base');
    const provider = plainProvider(base, lambda.Architecture.ARM_64);
    const arn = provider.attrArn;

    // WHEN
    rawFunction(new Stack(stage, 'Other'), 'Function', {}, arn);
    rawFunction(new NestedStack(base, 'Nested'), 'Function', {}, arn);

    // THEN
    expect(reported().sort()).toEqual([
      'error ArchitectureMismatch Stage/Base/Nested/Function',
      'error ArchitectureMismatch Stage/Other/Function',
    ]);
  });

  test.each([
    ['Regions', 'strong', ['111111111111/eu-west-1', '111111111111/us-east-1']],
    ['Regions', 'weak', ['111111111111/eu-west-1', '111111111111/us-east-1']],
    ['accounts', 'strong', ['111111111111/eu-west-1', '222222222222/eu-west-1']],
    ['accounts', 'weak', ['111111111111/eu-west-1', '222222222222/eu-west-1']],
  ])('tells stacks of the same name in two %s apart, by %s references', (_what, strength, places) => {
    // GIVEN
    app = appWith({ '@aws-cdk/core:defaultCrossStackReferences': strength });

    // WHEN
    places.forEach((place, index) => twin(place, Object.values(ARCHITECTURES)[index]));

    // THEN
    const [account, region] = places[0].split('/');
    expect(reported()).toEqual([`error ArchitectureMismatch Other-${account}-${region}/Function`]);
    expect(inScope()).toEqual([`error ArchitectureMismatch Other-${account}-${region}/Function`]);
  });

  test('sees what somebody imports by hand', () => {
    // GIVEN
    const provider = plainProvider(stack, lambda.Architecture.ARM_64);
    new CfnOutput(stack, 'Arn', { value: provider.attrArn, exportName: 'fleet-arn' });
    const stage = new Stage(app, 'Stage');

    // WHEN
    rawFunction(new Stack(stage, 'Other'), 'Function', {}, Fn.importValue('fleet-arn'));

    // THEN
    expect(reported()).toEqual(['error ArchitectureMismatch Stage/Other/Function']);
  });

  test('says nothing where it is open which of two outputs is meant', () => {
    // GIVEN
    Object.entries(ARCHITECTURES).forEach(([name, architecture]) => {
      const base = new Stack(new Stage(app, name), 'Base');
      const provider = plainProvider(base, architecture);
      new CfnOutput(base, 'Arn', { value: provider.attrArn, exportName: 'fleet-arn' });
    });

    // WHEN
    rawFunction(stack, 'Function', {}, Fn.importValue('fleet-arn'));

    // THEN
    expect(reported()).toEqual([]);
  });

  test('takes the limits of the fleet for what is on it, and its own for the rest', () => {
    // GIVEN
    const limits = ManagedInstancesLimits.CURRENT.withOverrides({ functionMemoryMax: 65536 });
    const fleet = new ManagedInstances(stack, 'Fleet', { limits });
    fleet.addFunction(testFunction(stack, 'Ours', { memorySize: 65536 }));
    rawFunction(stack, 'Theirs', { memorySize: 65536 });

    // THEN
    expect(reported()).toEqual(['error FunctionMemoryRange Stack/Theirs']);
  });

  test('takes other limits', () => {
    rawFunction(stack, 'Function', { memorySize: 65536 });

    expect(reported(new ManagedInstancesChecks({ limits: ManagedInstancesLimits.CURRENT.withOverrides({ functionMemoryMax: 65536 }) }))).toEqual([]);
  });

  test('does not repeat what the synthesis has warned of', () => {
    // WHEN
    new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 }).addFunction(testFunction(stack, 'Ours', { runtime: lambda.Runtime.NODEJS_20_X }));
    rawFunction(stack, 'Theirs', { runtime: 'nodejs20.x' });

    // THEN
    expect(reported()).toEqual(['warning RuntimeUnlisted Stack/Theirs']);
  });

  test('checks an included template that no CDK app made', () => {
    new CfnInclude(stack, 'Included', { templateFile: join(__dirname, '../fixtures/plain-template.json') });

    expect(reported()).toEqual([
      'error FunctionMemoryRange Stack/Included/Orders',
      'error InvokeLatest Stack/Included/LiveAlias',
    ]);
  });
});

describe('acknowledgements', () => {
  const RETAINED = { id: 'cdk-lambda-managed-instances::RuntimeUnlisted', reason: 'tried' };

  test.each([
    ['before', (acknowledge: () => void, attach: () => void) => { acknowledge(); attach(); }],
    ['after', (acknowledge: () => void, attach: () => void) => { attach(); acknowledge(); }],
  ])('one, %s the fact, silences the warning and the plugin', (_when, order) => {
    // GIVEN
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
    const fn = testFunction(stack, 'Function', { runtime: lambda.Runtime.NODEJS_20_X });

    // WHEN
    order(() => Validations.of(fn).acknowledge(RETAINED), () => fleet.addFunction(fn));

    // THEN
    expect(reported()).toEqual([]);
    expect(inScope()).toEqual([]);
    expect(fn.node.defaultChild!.node.metadata.filter(({ type }) => type === 'aws:cdk:warning')).toEqual([]);
  });

  test('silence one construct only', () => {
    // GIVEN
    const [one] = ['One', 'Two'].map((id) => rawFunction(stack, id, { runtime: 'nodejs20.x' }));

    // WHEN
    Validations.of(one).acknowledge(RETAINED);

    // THEN
    expect(inScope()).toEqual(['warning RuntimeUnlisted Stack/Two']);
    expect(reported()).toEqual(['warning RuntimeUnlisted Stack/Two']);
  });
});

describe('without a synthesis', () => {
  test('lists infos, too', () => {
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
    fleet.addFunction(testFunction(stack, 'Function', { functionName: 'orders' }), { perExecutionEnvironmentMaxConcurrency: 1 });

    expect(inScope()).toEqual([
      'info ConcurrencyLow Stack/Function/Resource',
      'info FunctionNameFixed Stack/Function/Resource',
    ]);
  });

  test('looks below the scope only', () => {
    const one = rawFunction(stack, 'One', { memorySize: 128 });
    rawFunction(stack, 'Two', { memorySize: 128 });

    expect(inScope(one)).toEqual(['error FunctionMemoryRange Stack/One']);
  });

  test('follows references into other stacks', () => {
    // GIVEN
    const provider = plainProvider(stack, lambda.Architecture.ARM_64);

    // WHEN
    rawFunction(new Stack(app, 'Other'), 'Function', {}, provider.attrArn);

    // THEN
    expect(inScope()).toEqual(['error ArchitectureMismatch Other/Function']);
  });

  test('tells stages with the same names and logical ids apart', () => {
    // GIVEN
    Object.entries(ARCHITECTURES).forEach(([name, architecture]) => {
      const stage = new Stage(app, name);
      const base = new Stack(stage, 'Base', { stackName: 'base' });
      const provider = plainProvider(base, architecture);
      rawFunction(new Stack(stage, 'Other'), 'Function', {}, provider.attrArn);
    });

    // THEN
    expect(inScope()).toEqual(['error ArchitectureMismatch Arm/Other/Function']);
    expect(reported()).toEqual(['error ArchitectureMismatch Arm/Other/Function']);
  });

  test('follows references with text around them into other stacks', () => {
    // GIVEN
    const fn = rawFunction(stack, 'Function');

    // WHEN
    new lambda.CfnEventSourceMapping(new Stack(app, 'Other'), 'Mapping', { functionName: `${fn.attrArn}:$LATEST` });

    // THEN
    expect(inScope()).toEqual(['error InvokeLatest Other/Mapping']);
  });

  test('succeeds with warnings', () => {
    rawFunction(stack, 'Function', { runtime: 'nodejs20.x' });

    expect(new ManagedInstancesChecks().validateScope(stack).success).toBe(true);
  });
});

test('says of a resource that CDK can\'t render that it isn\'t checked, and judges the rest', () => {
  rawFunction(stack, 'Broken', { vpcConfig: { subnetIds: 5 as any } });
  rawFunction(stack, 'Small', { memorySize: 512 });

  const { violations } = new ManagedInstancesChecks().validateScope(stack);

  expect(violations.map(({ ruleName, violatingResources: [{ constructPath }] }) => `${ruleName} ${constructPath}`)).toEqual([
    'FunctionMemoryRange Stack/Small', 'NotChecked Stack/Broken',
  ]);
  expect(violations[1].description).toContain('subnetIds: 5 should be a list');
});

test('says of what only SAM\'s transform makes something of that it isn\'t checked', () => {
  const config = { CapacityProviderConfig: { Arn: 'arn:aws:lambda:us-east-1:111111111111:capacity-provider:orders' } };
  new CfnResource(stack, 'Provider', { type: 'AWS::Serverless::CapacityProvider' });
  new CfnResource(stack, 'Managed', { type: 'AWS::Serverless::Function', properties: config });
  new CfnResource(stack, 'Plain', { type: 'AWS::Serverless::Function' });
  new CfnResource(stack, 'Odd', { type: 3 as any });

  const { violations } = new ManagedInstancesChecks().validateScope(stack);

  expect(violations.map(({ ruleName, severity, violatingResources: [{ constructPath }] }) => `${severity} ${ruleName} ${constructPath}`)).toEqual([
    'warning NotChecked Stack/Provider', 'warning NotChecked Stack/Managed',
  ]);
  expect(violations[0].fix).toBe('check its template with npx cdk-lambda-managed-instances check, which reads SAM');
});

test('says nothing of what can\'t be rendered and is no resource of Lambda', () => {
  new s3.CfnBucket(stack, 'Broken', { bucketName: 5 as any });

  expect(new ManagedInstancesChecks().validateScope(stack).violations).toEqual([]);
});

test('is silent where every checked value is a parameter', () => {
  // GIVEN
  const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const fn = new lambda.CfnFunction(stack, 'Function', {
    code: { zipFile: 'x' },
    role: text,
    runtime: text,
    handler: text,
    memorySize: number,
    timeout: number,
    architectures: [text],
    ephemeralStorage: { size: number },
    reservedConcurrentExecutions: number,
    loggingConfig: { logFormat: text },
    snapStart: { applyOn: text },
    tenancyConfig: { tenantIsolationMode: text },
  });

  // WHEN
  const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
  fleet.addFunction(fn, {
    perExecutionEnvironmentMaxConcurrency: number,
    executionEnvironmentMemoryGiBPerVCpu: number,
    latestPublishedScalingConfig: { minExecutionEnvironments: number, maxExecutionEnvironments: number },
  });
  new lambda.CfnVersion(stack, 'Version', {
    functionName: fn.ref,
    functionScalingConfig: { minExecutionEnvironments: number, maxExecutionEnvironments: number },
    provisionedConcurrencyConfig: { provisionedConcurrentExecutions: number },
  });
  new lambda.CfnAlias(stack, 'Alias', { functionName: fn.ref, functionVersion: text, name: text });

  // THEN
  expect(inScope()).toEqual([]);
  expect(reported()).toEqual([]);
});

test('names its rules', () => {
  const { name, ruleIds } = new ManagedInstancesChecks();

  expect(name).toBe('cdk-lambda-managed-instances');
  expect(ruleIds).toContain('FunctionMemoryRange');
  expect(new Set(ruleIds).size).toBe(ruleIds?.length);
});

test('says the same of a function that a mixin attached', () => {
  // GIVEN
  const provider = l2Provider();
  const fn = testFunction(stack, 'Function', { runtime: lambda.Runtime.NODEJS_20_X });

  // WHEN
  fn.with(new mixins.FunctionOnManagedInstances({ capacityProvider: provider }));

  // THEN
  expect(inScope().filter((text) => text.includes('Function'))).toEqual(['warning RuntimeUnlisted Stack/Function/Resource']);
});

function appWith(context: Record<string, string>): App {
  return new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false, ...context } });
}

/** Stacks of the same names wherever they are, with a function for x86_64. */
function twin(place: string, architecture: lambda.Architecture): void {
  const [account, region] = place.split('/');
  const env = { account, region };
  const base = new Stack(app, `Base-${account}-${region}`, { env, stackName: 'base' });
  base.node.setContext(`availability-zones:account=${account}:region=${region}`, ['a', 'b', 'c']);
  const provider = plainProvider(base, architecture);
  rawFunction(new Stack(app, `Other-${account}-${region}`, { env, stackName: 'other' }), 'Function', {}, provider.attrArn);
}

function l2Provider(): lambda.CapacityProvider {
  const vpc = new ec2.Vpc(stack, 'Vpc');
  return new lambda.CapacityProvider(stack, 'Provider', {
    subnets: vpc.privateSubnets,
    securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc })],
  });
}


test('says without a synthesis what only the constructs around a provider show', () => {
  // GIVEN
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const group = new ec2.SecurityGroup(stack, 'Group', { vpc });
  group.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443));
  const fleet = new ManagedInstances(stack, 'Fleet', { vpc, securityGroups: [group], maxVCpuCount: 64 });

  // WHEN
  (fleet.node.defaultChild as CfnResource).addPropertyOverride('CapacityProviderScalingConfig.MaxVCpuCount', 1);

  // THEN
  expect(inScope()).toEqual([
    'error VCpuCeilingRange Stack/Fleet/CapacityProvider/Resource',
    'warning ZoneCount Stack/Fleet/CapacityProvider/Resource',
    'info InboundRules Stack/Fleet/CapacityProvider/Resource',
  ]);
});
