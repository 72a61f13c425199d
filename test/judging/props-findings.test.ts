import { CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { propsFindings, providerTargetFindings } from '../../src/judging/props-findings';
import { messageOf } from '../../src/rules/findings';

type Props = Parameters<typeof propsFindings>[0];

const parameters = new Stack();
const NUMBER = new CfnParameter(parameters, 'Number', { type: 'Number' }).valueAsNumber;
const LIST = Fn.split(',', Fn.importValue('zones'));

function said(props: object): string[] {
  return propsFindings(props as Props).map((finding) => `${finding.level} ${finding.code}: ${messageOf(finding).split('. ')[0]}`);
}

const contradicting = (one: string, other: string) => `error ContradictingProps: ${other} is set, but must be left out if ${one} is given`;
const GPU = { scalingMode: 'Manual', scalingPolicies: [{ predefinedMetricType: 'LambdaCapacityProviderAverageGPUUtilization' }] };
const CPU = { scalingMode: 'Manual', scalingPolicies: [{ predefinedMetricType: 'LambdaCapacityProviderAverageCPUUtilization' }] };

test.each<[object, string[]]>([
  [{}, []],
  [{ vpc: {} }, []],
  [{ vpc: {}, network: undefined }, []],
  [{ vpc: {}, vpcSubnets: {} }, []],
  [{ network: {}, vpc: {} }, [contradicting('network', 'vpc')]],
  [{ network: {}, vpcSubnets: {} }, [contradicting('network', 'vpcSubnets')]],
  [{ network: {}, egress: {} }, [contradicting('network', 'egress')]],
  [{ vpc: {}, egress: {} }, [contradicting('vpc', 'egress')]],
  [{ vpc: {}, maxAzs: 2 }, [contradicting('vpc', 'maxAzs')]],
  [{ vpc: {}, availabilityZones: ['a'] }, [contradicting('vpc', 'availabilityZones')]],
  [{ vpc: {}, ipAddresses: {} }, [contradicting('vpc', 'ipAddresses')]],
  [{ availabilityZones: ['a'], maxAzs: 2 }, [contradicting('availabilityZones', 'maxAzs')]],
  [{ securityGroups: [], allowAllOutbound: false }, [contradicting('securityGroups', 'allowAllOutbound')]],
  [{ dashboard: {}, dashboardName: 'a' }, [contradicting('dashboard', 'dashboardName')]],
  // Each pair is said alone, the first one first.
  [{ network: {}, vpc: {}, egress: {} }, [contradicting('network', 'vpc')]],
  [{ vpcSubnets: {} }, ['error SubnetsWithoutVpc: vpcSubnets is set, but there is no vpc to select subnets from']],
  [{ scalingOptions: { scalingMode: 'Auto' } }, []],
  [{ scalingOptions: { scalingMode: 'Auto' }, gpuUtilizationTarget: 50 }, [contradicting('ScalingOptions.auto()', 'gpuUtilizationTarget')]],
  [{ scalingOptions: GPU, gpuUtilizationTarget: 50 }, [contradicting('TargetTrackingScalingPolicy.gpuUtilization()', 'gpuUtilizationTarget')]],
  [{ scalingOptions: CPU, gpuUtilizationTarget: 50 }, []],
  [{ scalingOptions: { scalingMode: 'Manual' }, gpuUtilizationTarget: 50 }, []],
])('props that contradict each other: %p', (props, expected) => {
  expect(said(props)).toEqual(expected);
});

const ARM = { name: 'arm64' };

test.each<[object, string[]]>([
  [{ architecture: ARM }, []],
  [{ architecture: ARM, instances: {} }, []],
  [{ instances: { architecture: ARM } }, []],
  [{ architecture: ARM, instances: { architecture: { name: 'arm64' } } }, []],
  [{ architecture: ARM, instances: { architecture: { name: 'x86_64' } } }, ['error SelectedArchitecture: architecture is arm64, but the selected instances are x86_64']],
  [{ instances: { _facts: { invalid: [{ property: 'memoryMin', allowed: 'must be known', found: 'late', remedy: 'x' }] } } }, ['error InstanceRequirement: memoryMin is late, but must be known']],
  [{ limits: { _problems: [{ property: 'subnetsMax', allowed: 'must be a number', found: 'many', remedy: 'x' }] } }, ['error LimitOverride: subnetsMax is many, but must be a number']],
  [{ kmsKey: { aliasName: 'alias/volumes' } }, ['error KmsKeyArn: kmsKey is an alias, whose ARN differs, but must be a KMS key']],
  [{ kmsKey: { keyArn: 'arn' } }, []],
])('props that select: %p', (props, expected) => {
  expect(said(props)).toEqual(expected);
});

const gateways = (_natCount?: number) => ({ egress: { _natCount } });
const count = (found: number) => [`error EgressMissing: count is ${found}, but must be a whole number, at least 1`];
const zones = (text: string) => [`error SubnetCount: ${text}, but the subnets need at least 1 zone`];

test.each<[string, object, string[]]>([
  ['one gateway', gateways(1), []],
  ['no gateway', gateways(0), count(0)],
  ['a part of a gateway', gateways(1.5), count(1.5)],
  ['a number of gateways that is a parameter', gateways(NUMBER), []],
  ['egress without gateways', gateways(), []],
  ['one zone', { maxAzs: 1 }, []],
  ['no zone', { maxAzs: 0 }, zones('maxAzs is 0')],
  ['a number of zones that is a parameter', { maxAzs: NUMBER }, []],
  ['a zone by its name', { availabilityZones: ['a'] }, []],
  ['no zone by its name', { availabilityZones: [] }, zones('availabilityZones has no zone')],
  ['zones that are known at deployment', { availabilityZones: LIST }, []],
])('counts: %s', (_what, props, expected) => {
  expect(said(props)).toEqual(expected);
});

test('of two wrong numbers of zones, one is said', () => {
  expect(said({ maxAzs: 0, availabilityZones: [] }).filter((text) => text.includes('SubnetCount'))).toEqual(zones('maxAzs is 0'));
});

test.each<[string, unknown[] | undefined, string[]]>([
  ['serves nothing yet', [], []],
  ['serves another network', [{}], ['error NatProviderReused: egress has a NAT provider that already serves another network, but each network needs one of its own']],
])('a NAT provider that %s', (_what, configuredGateways, expected) => {
  expect(said({ egress: { _natProvider: { configuredGateways } } })).toEqual(expected);
});

test.each<[unknown, string | undefined]>([
  [{ capacityProviderRef: {} }, undefined],
  [undefined, 'undefined'],
  [null, 'null'],
  ['arn', '"arn"'],
  [5, '5'],
  [{}, 'another kind of object'],
])('%p in place of a capacity provider', (value, found) => {
  expect(providerTargetFindings(value).map((finding) => [finding.level, finding.found])).toEqual(found === undefined ? [] : [['error', found]]);
});
