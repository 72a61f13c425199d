import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { LambdaRestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, PayloadFormatVersion } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ManagedInstances } from '../../src';
import { functionInAssembly } from '../../src/cli/assembled-function';

const folder = mkdtempSync(join(tmpdir(), 'assembled-'));
const code = join(folder, 'code');
mkdirSync(code);
writeFileSync(join(code, 'index.py'), 'def handler(event, context): return event');
afterAll(() => rmSync(folder, { recursive: true }));

let apps = 0;
/** The folder that `cdk synth` would write. */
function synth(make: (app: App) => void): string {
  const app = new App({ outdir: join(folder, `cdk.out-${apps++}`) });
  make(app);
  return app.synth().directory;
}

function fn(scope: Construct, id: string, props: Partial<lambda.FunctionProps> = {}): lambda.Function {
  return new lambda.Function(scope, id, { runtime: lambda.Runtime.PYTHON_3_13, handler: 'index.handler', code: lambda.Code.fromAsset(code), ...props });
}

const shop = synth((app) => {
  const stack = new Stack(app, 'Shop');
  const orders = fn(stack, 'Orders', {
    functionName: 'shop-orders', memorySize: 4096, timeout: Duration.seconds(20), environment: { STAGE: 'live', lower: 'kept', ROLE: new sqs.Queue(stack, 'Queue').queueUrl },
  });
  new ManagedInstances(stack, 'Fleet').addFunction(orders, { perExecutionEnvironmentMaxConcurrency: 24 });
  fn(stack, 'Small', { memorySize: 128 });
  fn(new NestedStack(stack, 'Inner'), 'Payments');
  const live = new Stack(new Stage(app, 'Live'), 'Shop');
  [stack, live].forEach((scope) => fn(scope, 'Twins'));
});
const find = (name: string | undefined, given = {}) => functionInAssembly(shop, name, given).options;

test('takes code, settings and environment from the assembly', () => {
  const options = find('shop-orders');

  expect(options).toMatchObject({
    handler: 'index.handler', runtime: 'python3.13', memorySize: 4096, vCpus: 2, concurrency: 24, timeout: 20, name: 'shop-orders', environment: { STAGE: 'live', lower: 'kept' },
  });
  expect(readdirSync(options.code!)).toEqual(['index.py']);
  expect(options.notes).toEqual(['Only deployment knows the value of ROLE: give one with --env.']);
});

test('assumes what managed instances would do where a function says nothing', () => {
  expect(find('Small')).toMatchObject({ memorySize: 2048, vCpus: 1, concurrency: undefined, timeout: 3, notes: [] });
});

test('lets the caller replace what the assembly says', () => {
  const options = find('shop-orders', { environment: { ROLE: 'mine' }, memorySize: 8192, runtime: 'python3.14', code: 'elsewhere', eventSources: ['sqs'] });

  expect(options).toMatchObject({
    environment: { STAGE: 'live', ROLE: 'mine' }, memorySize: 8192, runtime: 'python3.14', code: 'elsewhere', eventSources: ['sqs'], notes: [],
  });
});

test.each([
  ['a construct path', 'Shop/Orders', 'Shop/Orders'],
  ['one with a slash before it', '/Live/Shop/Twins', 'Live/Shop/Twins'],
  ['the id of a construct', 'Small', 'Shop/Small'],
  ['a function in a nested stack', 'Payments', 'Shop/Inner/Payments'],
  ['the end of a path', 'Inner/Payments', 'Shop/Inner/Payments'],
  ['a function name', 'shop-orders', 'Shop/Orders'],
])('knows a function by %s', (_what, name, found) => {
  expect(functionInAssembly(shop, name, {}).path).toBe(found);
});

test('knows a function by its logical id', () => {
  const { Resources } = JSON.parse(readFileSync(join(shop, 'Shop.template.json'), 'utf-8'));
  const [logicalId] = Object.entries<any>(Resources).find(([, { Properties }]) => Properties?.MemorySize === 128)!;

  expect(find(logicalId).name).toBe('Small');
});

test.each([
  ['several', 'Twins', /^--function Twins means 2 functions in .*\. Name one of them by its path: Live\/Shop\/Twins, Shop\/Twins\.$/],
  ['none', 'Ordres', /^There is no function Ordres in .*\. There are: .*Live\/Shop\/Twins, .*Shop\/Small, Shop\/Twins\.$/],
  ['part of a name', 'ayments', /^There is no function ayments/],
  ['no name', undefined, /^--function is missing\. In .* there are: .*Shop\/Orders/],
])('lists the candidates where it finds %s', (_what, name, message) => {
  expect(() => find(name)).toThrow(message);
});

describe('of several functions with one id', () => {
  const managed = (stack: Stack, fleet: ManagedInstances, options?: lambda.CapacityProviderFunctionOptions) => fleet.addFunction(fn(stack, 'Orders'), options);
  const fleetIn = (app: App, id: string) => {
    const stack = new Stack(app, id);
    return { stack, fleet: new ManagedInstances(stack, 'Fleet') };
  };

  test('takes the one with several requests at once on managed instances, and says so', () => {
    const directory = synth((app) => {
      const { stack, fleet } = fleetIn(app, 'Shop');
      managed(stack, fleet);
      const oneAtATime = fleetIn(app, 'OneAtATime');
      managed(oneAtATime.stack, oneAtATime.fleet, { perExecutionEnvironmentMaxConcurrency: 1 });
      fn(new Stack(app, 'Plain'), 'Orders');
    });

    const { path, options } = functionInAssembly(directory, 'Orders', {});

    expect(path).toBe('Shop/Orders');
    expect(options.notes).toEqual([
      'Orders is Shop/Orders here. OneAtATime/Orders takes one request at a time: name it by its path to rehearse it.',
      'Orders is Shop/Orders here. Plain/Orders is on no capacity provider: name it by its path to rehearse it.',
    ]);
    expect(functionInAssembly(directory, 'OneAtATime/Orders', {})).toMatchObject({ path: 'OneAtATime/Orders', options: { concurrency: 1, notes: [] } });
  });

  test('takes none where several are on managed instances, or none is', () => {
    const both = synth((app) => ['Shop', 'Other'].forEach((id) => {
      const { stack, fleet } = fleetIn(app, id);
      managed(stack, fleet);
    }));
    const neither = synth((app) => ['Shop', 'Other'].forEach((id) => fn(new Stack(app, id), 'Orders')));

    [both, neither].forEach((directory) => (
      expect(() => functionInAssembly(directory, 'Orders', {})).toThrow(/^--function Orders means 2 functions in .*: Other\/Orders, Shop\/Orders\.$/)
    ));
  });
});

test('writes inline code into a file, and takes it away', () => {
  const inline = synth((app) => fn(new Stack(app, 'Shop'), 'Inline', { code: lambda.Code.fromInline('x = 1'), handler: 'index.handler' }));

  const { options, remove } = functionInAssembly(inline, 'Inline', {});

  expect(readFileSync(join(options.code!, 'index.py'), 'utf-8')).toBe('x = 1');
  remove();
  expect(existsSync(options.code!)).toBe(false);
});

test.each<[string, RegExp, (stack: Stack) => unknown]>([
  ['code that is elsewhere', /^The code of Shop\/It is not in the cloud assembly: name its folder with --code\.$/, (stack) => fn(stack, 'It', {
    code: lambda.Code.fromBucketV2(s3.Bucket.fromBucketName(stack, 'Bucket', 'code'), 'it.zip'),
  })],
  ['an archive', /^The code of Shop\/It, .*\.zip, isn't a folder: unpack it, and name the folder with --code\.$/, (stack) => {
    writeFileSync(join(folder, 'it.zip'), 'PK');
    return fn(stack, 'It', { code: lambda.Code.fromAsset(join(folder, 'it.zip')) });
  }],
  ['a container image', /^Shop\/It is a container image, which can't be rehearsed/, (stack) => new lambda.CfnFunction(stack, 'It', {
    packageType: 'Image', code: { imageUri: 'image' }, role: 'arn:aws:iam::111111111111:role/role',
  })],
  ['no handler', /^The handler of Shop\/It is not in the template: give it with --handler\.$/, (stack) => new lambda.CfnFunction(stack, 'It', {
    runtime: 'python3.13', code: { zipFile: 'x = 1' }, role: 'arn:aws:iam::111111111111:role/role',
  })],
])('says what to do about %s', (_what, message, make) => {
  const made = synth((app) => make(new Stack(app, 'Shop')));

  expect(() => functionInAssembly(made, 'It', {})).toThrow(message);
});

test('says where there is no function', () => {
  expect(() => functionInAssembly(synth((app) => new sqs.Queue(new Stack(app, 'Shop'), 'Queue')), undefined, {})).toThrow(/^There is no function in /);
});

test.each<[string, string[], (scope: Stack, orders: lambda.Function) => unknown]>([
  ['nothing', [], () => undefined],
  ['a function URL', ['http-api'], (_scope, orders) => orders.addFunctionUrl()],
  ['an HTTP API', ['http-api'], (scope, orders) => new HttpApi(scope, 'Api', { defaultIntegration: new HttpLambdaIntegration('Orders', orders) })],
  ['an HTTP API with the older payload', ['rest-api'], (scope, orders) => new HttpApi(scope, 'Api', {
    defaultIntegration: new HttpLambdaIntegration('Orders', orders, { payloadFormatVersion: PayloadFormatVersion.VERSION_1_0 }),
  })],
  ['a REST API', ['rest-api'], (scope, orders) => new LambdaRestApi(scope, 'Api', { handler: orders })],
  ['a queue and a topic', ['sqs', 'sns'], (scope, orders) => {
    orders.addEventSource(new sources.SqsEventSource(new sqs.Queue(scope, 'Jobs')));
    orders.addEventSource(new sources.SnsEventSource(new sns.Topic(scope, 'Topic')));
  }],
  ['a queue that triggers an alias', ['sqs'], (scope, orders) => orders.addAlias('live').addEventSource(new sources.SqsEventSource(new sqs.Queue(scope, 'Jobs')))],
  ['a queue by its ARN', ['sqs'], (scope, orders) => new lambda.EventSourceMapping(scope, 'Mapping', {
    target: orders, eventSourceArn: 'arn:aws:sqs:us-east-1:111111111111:jobs',
  })],
  ['a stream', ['kinesis'], (scope, orders) => orders.addEventSource(new sources.KinesisEventSource(new kinesis.Stream(scope, 'Stream'), {
    startingPosition: lambda.StartingPosition.LATEST,
  }))],
  ['a table', ['dynamodb'], (scope, orders) => orders.addEventSource(new sources.DynamoEventSource(new dynamodb.Table(scope, 'Table', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.NEW_IMAGE,
  }), { startingPosition: lambda.StartingPosition.LATEST }))],
  ['a table by its ARN', ['dynamodb'], (scope, orders) => new lambda.EventSourceMapping(scope, 'Mapping', {
    target: orders, startingPosition: lambda.StartingPosition.LATEST, eventSourceArn: 'arn:aws:dynamodb:us-east-1:111111111111:table/jobs/stream/2026-11-28',
  })],
  ['Kafka', ['kafka'], (_scope, orders) => orders.addEventSource(new sources.ManagedKafkaEventSource({
    clusterArn: 'arn:aws:kafka:us-east-1:111111111111:cluster/it/1', topic: 'jobs', startingPosition: lambda.StartingPosition.LATEST,
  }))],
  ['a queue of Amazon MQ', [], (scope, orders) => new lambda.CfnEventSourceMapping(scope, 'Mapping', {
    functionName: orders.functionName, eventSourceArn: 'arn:aws:mq:us-east-1:111111111111:broker:it:b-1', queues: ['jobs'],
  })],
  ['a bucket', ['s3'], (scope, orders) => orders.addEventSource(new sources.S3EventSourceV2(new s3.Bucket(scope, 'Bucket'), { events: [s3.EventType.OBJECT_CREATED] }))],
  ['a rule', ['eventbridge'], (scope, orders) => new Rule(scope, 'Rule', { schedule: Schedule.rate(Duration.hours(1)), targets: [new targets.LambdaFunction(orders)] })],
  ['a load balancer', ['load-balancer'], (scope, orders) => new lambda.CfnPermission(scope, 'Permission', {
    functionName: orders.functionArn, action: 'lambda:InvokeFunction', principal: 'elasticloadbalancing.amazonaws.com',
  })],
  ['somebody else', [], (scope, orders) => new lambda.CfnPermission(scope, 'Permission', {
    functionName: orders.functionArn, action: 'lambda:InvokeFunction', principal: '111111111111',
  })],
])('sees what sends events: %s', (_what, eventSources, connect) => {
  const made = synth((app) => {
    const stack = new Stack(app, 'Shop');
    connect(stack, fn(stack, 'Orders'));
  });

  expect(functionInAssembly(made, 'Shop/Orders', {}).options.eventSources).toEqual(eventSources);
});
