import { App, CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ManagedInstances, ManagedInstancesLimits } from '../../../src';
import { ConstructProperties } from '../../../src/reading/constructs/construct-properties';
import { TemplateProperties } from '../../../src/reading/templates/template-properties';
import { messageOf } from '../../../src/rules/findings';
import { providerFacts, ProviderSurroundings } from '../../../src/rules/provider/provider-facts';
import { PROVIDER_RULES } from '../../../src/rules/provider/provider-rules';
import { codeContext, Level, templateContext } from '../../../src/rules/rule';
import { onlyResource, testFunction, testStack } from '../../util';
import { findingsOf } from '../util';

const stack = testStack();
const TEXT = new CfnParameter(stack, 'Text').valueAsString;
const NUMBER = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
const LIST = new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
/** Of a provider about which there is nothing to say. */
const GOOD: Partial<lambda.CfnCapacityProviderProps> = {
  vpcConfig: { subnetIds: ['subnet-1', 'subnet-2', 'subnet-3'], securityGroupIds: ['sg-1'] },
  capacityProviderScalingConfig: { maxVCpuCount: 64 },
  telemetryConfig: { loggingConfig: { logGroup: '/fleet' } },
};

function findings(changes: object, surroundings?: ProviderSurroundings, limits?: ManagedInstancesLimits) {
  return findingsOf(PROVIDER_RULES, providerFacts(new ConstructProperties({ ...GOOD, ...changes }), surroundings), codeContext(limits?._values));
}

const codes = (changes: object, surroundings?: ProviderSurroundings) => findings(changes, surroundings).map(({ code, level }) => [code, level]);
const text = (length: number) => 'x'.repeat(length);
const many = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}-${i}`);
const scaling = (config: object) => ({ capacityProviderScalingConfig: { maxVCpuCount: 64, ...config } });
const cpu = (targetValue: number) => ({ predefinedMetricType: 'LambdaCapacityProviderAverageCPUUtilization', targetValue });
const subnets = (...subnetIds: string[]) => ({ vpcConfig: { subnetIds, securityGroupIds: ['sg-1'] } });
const groups = (...securityGroupIds: string[]) => ({ vpcConfig: { subnetIds: ['subnet-1'], securityGroupIds } });
const tags = (count: number, key = 'k', value = 'v') => ({ propagateTags: { mode: 'Explicit', explicitTags: many(count, key).map((name) => ({ key: name, value })) } });
const logGroup = (name?: string) => ({ telemetryConfig: { loggingConfig: { logGroup: name } } });

test('a good provider has no finding', () => {
  expect(findings({})).toEqual([]);
});

test.each<[string, string, Level, object[], object[]]>([
  ['SubnetCount', 'number of subnets', Level.ERROR, [subnets(), subnets(...many(17, 'subnet'))], [subnets('subnet-1'), subnets(...many(16, 'subnet')), { vpcConfig: { subnetIds: LIST, securityGroupIds: ['sg-1'] } }, { vpcConfig: undefined }]],
  ['SecurityGroupCount', 'number of groups', Level.ERROR, [groups(...many(6, 'sg'))], [groups('sg-1'), groups(...many(5, 'sg'))]],
  ['SecurityGroupsEmpty', 'group', Level.WARNING, [groups()], [groups('sg-1'), groups(TEXT), { vpcConfig: { subnetIds: ['subnet-1'], securityGroupIds: LIST } }]],
  ['SubnetsDistinct', 'subnets and groups', Level.ERROR, [subnets('subnet-1', 'subnet-1'), subnets(TEXT, TEXT), groups('sg-1', 'sg-1')], [subnets('subnet-1', TEXT), groups(TEXT, 'sg-1')]],
  ['ProviderNameCharacters', 'name', Level.ERROR, [{ capacityProviderName: 'a b' }, { capacityProviderName: '' }, { capacityProviderName: 'arn:aws:lambda:eu-west-1:1:capacity-provider:x' }], [{ capacityProviderName: TEXT }, {}]],
  ['ProviderNameLength', 'length of the name', Level.ERROR, [{ capacityProviderName: text(75) }], [{ capacityProviderName: TEXT }, { capacityProviderName: text(74) }]],
  ['ProviderNameLength', 'length of the name beside tags', Level.WARNING, [{ capacityProviderName: text(65), tags: [{ key: 'a', value: 'b' }] }], [{ capacityProviderName: text(64), tags: [{ key: 'a', value: 'b' }] }, { capacityProviderName: text(65) }]],
  ['ProviderNameFixed', 'fixed name', Level.WARNING, [{ capacityProviderName: 'orders' }], [{ capacityProviderName: TEXT }, {}]],
  ['VCpuCeilingRange', 'ceiling', Level.ERROR, [scaling({ maxVCpuCount: 1 }), scaling({ maxVCpuCount: 15001 }), scaling({ maxVCpuCount: 2.5 })], [scaling({ maxVCpuCount: 2 }), scaling({ maxVCpuCount: 15000 }), scaling({ maxVCpuCount: NUMBER })]],
  ['VCpuCeilingUnproven', 'low ceiling', Level.WARNING, [scaling({ maxVCpuCount: 2 }), scaling({ maxVCpuCount: 11 })], [scaling({ maxVCpuCount: 12 }), scaling({ maxVCpuCount: NUMBER })]],
  ['VCpuCeilingUnset', 'missing ceiling', Level.INFO, [{ capacityProviderScalingConfig: undefined }, { capacityProviderScalingConfig: { scalingMode: 'Auto' } }], [scaling({ maxVCpuCount: NUMBER })]],
  ['ManualScalingWithoutPolicy', 'manual scaling', Level.ERROR, [scaling({ scalingMode: 'Manual' }), scaling({ scalingMode: 'Manual', scalingPolicies: [] }), scaling({ scalingMode: 'Manual', scalingPolicies: new Array(11).fill(cpu(50)) })], [scaling({ scalingMode: 'Manual', scalingPolicies: [cpu(50)] }), scaling({ scalingMode: 'Manual', scalingPolicies: new Array(10).fill(cpu(50)) }), scaling({ scalingMode: TEXT })]],
  ['AutoScalingWithPolicy', 'automatic scaling', Level.ERROR, [scaling({ scalingMode: 'Auto', scalingPolicies: [cpu(50)] })], [scaling({ scalingMode: 'Auto' }), scaling({ scalingMode: 'Auto', scalingPolicies: [] }), scaling({ scalingMode: TEXT, scalingPolicies: [cpu(50)] })]],
  ['AutoScalingWithPolicy', 'automatic scaling by default', Level.WARNING, [scaling({ scalingPolicies: [cpu(50)] })], [scaling({})]],
  ['ScalingTargetRange', 'target', Level.ERROR, [scaling({ scalingMode: 'Manual', scalingPolicies: [cpu(NaN)] }), scaling({ scalingMode: 'Manual', scalingPolicies: [cpu(-1)] }), scaling({ scalingMode: 'Manual', scalingPolicies: [cpu(50), cpu(101)] })], [scaling({ scalingMode: 'Manual', scalingPolicies: [cpu(NUMBER)] })]],
  ['ScalingTargetHeadroom', 'headroom', Level.WARNING, [scaling({ scalingMode: 'Manual', scalingPolicies: [cpu(0)] }), scaling({ scalingMode: 'Manual', scalingPolicies: [cpu(81)] })], [scaling({ scalingMode: 'Manual', scalingPolicies: [cpu(80)] }), scaling({ scalingMode: 'Manual', scalingPolicies: [cpu(1)] }), scaling({ scalingMode: 'Manual', scalingPolicies: [cpu(NUMBER)] })]],
  ['ScalingMetric', 'metric', Level.ERROR, [scaling({ scalingMode: 'Manual', scalingPolicies: [{ predefinedMetricType: 'Memory', targetValue: 50 }] })], [scaling({ scalingMode: 'Manual', scalingPolicies: [{ predefinedMetricType: TEXT, targetValue: 50 }] })]],
  ['PropagatedTags', 'tags', Level.ERROR, [tags(41), tags(1, text(127)), tags(1, 'k', text(257)), tags(1, 'aws:k'), tags(1, 'AWS:k')], [tags(40), tags(1, text(126)), tags(1, 'k', text(256)), tags(1, 'k', TEXT), tags(1, 'aws'), tags(1, TEXT)]],
  ['PropagatedTagMode', 'mode of tags', Level.ERROR, [{ propagateTags: { mode: 'Explicit' } }, { propagateTags: { mode: 'None', explicitTags: [{ key: 'a', value: 'b' }] } }], [{ propagateTags: { mode: 'None' } }, tags(1), { propagateTags: { mode: TEXT } }]],
  ['TagsNotPropagated', 'tags of the provider', Level.INFO, [{ tags: [{ key: 'a', value: 'b' }] }, { tags: [{ key: 'a', value: 'b' }], propagateTags: { mode: 'None' } }, { tags: [{ key: 'lambda:createdBy', value: 'SAM' }, { key: 'a', value: 'b' }] }, { tags: [{ key: TEXT, value: 'b' }] }], [{ tags: [{ key: 'a', value: 'b' }], ...tags(1) }, {}, { tags: [{ key: 'lambda:createdBy', value: 'SAM' }] }]],
  ['LogGroupName', 'name of the log group', Level.ERROR, [logGroup('aws/lambda'), logGroup('a b'), logGroup(''), logGroup(text(513))], [logGroup('/aws/lambda'), logGroup('.-_/#a9'), logGroup(text(512)), logGroup(TEXT)]],
  ['LogGroupMissing', 'log group', Level.WARNING, [logGroup(), { telemetryConfig: undefined }], [logGroup(TEXT), { telemetryConfig: Lazy.any({ produce: () => ({}) }) }]],
  ['KmsKeyArn', 'key', Level.ERROR, [{ kmsKeyArn: 'alias/x' }, { kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:alias/x' }, { kmsKeyArn: '1234-5678' }], [{ kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/1234-5678' }, { kmsKeyArn: 'arn:aws-eusc:kms:eusc-de-east-1:123456789012:key/mrk-1' }, { kmsKeyArn: TEXT }]],
])('%s: judges the %s', (code, _what, level, wrong, right) => {
  wrong.forEach((changes) => expect(codes(changes)).toContainEqual([code, level]));
  right.forEach((changes) => expect(codes(changes).map(([found]) => found)).not.toContain(code));
});

test.each([
  ['eu-west-1', 84], ['ap-southeast-2', 79], ['eusc-de-east-1', 74],
])('a name in %s may have %d characters', (region, max) => {
  expect(codes({ capacityProviderName: text(max) }, { region })).toEqual([['ProviderNameFixed', Level.WARNING]]);
  expect(codes({ capacityProviderName: text(max + 1) }, { region })[0]).toEqual(['ProviderNameLength', Level.ERROR]);
});

test('says what is wrong in the caller\'s words', () => {
  expect(findings(subnets()).map(messageOf)).toEqual([
    'vpcSubnets names 0 subnets, but a capacity provider needs 1 to 16. Select one subnet in each of three zones.',
  ]);
  expect(findings(subnets(...many(17, 'subnet'))).map(messageOf)).toEqual([
    'vpcSubnets names 17 subnets, but a capacity provider needs 1 to 16. Select at most 16; one for each zone is enough.',
  ]);
  expect(findings(groups('sg-1', 'sg-1')).map(messageOf)).toEqual(['securityGroups names sg-1 twice, but must name each security group once. Leave the second one out.']);
  expect(findings({ capacityProviderName: text(85) }, { region: 'eu-west-1' }).map(messageOf)[0]).toBe(
    'capacityProviderName has 85 characters, but may have at most 84 in eu-west-1, since functions refer to the provider by an ARN of at most 140. Shorten the name, or leave capacityProviderName out, so that CloudFormation generates one.',
  );
  expect(findings({}, { foreign: 'subnet Stack/Vpc/Subnet1, which is in another VPC' }).map(messageOf)).toEqual([
    'vpc names subnet Stack/Vpc/Subnet1, which is in another VPC, but must name subnets and security groups of one VPC. Take subnets and groups of the same VPC.',
  ]);
  expect(findings({}, { region: 'eu-west-1', vpcRegion: 'us-east-1' }).map(messageOf)).toEqual([
    'vpc is in us-east-1, but must be in the Region of the capacity provider, eu-west-1. Use a network in eu-west-1.',
  ]);
});

test('says "must" of what is refused only', () => {
  const automatic = (scalingMode?: string) => findings(scaling({ scalingMode, scalingPolicies: [cpu(50)] })).map(({ allowed }) => allowed);

  expect(automatic('Auto')).toEqual(['must be left out unless scalingMode is Manual']);
  expect(automatic()).toEqual(['should be left out unless scalingMode is Manual']);
});

test('follows limits that are overridden', () => {
  const limits = ManagedInstancesLimits.CURRENT.withOverrides({ subnetsMax: 1, propagatedTagsMax: 0, scalingTargetHeadroomMax: 10 });

  expect(findings({ ...tags(1), ...scaling({ scalingMode: 'Manual', scalingPolicies: [cpu(11)] }) }, {}, limits).map(({ code }) => code))
    .toEqual(['SubnetCount', 'ScalingTargetHeadroom', 'PropagatedTags']);
});

describe('read from a template', () => {
  const inTemplate = (properties: object) => findingsOf(PROVIDER_RULES, providerFacts(new TemplateProperties(properties)), templateContext())
    .filter(({ level }) => level !== Level.INFO);

  test('a default fleet gives nothing', () => {
    const app = testStack();
    new ManagedInstances(app, 'Fleet').addFunction(testFunction(app));

    expect(inTemplate(onlyResource(app, 'AWS::Lambda::CapacityProvider').Properties)).toEqual([]);
  });

  test('a plain provider of CDK lacks a log group, and nothing else', () => {
    // GIVEN
    const plain = new Stack(new App(), 'Stack');
    const vpc = new ec2.Vpc(plain, 'Vpc');
    const securityGroups = [new ec2.SecurityGroup(plain, 'Group', { vpc })];
    const provider = new lambda.CapacityProvider(plain, 'Provider', { subnets: vpc.privateSubnets, securityGroups });

    // WHEN
    provider.addFunction(testFunction(plain, 'Function', { memorySize: 2048 }));

    // THEN
    const [{ Properties }] = Object.values(Template.fromStack(plain).findResources('AWS::Lambda::CapacityProvider'));
    expect(inTemplate(Properties).map((finding) => [finding.code, messageOf(finding)])).toEqual([
      ['LogGroupMissing', 'TelemetryConfig.LoggingConfig.LogGroup isn\'t set, but Lambda then creates a log group outside the stack, which keeps logs forever. Create a log group with a retention and give it to the capacity provider.'],
    ]);
  });

  test('the same subnet twice is known by its reference', () => {
    const subnet = { Ref: 'Subnet' };

    expect(inTemplate({ VpcConfig: { SubnetIds: [subnet, subnet], SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] }, TelemetryConfig: { 'Fn::If': ['A', 'B', 'C'] } }).map(messageOf))
      .toEqual(['VpcConfig.SubnetIds names the same subnet twice, but must name each subnet once. Leave the second one out.']);
  });
});

describe('says what is wrong with', () => {
  const said = (changes: object, code: string, surroundings?: ProviderSurroundings) => (
    findings(changes, surroundings).filter((finding) => finding.code === code).map((finding) => `${finding.level}: ${messageOf(finding)}`)
  );
  const manual = (...scalingPolicies: object[]) => scaling({ scalingMode: 'Manual', scalingPolicies });
  const gpu = (targetValue: number) => ({ predefinedMetricType: 'LambdaCapacityProviderAverageGPUUtilization', targetValue });

  test.each<[string, object, string]>([
    ['VCpuCeilingRange', scaling({ maxVCpuCount: 1 }), 'error: maxVCpuCount is 1, but must be a whole number from 2 to 15000 vCPUs. Raise it to at least 2.'],
    ['VCpuCeilingRange', scaling({ maxVCpuCount: 2.5 }), 'error: maxVCpuCount is 2.5, but must be a whole number from 2 to 15000 vCPUs. Choose a whole number up to 15000.'],
    ['VCpuCeilingRange', scaling({ maxVCpuCount: 20000 }), 'error: maxVCpuCount is 20000, but must be a whole number from 2 to 15000 vCPUs. Choose a whole number up to 15000.'],
    ['ManualScalingWithoutPolicy', manual(), 'error: scalingPolicies has 0 policies, but scalingMode Manual needs 1 to 10. Add a policy with a target for CPU utilisation, or leave scaling to Lambda (Auto).'],
    ['ManualScalingWithoutPolicy', manual(...new Array(11).fill(cpu(50))), 'error: scalingPolicies has 11 policies, but scalingMode Manual needs 1 to 10. Keep at most 10.'],
    ['AutoScalingWithPolicy', scaling({ scalingMode: 'Auto', scalingPolicies: [cpu(50)] }), 'error: scalingPolicies has 1 policy, and scalingMode is Auto, but must be left out unless scalingMode is Manual. Set scalingMode to Manual, or remove the policies.'],
    ['AutoScalingWithPolicy', scaling({ scalingPolicies: [cpu(50), gpu(50)] }), 'warning: scalingPolicies has 2 policies, and scalingMode is Auto by default, but should be left out unless scalingMode is Manual. Set scalingMode to Manual, or remove the policies.'],
    ['ScalingTargetRange', manual(gpu(101)), 'error: targetValue is 101, but must be a utilisation from 0 to 100 percent. Choose a percentage in that range.'],
    ['ScalingTargetHeadroom', manual(cpu(0)), 'warning: targetValue is 0, but a CPU utilisation of 0 percent is never reached. Choose 1 to 80 percent; AWS suggests 25 to 30 for bursty traffic.'],
    ['ScalingTargetHeadroom', manual(cpu(50), cpu(100)), 'warning: targetValue is 100, but above 80 percent there is no room for bursts. Choose 1 to 80 percent; AWS suggests 25 to 30 for bursty traffic.'],
    ['PropagatedTagMode', { propagateTags: { mode: 'None', explicitTags: [{ key: 'a', value: 'b' }] } }, 'error: propagateTags lists 1 tag, but its mode is None. Use PropagateTags.explicit(…), or leave the list out.'],
    ['PropagatedTagMode', { propagateTags: { mode: 'None', explicitTags: [{ key: 'a', value: 'b' }, { key: 'c', value: 'd' }] } }, 'error: propagateTags lists 2 tags, but its mode is None. Use PropagateTags.explicit(…), or leave the list out.'],
    ['PropagatedTags', tags(1, text(127)), `error: propagateTags has a key of 129 characters (${text(20)}…), but a key may have at most 128. Propagate fewer tags with PropagateTags.explicit(…), or none with PropagateTags.none().`],
    ['TagsNotPropagated', { tags: [{ key: 'a', value: 'b' }], propagateTags: { mode: 'None' } }, 'info: propagateTags is None, but the tags of the capacity provider then don\'t reach its instances. List them with PropagateTags.explicit(…).'],
  ])('%s: %#', (code, changes, expected) => {
    expect(said(changes, code)).toEqual([expected]);
  });

  test.each<[string, object, ProviderSurroundings | undefined, string]>([
    ['ScalingTargetRange', manual(gpu(101)), { gpuTargetProp: 'gpuUtilizationTarget' }, 'gpuUtilizationTarget'],
    ['ScalingTargetRange', manual(cpu(101)), { gpuTargetProp: 'gpuUtilizationTarget' }, 'targetValue'],
  ])('%s by the word of the caller: %#', (code, changes, surroundings, property) => {
    expect(findings(changes, surroundings).filter((finding) => finding.code === code).map((finding) => finding.property)).toEqual([property]);
  });

  test.each<[string, object, string]>([
    ['of the CPU above 100, which is out of range', manual(cpu(101)), 'ScalingTargetHeadroom'],
    ['of the GPU, which needs no headroom', manual(gpu(95)), 'ScalingTargetHeadroom'],
    ['at its lowest', manual(cpu(0)), 'ScalingTargetRange'],
    ['at its highest', manual(cpu(100)), 'ScalingTargetRange'],
    ['with policies that are a token', scaling({ scalingMode: 'Manual', scalingPolicies: Lazy.any({ produce: () => [] }) }), 'ManualScalingWithoutPolicy'],
  ])('but not a target %s', (_what, changes, code) => {
    expect(said(changes, code)).toEqual([]);
  });

  const KEY = { kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/1' };

  test.each<[string, object, ProviderSurroundings, string[]]>([
    ['no key', {}, { ownKey: false, keyGranted: false }, []],
    ['a key of the app', KEY, { ownKey: true }, []],
    ['a key of which nothing is known', KEY, {}, []],
    ['an imported key', KEY, { ownKey: false }, ['info']],
    ['an imported key that the role may use', KEY, { ownKey: false, keyGranted: true }, ['info']],
    ['an imported key that the role may not use', KEY, { ownKey: false, keyGranted: false }, ['warning']],
  ])('the permission for %s', (_what, changes, surroundings, levels) => {
    expect(findings(changes, surroundings).filter(({ code }) => code === 'KmsKeyGrant').map(({ level }) => level)).toEqual(levels);
  });

  test.each([[10, []], [11, ['The stack has 11 capacity providers, but with more than 10 a deployment is slow: Lambda accepts one write call on them per second. Split the stack, or let fleets that trust each other share a capacity provider.']]])('%d providers in a stack', (providersInStack, expected) => {
    expect(findings({}, { providersInStack }).map(messageOf)).toEqual(expected);
  });

  test.each<[object, string]>([
    [subnets('subnet-1', 'subnet-1'), 'vpcSubnets names subnet-1 twice, but must name each subnet once. Leave the second one out.'],
    [subnets(TEXT, TEXT), 'vpcSubnets names the same subnet twice, but must name each subnet once. Leave the second one out.'],
    [groups('sg-1', 'sg-2', 'sg-2'), 'securityGroups names sg-2 twice, but must name each security group once. Leave the second one out.'],
  ])('what is named twice: %#', (changes, expected) => {
    expect(findings(changes).map(messageOf)).toEqual([expected]);
  });

  test.each<[string, ProviderSurroundings, boolean]>([
    ['here', { region: 'eu-west-1', vpcRegion: 'eu-west-1' }, false],
    ['elsewhere', { region: 'eu-west-1', vpcRegion: 'us-east-1' }, true],
    ['anywhere', { region: 'eu-west-1' }, false],
    ['somewhere, for a provider that may be anywhere', { vpcRegion: 'us-east-1' }, false],
  ])('a VPC %s', (_what, surroundings, refused) => {
    expect(codes({}, surroundings)).toEqual(refused ? [['SubnetsDistinct', Level.ERROR]] : []);
  });
});
