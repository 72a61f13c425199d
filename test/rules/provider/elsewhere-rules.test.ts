import { Fact, UNKNOWN } from '../../../src/reading/fact';
import { ResourceGraph } from '../../../src/reading/resource-graph';
import { CAPACITY_PROVIDER, Place } from '../../../src/reading/resource-view';
import { resourcesOf } from '../../../src/reading/templates/templates';
import { ELSEWHERE_RULES, elsewhereFacts, GRANT_RULES, PlacesInApp } from '../../../src/rules/provider/elsewhere-rules';
import { brief, judge, textOf } from '../util';

const HERE: Place = { account: '111111111111', region: 'eu-west-1' };
const NOWHERE: Place = { account: UNKNOWN, region: UNKNOWN };
const KEY = { 'Fn::GetAtt': ['Key', 'Arn'] };

const KEY_OF_APP: Place = { account: '222222222222', region: 'eu-west-1' };

interface Case {
  readonly role?: unknown;
  readonly key?: unknown;
  readonly logGroup?: unknown;
  readonly own?: Place;
  readonly app?: Partial<PlacesInApp>;
}

function findings({ role, key, logGroup, own = HERE, app }: Case) {
  const properties = {
    PermissionsConfig: { CapacityProviderOperatorRoleArn: role },
    KmsKeyArn: key,
    TelemetryConfig: { LoggingConfig: { LogGroup: logGroup } },
  };
  const body = { Resources: { Key: { Type: 'AWS::KMS::Key' }, Provider: { Type: CAPACITY_PROVIDER, Properties: properties } } };
  const graph = new ResourceGraph(resourcesOf([{ file: 'template.json', body }]));
  const [provider] = graph.ofType(CAPACITY_PROVIDER);
  return judge(ELSEWHERE_RULES, elsewhereFacts(provider.properties, own, { placeOf: () => KEY_OF_APP, policyOf: () => UNKNOWN, ...app }));
}

const role = (account: string) => `arn:aws:iam::${account}:role/operator`;
const key = (account: string, region = 'eu-west-1') => `arn:aws:kms:${region}:${account}:key/1`;
const logs = (account: string, region = 'eu-west-1') => `arn:aws:logs:${region}:${account}:log-group:x`;

test.each<[string, Case, string[]]>([
  ['everything here', { role: role('111111111111'), key: key('111111111111'), logGroup: 'x' }, []],
  ['a role of another account', { role: role('222222222222') }, ['error OperatorRoleElsewhere']],
  ['a role of an account that is a parameter', { role: { 'Fn::Sub': 'arn:aws:iam::${Account}:role/operator' } }, []],
  ['a role by its name', { role: 'iam:x:y:z:222222222222:operator' }, []],
  ['a key of another Region', { key: key('111111111111', 'eu-west-2') }, ['error KmsKeyElsewhere']],
  ['a key of another account', { key: key('222222222222') }, ['warning KmsKeyElsewhere']],
  ['a key of the app that allows the account', { key: KEY, app: { policyOf: () => 'arn:aws:iam::111111111111:root' } }, []],
  ['a key of the app that allows another account', { key: KEY, app: { policyOf: () => 'arn:aws:iam::333333333333:root' } }, ['warning KmsKeyElsewhere']],
  ['a key of the app whose policy isn\'t known', { key: KEY, app: { policyOf: () => UNKNOWN } }, []],
  ['a key of the app without a policy', { key: KEY, app: { policyOf: () => undefined } }, ['warning KmsKeyElsewhere']],
  ['a key of the app in a place that isn\'t known', { key: KEY, app: { placeOf: () => undefined } }, []],
  ['a log group of another Region', { logGroup: logs('111111111111', 'eu-west-2') }, ['error LogGroupElsewhere']],
  ['a log group of another account', { logGroup: logs('222222222222') }, ['error LogGroupElsewhere']],
  ['a log group that is known to be in another account', { logGroup: 'x', app: { logGroup: { account: '222222222222', region: UNKNOWN } } }, ['error LogGroupElsewhere']],
  ['a provider whose place isn\'t known', { own: NOWHERE, role: role('222222222222'), key: key('222222222222', 'eu-west-2'), logGroup: logs('222222222222') }, []],
  ['a provider whose account isn\'t known', { own: { ...HERE, account: UNKNOWN }, role: role('222222222222'), key: key('222222222222', 'eu-west-2'), logGroup: logs('222222222222', 'eu-west-2') }, ['error KmsKeyElsewhere', 'error LogGroupElsewhere']],
  ['a provider whose Region isn\'t known', { own: { ...HERE, region: UNKNOWN }, role: role('222222222222'), key: key('222222222222', 'eu-west-2'), logGroup: logs('222222222222', 'eu-west-2') }, ['error OperatorRoleElsewhere', 'warning KmsKeyElsewhere', 'error LogGroupElsewhere']],
])('%s', (_what, one, expected) => {
  expect(brief(findings(one))).toEqual(expected);
});

test('says where each of them is, and where it should be', () => {
  const found = findings({ role: role('222222222222'), key: key('111111111111', 'eu-west-2'), logGroup: logs('222222222222') });

  expect([textOf(found, 'OperatorRoleElsewhere'), textOf(found, 'KmsKeyElsewhere'), textOf(found, 'LogGroupElsewhere')]).toEqual([
    'operatorRole is in account 222222222222, but the capacity provider is in account 111111111111. Use a role of 111111111111.',
    'kmsKey is in eu-west-2, but the capacity provider is in eu-west-1. Use a key in eu-west-1, or a replica of a multi-Region key there.',
    'logGroup is in 222222222222, but must be in the account of the capacity provider, 111111111111. Use a log group in 111111111111.',
  ]);
});

test('a provider whose place isn\'t known looks for nothing else', () => {
  const placeOf = jest.fn();

  findings({ own: NOWHERE, role: KEY, key: KEY, logGroup: KEY, app: { placeOf } });

  expect(placeOf).not.toHaveBeenCalled();
});

test.each<[Fact<string>, Fact<string>, string[]]>([
  ['111111111111', '222222222222', ['warning GrantElsewhere']],
  ['111111111111', '111111111111', []],
  ['111111111111', UNKNOWN, []],
  [UNKNOWN, '222222222222', []],
  ['111111111111', undefined, []],
])('a grant by %p to %p', (own, grantee, expected) => {
  expect(brief(judge(GRANT_RULES, { own, grantee }))).toEqual(expected);
});
