/** The addresses of subnets are counted alike, whoever wrote them. */
import { CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { inThreeSources, Written } from '../../three-sources';
import { testFunction } from '../../util';

const LARGE = ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24'];
const SMALL = ['10.0.0.0/28', '10.0.1.0/28', '10.0.2.0/28'];

/** A function that grows to many instances of four vCPUs, in subnets with these blocks. */
function fleetIn({ stack, provider, attach }: Written, blocks: string[]): void {
  const vpc = new ec2.CfnVPC(stack, 'Net', { cidrBlock: '10.0.0.0/16' });
  const table = new ec2.CfnRouteTable(stack, 'Table', { vpcId: vpc.ref });
  new ec2.CfnRoute(stack, 'Route', { routeTableId: table.ref, destinationCidrBlock: '0.0.0.0/0', natGatewayId: 'nat-1' });
  const group = new ec2.CfnSecurityGroup(stack, 'OwnGroup', { groupDescription: 'x', vpcId: vpc.ref });
  const subnetIds = blocks.map((cidrBlock, index) => {
    const subnet = new ec2.CfnSubnet(stack, `Subnet${index}`, { vpcId: vpc.ref, cidrBlock, availabilityZone: `us-east-1${'abc'[index]}` });
    new ec2.CfnSubnetRouteTableAssociation(stack, `Association${index}`, { subnetId: subnet.ref, routeTableId: table.ref });
    return subnet.ref;
  });
  Object.assign(provider, {
    vpcConfig: { subnetIds, securityGroupIds: [group.attrGroupId] },
    capacityProviderScalingConfig: { maxVCpuCount: 400 },
    instanceRequirements: { architectures: ['x86_64'], allowedInstanceTypes: ['m7i.xlarge', 'm7a.xlarge', 'm6i.xlarge'] },
  });
  const fn = testFunction(stack, 'Orders').node.defaultChild as lambda.CfnFunction;
  Object.assign(fn, { memorySize: 2048, functionScalingConfig: { minExecutionEnvironments: 30, maxExecutionEnvironments: 250 } });
  attach(fn, { executionEnvironmentMemoryGiBPerVCpu: 2 });
}

const cidr = (bits: string) => () => [0, 1, 2].map((index) => Fn.select(index, Fn.cidr('10.0.0.0/16', 3, bits)));

test.each<[string, (stack: Stack) => string[], string[]]>([
  ['large', () => LARGE, []],
  ['small', () => SMALL, ['warning SubnetAddresses']],
  ['one of them small', () => [...LARGE.slice(1), SMALL[0]], ['warning SubnetAddresses']],
  ['small, one of them by a parameter', (stack) => [...SMALL.slice(1), new CfnParameter(stack, 'Block').valueAsString], []],
  ['large, computed', cidr('8'), []],
  ['small, computed', cidr('4'), ['warning SubnetAddresses']],
  ['small, out of pieces', (stack) => [0, 1, 2].map((index) => Fn.sub(`\${Prefix}.${index}.0/28`, { Prefix: new CfnParameter(stack, `Prefix${index}`).valueAsString })), ['warning SubnetAddresses']],
])('subnets that are %s', (_what, blocksOf, expected) => {
  expect(inThreeSources((written) => fleetIn(written, blocksOf(written.stack)))).toEqual({ ours: expected, cdk: expected, template: expected });
});
