import { UNKNOWN } from '../../../src/reading/fact';
import { AliasFacts, EventSourceFacts, FunctionUrlFacts, InvocationFacts, ProvisionedFacts, VersionFacts } from '../../../src/rules/function/version-and-trigger-facts';
import {
  ALIAS_RULES, EVENT_SOURCE_RULES, FUNCTION_URL_RULES, INVOCATION_RULES, SCALABLE_TARGET_RULES, VERSION_RULES,
} from '../../../src/rules/function/version-and-trigger-rules';
import { brief, judge, textOf } from '../util';

const ALIAS: AliasFacts = { provisionedConcurrency: undefined, qualifier: '', qualifierProperty: 'functionName' };
const VERSION_FACTS: VersionFacts = {
  provisionedConcurrency: undefined,
  minExecutionEnvironments: undefined,
  maxExecutionEnvironments: undefined,
  deletionPolicy: undefined,
  hasGpu: false,
};

test.each<[Partial<VersionFacts>, string[]]>([
  [{}, []],
  [{ provisionedConcurrency: true }, ['error ProvisionedConcurrency']],
  [{ provisionedConcurrency: false }, []],
  [{ provisionedConcurrency: UNKNOWN }, []],
  [{ deletionPolicy: 'Retain' }, ['warning VersionRetained']],
  [{ deletionPolicy: 'RetainExceptOnCreate' }, ['warning VersionRetained']],
  [{ deletionPolicy: 'Delete' }, []],
  [{ deletionPolicy: UNKNOWN }, []],
  [{ minExecutionEnvironments: 5, maxExecutionEnvironments: 4 }, ['error EnvironmentRange']],
  [{ minExecutionEnvironments: 0, hasGpu: true }, ['info ScaleToZero']],
])('judges a version with %p', (facts, expected) => {
  expect(brief(judge(VERSION_RULES, { ...VERSION_FACTS, ...facts }))).toEqual(expected);
});

test.each<[ProvisionedFacts['provisionedConcurrency'], string[]]>([
  [true, ['error ProvisionedConcurrency']],
  [false, []],
  [undefined, []],
  [UNKNOWN, []],
])('judges an alias with provisioned concurrency %p', (provisionedConcurrency, expected) => {
  expect(brief(judge(ALIAS_RULES, { ...ALIAS, provisionedConcurrency }))).toEqual(expected);
  expect(brief(judge(SCALABLE_TARGET_RULES, { provisionedConcurrency }))).toEqual(expected);
});

test.each<[EventSourceFacts['unsupportedSource'], string[]]>([
  ['Amazon MQ', ['warning EventSourceUnsupported']],
  ['Amazon DocumentDB', ['warning EventSourceUnsupported']],
  [undefined, []],
])('judges event source %p', (unsupportedSource, expected) => {
  expect(brief(judge(EVENT_SOURCE_RULES, { unsupportedSource }))).toEqual(expected);
});

test.each<[FunctionUrlFacts['streams'], string[]]>([
  [true, []],
  [false, ['info FeatureUndocumented']],
  [UNKNOWN, []],
])('mentions a URL that doesn\'t stream: %p', (streams, expected) => {
  expect(brief(judge(FUNCTION_URL_RULES, { streams }))).toEqual(expected);
});

test.each<[InvocationFacts['qualifier'], string[]]>([
  ['$LATEST', ['error InvokeLatest']],
  ['$LATEST.PUBLISHED', []],
  ['7', []],
  ['', []],
  [undefined, []],
  [UNKNOWN, []],
])('judges what invokes %p', (qualifier, expected) => {
  expect(brief(judge(INVOCATION_RULES, { qualifierProperty: 'functionName', qualifier }))).toEqual(expected);
});

test.each([
  [judge(ALIAS_RULES, { ...ALIAS, provisionedConcurrency: true }), 'provisionedConcurrentExecutions is set, but managed instances keep environments ready anyway, and Lambda refuses both together. Remove it, and use minExecutionEnvironments of the version instead.'],
  [judge(SCALABLE_TARGET_RULES, { provisionedConcurrency: true }), 'addAutoScaling is set, but managed instances keep environments ready anyway, and Lambda refuses both together. Remove it, and use minExecutionEnvironments of the version instead.'],
  [judge(VERSION_RULES, { ...VERSION_FACTS, deletionPolicy: 'Retain' }), 'removalPolicy is Retain, but a retained version keeps running, costs money, and counts towards the 100 versions of the capacity provider. Use RemovalPolicy.DESTROY, or delete old versions yourself.'],
  [judge(EVENT_SOURCE_RULES, { unsupportedSource: 'Amazon MQ' }), 'eventSourceArn is Amazon MQ, but for managed instances AWS lists SQS, Kinesis, DynamoDB Streams, MSK and self-managed Kafka only. Keep this consumer on standard Lambda, or acknowledge this once you have tried it.'],
  [judge(FUNCTION_URL_RULES, { streams: false }), 'invokeMode is BUFFERED, but AWS\'s examples for managed instances have function URLs with RESPONSE_STREAM only. Try it before you rely on it, or put API Gateway in front.'],
  [judge(INVOCATION_RULES, { qualifierProperty: 'functionName', qualifier: '$LATEST' }), 'functionName names $LATEST, but that can\'t be invoked on managed instances. Use the function itself (its unqualified ARN means $LATEST.PUBLISHED), a numbered version or an alias of one.'],
])('says what to do: %#', (findings, text) => {
  expect(textOf(findings, findings[0].code)).toBe(text);
});

test('names the limit of versions that counts', () => {
  expect(judge(VERSION_RULES, { ...VERSION_FACTS, deletionPolicy: 'Retain' }, { versionsPerProviderMax: 200 })[0].allowed).toContain('the 200 versions of');
});
