import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { contractOf, differences, readTable, writeTable } from './contract';
import { AlarmLevel, AlarmThreshold, Egress, GpuMemory, InstanceSelection, ManagedInstances, ManagedInstancesAlarms, ManagedInstancesDashboard, ManagedInstancesNetwork } from '../../src';
import { AddAlarmsOptions } from '../../src/monitoring/alarms/alarms-props';
import { openToWorld } from '../network/open-to-world';
import { TemplateJson } from '../network/template-walker';
import { testFunction } from '../util';

/**
 * What people have deployed, and what a release must not change unless it says so. The tables beside this file are written on purpose
 * only: `CONTRACT=write npx jest test/contract`. docs/versioning.md says what a change means for the version.
 */
const TABLES = 'test/contract/tables';
const ENV = { account: '123456789012', region: 'eu-west-1' };

interface Contract {
  /** Also how the resources are set: the defaults. */
  readonly values?: boolean;
  /** Leaves out what stands elsewhere. */
  readonly under?: RegExp;
  readonly env?: typeof ENV;
  readonly build: (stack: Stack) => void;
}

function fleetIn(egress: Egress): (stack: Stack) => void {
  return (stack) => { new ManagedInstances(stack, 'Fleet', { network: new ManagedInstancesNetwork(stack, 'Network', { egress }) }); };
}

function imageFunction(stack: Stack): lambda.Function {
  return new lambda.Function(stack, 'Image', {
    runtime: lambda.Runtime.FROM_IMAGE,
    handler: lambda.Handler.FROM_IMAGE,
    code: new class extends lambda.Code {
      public readonly isInline = false;
      public bind() { return { image: { imageUri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:v1' } }; }
    }(),
  });
}

const CONTRACTS: Record<string, Contract> = {
  'default-fleet': {
    values: true,
    build: (stack) => {
      const fleet = new ManagedInstances(stack, 'Fleet');
      fleet.addFunction(testFunction(stack));
      fleet.addDashboard('Dashboard');
    },
  },
  'default-fleet-with-env': {
    env: ENV,
    build: (stack) => {
      const fleet = new ManagedInstances(stack, 'Fleet');
      fleet.addFunction(testFunction(stack));
      fleet.addDashboard('Dashboard');
    },
  },
  'fleet-with-everything': {
    values: true,
    under: /^(Fleet|Function)/,
    build: (stack) => {
      const fleet = new ManagedInstances(stack, 'Fleet', {
        vpc: vpc(stack),
        instances: InstanceSelection.graviton(),
        kmsKey: new kms.Key(stack, 'Key'),
        allowAllOutbound: false,
        maxVCpuCount: 64,
      });
      fleet.addFunction(testFunction(stack, 'Function', { architecture: lambda.Architecture.ARM_64 }), {
        latestPublishedScalingConfig: { maxExecutionEnvironments: 12 },
      });
    },
  },
  'gpu-fleet': {
    values: true,
    under: /^Fleet/,
    build: (stack) => {
      const fleet = new ManagedInstances(stack, 'Fleet', {
        vpc: vpc(stack),
        instances: InstanceSelection.gpu({ memory: GpuMemory.GIB_24 }),
        gpuUtilizationTarget: 60,
      });
      fleet.addFunction(imageFunction(stack), { gpuMemory: GpuMemory.GIB_24 });
    },
  },
  'imported-fleet': {
    values: true,
    build: (stack) => {
      const provider = lambda.CapacityProvider.fromCapacityProviderName(stack, 'Provider', 'shared');
      const fleet = ManagedInstances.fromCapacityProvider(stack, 'Fleet', provider, { architecture: lambda.Architecture.X86_64, maxVCpuCount: 100 });
      fleet.addFunction(testFunction(stack));
      fleet.addDashboard('Dashboard');
      fleet.addAlarms('Alarms');
    },
  },

  'network-nat-gateways': { build: (stack) => { new ManagedInstancesNetwork(stack, 'Network'); } },
  'network-one-nat-gateway': { build: fleetIn(Egress.natGateways({ count: 1 })) },
  'network-nat-provider': {
    values: true,
    build: (stack) => fleetIn(Egress.natProvider(ec2.NatProvider.instanceV2({
      instanceType: new ec2.InstanceType('t4g.nano'),
      defaultAllowedTraffic: ec2.NatTrafficDirection.OUTBOUND_ONLY,
    })))(stack),
  },
  'network-private-endpoints': {
    values: true,
    build: (stack) => {
      const network = new ManagedInstancesNetwork(stack, 'Network', {
        egress: Egress.privateEndpoints({ services: [ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER] }),
      });
      new ManagedInstances(stack, 'Fleet', { network }).addFunction(imageFunction(stack));
    },
  },
  'network-ipv6': { values: true, build: fleetIn(Egress.ipv6()) },

  'standalone-monitoring': {
    values: true,
    build: (stack) => {
      const capacityProvider = lambda.CapacityProvider.fromCapacityProviderName(stack, 'Provider', 'shared');
      new ManagedInstancesAlarms(stack, 'Alarms', { capacityProvider });
      new ManagedInstancesDashboard(stack, 'Dashboard', { capacityProvider });
    },
  },
  'alarms-minimal': { under: /^Fleet\/Alarms/, build: (stack) => alarms(stack, { level: AlarmLevel.MINIMAL }) },
  'alarms-standard': { values: true, under: /^Fleet\/Alarms/, build: (stack) => alarms(stack) },
  'alarms-full': { values: true, under: /^Fleet\/Alarms/, build: (stack) => alarms(stack, { level: AlarmLevel.FULL }) },
  'alarms-on-request': {
    values: true,
    under: /^Fleet\/Alarms\/(NoData|Instance(Churn|Launches)|UnderUtilised|CapacityExhausted|FunctionsNeedTuning)/,
    build: (stack) => alarms(stack, {
      noData: AlarmThreshold.below(1),
      instanceChurn: AlarmThreshold.above(2),
      underUtilised: AlarmThreshold.below(20),
      instanceTypes: ['m8g.xlarge'],
      deploymentAlarm: cloudwatch.Alarm.fromAlarmArn(stack, 'Deployment', 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:deploying'),
    }),
  },
  'alarms-per-function': { values: true, under: /^(Fleet\/Alarms|Function)/, build: (stack) => alarms(stack, { level: AlarmLevel.FULL, perFunction: true }) },
};

function alarms(stack: Stack, options?: AddAlarmsOptions): void {
  const fleet = new ManagedInstances(stack, 'Fleet', { vpc: vpc(stack), maxVCpuCount: 100 });
  fleet.addFunction(testFunction(stack));
  fleet.addAlarms('Alarms', options);
}

function vpc(stack: Stack): ec2.IVpc {
  return new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
}

test.each(Object.entries(CONTRACTS))('%s keeps its construct ids, logical ids and defaults', (name, { values = false, under = /^/, env, build }) => {
  // GIVEN
  const file = `${TABLES}/${name}.txt`;
  const stack = new Stack(new App(), 'Stack', { env });
  build(stack);

  // WHEN
  const now = contractOf(stack).filter(({ path }) => under.test(path));
  if (process.env.CONTRACT === 'write') writeFileSync(file, writeTable(now, values));
  const changes = existsSync(file) ? differences(readTable(readFileSync(file, 'utf-8')), now) : [`${file} is missing`];

  // THEN
  if (changes.length > 0) {
    throw new Error([
      `What people have deployed changes (${name}):`,
      ...changes,
      'Undo it; or, if it is meant, read docs/versioning.md and write the table by CONTRACT=write npx jest test/contract',
    ].join('\n'));
  }
});

test.each(Object.entries(CONTRACTS))('%s opens no port to the world', (_name, { env, build }) => {
  const stack = new Stack(new App(), 'Stack', { env });

  build(stack);

  expect(openToWorld(Template.fromStack(stack).toJSON() as TemplateJson)).toEqual([]);
});

test('each table belongs to an app', () => {
  expect(readdirSync(TABLES).sort()).toEqual(Object.keys(CONTRACTS).map((name) => `${name}.txt`).sort());
});
