import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ManagedInstances, ManagedInstancesAlarms, ManagedInstancesDashboard, ManagedInstancesNetwork } from '../src';
import { testFunction, warningsOf } from './util';

const ENVIRONMENTS: [string, StackProps][] = [
  ['without env', {}],
  ['with env', { env: { account: '123456789012', region: 'eu-west-1' } }],
];
const FLAGS: [string, Record<string, unknown>][] = [
  ['without feature flags', {}],
  ['with all recommended feature flags', jest.requireActual('aws-cdk-lib/recommended-feature-flags.json')],
];
const CASES = ENVIRONMENTS.flatMap(([env, props]) => FLAGS.map(([flags, context]) => [env, flags, props, context] as const));

function defaultFleet(props: StackProps = {}, context: Record<string, unknown> = {}): Stack {
  const stack = new Stack(new App({ context }), 'Stack', props);
  const fleet = new ManagedInstances(stack, 'Fleet');
  fleet.addFunction(testFunction(stack));
  fleet.addDashboard('Dashboard');
  return stack;
}

test('keeps its template', () => {
  expect(Template.fromStack(defaultFleet()).toJSON()).toMatchSnapshot();
});

test('keeps its logical ids: a change replaces what people have deployed', () => {
  const resources = Template.fromStack(defaultFleet()).toJSON().Resources;
  const idsByType = Object.fromEntries(Object.entries<any>(resources)
    .filter(([id]) => id.startsWith('Fleet'))
    .map(([id, { Type }]) => [id, Type]));

  expect(idsByType).toEqual({
    FleetCapacityProvider1E9E5C3A: 'AWS::Lambda::CapacityProvider',
    FleetDashboardCD2F04AF: 'AWS::CloudWatch::Dashboard',
    FleetLogGroupFE4FB1F1: 'AWS::Logs::LogGroup',
    FleetNetworkVpc1D3150DF: 'AWS::EC2::VPC',
    FleetNetworkVpcDynamoDBA998A200: 'AWS::EC2::VPCEndpoint',
    FleetNetworkVpcIGW910D0BF2: 'AWS::EC2::InternetGateway',
    FleetNetworkVpcPrivateSubnet1DefaultRouteAB0F83CE: 'AWS::EC2::Route',
    FleetNetworkVpcPrivateSubnet1RouteTable949CD3D4: 'AWS::EC2::RouteTable',
    FleetNetworkVpcPrivateSubnet1RouteTableAssociation2E640754: 'AWS::EC2::SubnetRouteTableAssociation',
    FleetNetworkVpcPrivateSubnet1SubnetB6FE033E: 'AWS::EC2::Subnet',
    FleetNetworkVpcPrivateSubnet2DefaultRouteD1291E1B: 'AWS::EC2::Route',
    FleetNetworkVpcPrivateSubnet2RouteTableAssociation4BA3773D: 'AWS::EC2::SubnetRouteTableAssociation',
    FleetNetworkVpcPrivateSubnet2RouteTableF92193E2: 'AWS::EC2::RouteTable',
    FleetNetworkVpcPrivateSubnet2Subnet835E7670: 'AWS::EC2::Subnet',
    FleetNetworkVpcPublicSubnet1DefaultRoute655390FB: 'AWS::EC2::Route',
    FleetNetworkVpcPublicSubnet1EIP431DBD4B: 'AWS::EC2::EIP',
    FleetNetworkVpcPublicSubnet1NATGateway3D9AA447: 'AWS::EC2::NatGateway',
    FleetNetworkVpcPublicSubnet1RouteTable4042D766: 'AWS::EC2::RouteTable',
    FleetNetworkVpcPublicSubnet1RouteTableAssociationE5A823A4: 'AWS::EC2::SubnetRouteTableAssociation',
    FleetNetworkVpcPublicSubnet1SubnetBE8CF512: 'AWS::EC2::Subnet',
    FleetNetworkVpcPublicSubnet2DefaultRoute2355C375: 'AWS::EC2::Route',
    FleetNetworkVpcPublicSubnet2EIPE862DC26: 'AWS::EC2::EIP',
    FleetNetworkVpcPublicSubnet2NATGateway890C21E9: 'AWS::EC2::NatGateway',
    FleetNetworkVpcPublicSubnet2RouteTableAssociationB8DBE4AC: 'AWS::EC2::SubnetRouteTableAssociation',
    FleetNetworkVpcPublicSubnet2RouteTableF93B2CF6: 'AWS::EC2::RouteTable',
    FleetNetworkVpcPublicSubnet2Subnet097EA9DB: 'AWS::EC2::Subnet',
    FleetNetworkVpcS31E5329B2: 'AWS::EC2::VPCEndpoint',
    FleetNetworkVpcVPCGWF0BF32C5: 'AWS::EC2::VPCGatewayAttachment',
    FleetOperatorRoleC3BB5F39: 'AWS::IAM::Role',
    FleetSecurityGroup97A0FCFD: 'AWS::EC2::SecurityGroup',
  });
});

test.each([
  [ManagedInstances, 'ManagedInstances'],
  [ManagedInstancesNetwork, 'ManagedInstancesNetwork'],
  [ManagedInstancesDashboard, 'ManagedInstancesDashboard'],
  [ManagedInstancesAlarms, 'ManagedInstancesAlarms'],
])('keeps the id by which properties are injected: %p', (construct, name) => {
  expect(construct.PROPERTY_INJECTION_ID).toBe(`cdk-lambda-managed-instances.${name}`);
});

test.each(CASES)('synthesises without a warning, %s, %s', (_env, _flags, props, context) => {
  expect(warningsOf(defaultFleet(props, context))).toEqual([]);
});

describe('under CDK\'s own template validator', () => {
  beforeAll(() => { process.env.CDK_VALIDATION = 'true'; });
  afterAll(() => { process.env.CDK_VALIDATION = 'false'; });

  test.each(CASES)('is clean, %s, %s', (_env, _flags, props, context) => {
    const strict = { '@aws-cdk/core:validateAgainstDefaultRules': true, '@aws-cdk/core:strictCfnValidateErrors': true };
    expect(() => Template.fromStack(defaultFleet(props, { ...context, ...strict }))).not.toThrow();
  });
});

test('has these findings under cdk-nag, each explained in the README', () => {
  // GIVEN
  const stack = new Stack(new App(), 'Stack');
  new ManagedInstances(stack, 'Fleet');

  // WHEN
  const { violations } = new AwsSolutionsChecks().validateScope(stack);

  // THEN
  const findings = violations.flatMap(({ ruleName, violatingResources }) => (
    violatingResources.map(({ constructPath }: any) => [ruleName, constructPath])
  ));
  expect(findings).toEqual([
    ['AwsSolutions-VPC7', 'Stack/Fleet/Network/Vpc/Resource'],
    ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSLambdaManagedEC2ResourceOperator]', 'Stack/Fleet/OperatorRole/Resource'],
  ]);
});
