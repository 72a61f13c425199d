import { UNKNOWN } from '../../../src/reading/fact';
import { FEATURE_RULES } from '../../../src/rules/function/feature-rules';
import { ManagedFunctionFacts } from '../../../src/rules/function/function-facts';
import { brief, GOOD_FUNCTION, judge, textOf } from '../util';

const findings = (facts: Partial<ManagedFunctionFacts>, overrides = {}) => judge(FEATURE_RULES, { ...GOOD_FUNCTION, ...facts }, overrides);

const HERE = { account: '111111111111', region: 'eu-west-1' };

test('finds nothing in a good function', () => {
  expect(findings({})).toEqual([]);
});

test.each<[keyof ManagedFunctionFacts, unknown, string[]]>([
  ['timeout', 0, ['error TimeoutRange']],
  ['timeout', 0.5, ['error TimeoutRange']],
  ['timeout', NaN, ['error TimeoutRange']],
  ['timeout', 1, []],
  ['timeout', 900, []],
  ['timeout', 1800, []],
  ['timeout', 1801, ['info TimeoutSynchronous']],
  ['timeout', 5400, ['info TimeoutSynchronous']],
  ['timeout', 5401, ['error TimeoutRange']],
  ['timeout', UNKNOWN, []],
  ['inVpc', true, ['error FunctionVpc']],
  ['inVpc', false, []],
  ['inVpc', UNKNOWN, []],
  ['mountsFileSystem', true, ['error FunctionFileSystem']],
  ['mountsFileSystem', false, []],
  ['mountsFileSystem', UNKNOWN, []],
  ['snapStart', 'PublishedVersions', ['warning SnapStart']],
  ['snapStart', 'None', []],
  ['snapStart', UNKNOWN, []],
  ['logFormat', 'Text', ['error LogFormatText']],
  ['logFormat', 'JSON', []],
  ['logFormat', undefined, []],
  ['logFormat', UNKNOWN, []],
  ['tenantIsolation', 'PER_TENANT', ['warning FeatureUndocumented']],
  ['tenantIsolation', UNKNOWN, []],
  ['runsAtEdge', true, ['warning FeatureUndocumented']],
  ['runsAtEdge', false, []],
  ['reservedConcurrency', 10, ['info FeatureUndocumented']],
  ['reservedConcurrency', 0, ['info FeatureUndocumented']],
  ['reservedConcurrency', UNKNOWN, []],
  ['functionName', 'orders', ['info FunctionNameFixed']],
  ['functionName', UNKNOWN, []],
])('judges %s %p', (property, value, expected) => {
  expect(brief(findings({ [property]: value }))).toEqual(expected);
});

test.each<[Partial<ManagedFunctionFacts>, string, string]>([
  [{ timeout: 0 }, 'TimeoutRange', 'timeout is 0, but must be a whole number of seconds, at least 1. Use 1.'],
  [{ timeout: 2.5 }, 'TimeoutRange', 'timeout is 2.5, but must be a whole number of seconds, at least 1. Use 3.'],
  [{ timeout: 6000 }, 'TimeoutRange', 'timeout is 6000, but must be at most 5400 seconds on managed instances. Lower it to 5400 seconds, or split the work.'],
  [{ timeout: 3600 }, 'TimeoutSynchronous', 'timeout is 3600, but synchronous calls end after 1800 seconds. Call the function asynchronously or through an event source mapping if it needs longer.'],
  [{ inVpc: true }, 'FunctionVpc', 'vpc is set on the function, but must be left out: functions on managed instances use the network of their capacity provider. Remove vpc from the function, and give its subnets to the capacity provider.'],
  [{ mountsFileSystem: true }, 'FunctionFileSystem', 'filesystem is set, but managed instances can\'t mount file systems. Use /tmp, or read and write objects in S3.'],
  [{ snapStart: 'PublishedVersions' }, 'SnapStart', 'snapStart is PublishedVersions, but environments start before requests arrive, so there is nothing to shorten. Leave it out.'],
  [{ logFormat: 'Text' }, 'LogFormatText', 'loggingFormat is Text, but managed instances log JSON only. Use JSON, or leave it out.'],
  [{ tenantIsolation: 'PER_TENANT' }, 'FeatureUndocumented', 'tenancyConfig is PER_TENANT, but AWS doesn\'t document it for managed instances. Try it before you rely on it, or leave it out.'],
  [{ runsAtEdge: true }, 'FeatureUndocumented', 'role trusts edgelambda.amazonaws.com, but AWS doesn\'t document Lambda@Edge for managed instances. Try it before you rely on it, or leave it out.'],
  [{ reservedConcurrency: 10 }, 'FeatureUndocumented', 'reservedConcurrentExecutions is 10, but AWS doesn\'t document it for managed instances. Try it before you rely on it, or leave it out.'],
  [{ functionName: 'orders' }, 'FunctionNameFixed', 'functionName is orders, but a function that moves onto or off managed instances is created again, which fails while its name is taken. Leave it out, or change it together with the construct id when the function moves.'],
  [{ publishToLatestPublished: false, numberedVersions: 0 }, 'NothingPublished', 'publishToLatestPublished is false, but the app publishes no numbered version, so nothing of the function can be invoked. Leave publishToLatestPublished out, or publish a version: fn.currentVersion.'],
  [{ place: HERE, providerPlace: { ...HERE, region: 'us-east-1' } }, 'ProviderElsewhere', 'capacityProvider is in us-east-1, but must be in the Region of the function, eu-west-1. Use a capacity provider in eu-west-1.'],
  [{ place: HERE, providerPlace: { ...HERE, account: '222222222222' } }, 'ProviderElsewhere', 'capacityProvider is in 222222222222, but must be in the account of the function, 111111111111. Use a capacity provider in 111111111111.'],
])('says what to do about %p', (facts, code, text) => {
  expect(textOf(findings(facts), code)).toBe(text);
});

test.each([
  [false, 0, ['warning NothingPublished']],
  [false, 1, []],
  [false, UNKNOWN, []],
  [true, 0, []],
  [undefined, 0, []],
  [UNKNOWN, 0, []],
] as const)('judges publishing %p with %p versions', (publishToLatestPublished, numberedVersions, expected) => {
  expect(brief(findings({ publishToLatestPublished, numberedVersions }))).toEqual(expected);
});

test.each([
  [HERE, HERE, []],
  [HERE, { ...HERE, region: 'us-east-1' }, ['error ProviderElsewhere']],
  [HERE, { ...HERE, account: '222222222222' }, ['error ProviderElsewhere']],
  [HERE, { account: UNKNOWN, region: UNKNOWN }, []],
  [{ account: UNKNOWN, region: UNKNOWN }, HERE, []],
] as const)('judges a function in %p on a provider in %p', (place, providerPlace, expected) => {
  expect(brief(findings({ place, providerPlace }))).toEqual(expected);
});

test.each([
  [{ timeout: 7200 }, { timeoutMax: 7200, synchronousTimeoutMax: 7200 }],
  [{ timeout: 3600 }, { synchronousTimeoutMax: 3600 }],
])('takes %p with limits %p', (facts, overrides) => {
  expect(findings(facts, overrides)).toEqual([]);
});
