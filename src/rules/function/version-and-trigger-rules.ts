import { FEATURE_UNDOCUMENTED } from './feature-rules';
import { SCALING_RULES } from './scaling-rules';
import { AliasFacts, EventSourceFacts, FunctionUrlFacts, InvocationFacts, ProvisionedFacts, VersionFacts } from './version-and-trigger-facts';
import { isKnown } from '../../reading/fact';
import { LATEST } from '../../service/execution-environments';
import { FEATURES } from '../../service/features';
import { PAGES } from '../../service/pages';
import { Level, Rule } from '../rule';

const RETAINING = ['Retain', 'RetainExceptOnCreate'];

const PROVISIONED_CONCURRENCY: Rule<ProvisionedFacts> = {
  code: 'ProvisionedConcurrency',
  level: Level.ERROR,
  what: 'No version or alias of a function on managed instances has provisioned concurrency.',
  why: 'Lambda refuses the two together; environments are kept ready anyway.',
  source: PAGES.samTransform,
  check({ provisionedConcurrency }, { term }) {
    if (provisionedConcurrency !== true) return undefined;
    return {
      property: term('provisionedConcurrentExecutions'),
      allowed: 'managed instances keep environments ready anyway, and Lambda refuses both together',
      found: 'set',
      remedy: `remove it, and use ${term('minExecutionEnvironments')} of the version instead`,
    };
  },
};

const INVOKE_LATEST: Rule<InvocationFacts> = {
  code: 'InvokeLatest',
  level: Level.ERROR,
  what: 'Nothing invokes `$LATEST` of a function on managed instances.',
  why: 'It can\'t be invoked: an unqualified ARN means `$LATEST.PUBLISHED` there.',
  source: PAGES.versions,
  check({ qualifier, qualifierProperty }, { term }) {
    if (qualifier !== LATEST) return undefined;
    return {
      property: term(qualifierProperty),
      verb: 'names',
      allowed: 'that can\'t be invoked on managed instances',
      found: LATEST,
      remedy: 'use the function itself (its unqualified ARN means $LATEST.PUBLISHED), a numbered version or an alias of one',
    };
  },
};

/** The rules about a numbered version of a function on a capacity provider. */
export const VERSION_RULES: Rule<VersionFacts>[] = [
  PROVISIONED_CONCURRENCY,
  ...SCALING_RULES,
  {
    code: 'VersionRetained',
    level: Level.WARNING,
    what: 'A version is deleted with the stack, or when its successor replaces it.',
    why: 'A retained version keeps its environments running and costs money. It counts towards the provider\'s 100 versions and prevents its deletion.',
    source: PAGES.quotas,
    check({ deletionPolicy }, { limits, term, words }) {
      if (!isKnown(deletionPolicy) || !RETAINING.includes(deletionPolicy)) return undefined;
      return {
        property: term('removalPolicy'),
        allowed: `a retained version keeps running, costs money, and counts towards the ${limits.versionsPerProviderMax} versions of the capacity provider`,
        found: deletionPolicy,
        remedy: `use ${words('RemovalPolicy.DESTROY', 'Delete')}, or delete old versions yourself`,
      };
    },
  },
];

/** The rules about an alias of a function on a capacity provider. */
export const ALIAS_RULES: Rule<AliasFacts>[] = [PROVISIONED_CONCURRENCY, INVOKE_LATEST];

/** The rules about the scalable target of an alias of a function on a capacity provider. */
export const SCALABLE_TARGET_RULES: Rule<ProvisionedFacts>[] = [
  {
    ...PROVISIONED_CONCURRENCY,
    check(facts, context) {
      const violation = PROVISIONED_CONCURRENCY.check(facts, context);
      return violation && {
        ...violation,
        property: context.words('addAutoScaling', 'ScalableDimension'),
      };
    },
  },
];

/** The rules about asynchronous invocations of a function on a capacity provider. */
export const EVENT_INVOKE_RULES: Rule<InvocationFacts>[] = [
  {
    code: 'AsyncInvokeLatest',
    level: Level.WARNING,
    what: 'Retries and destinations of asynchronous invocations are configured for a version that can be invoked.',
    why: 'The configuration never takes effect, since `$LATEST` can\'t be invoked on managed instances.',
    source: PAGES.versions,
    check({ qualifier, qualifierProperty }, { term, words }) {
      if (qualifier !== LATEST) return undefined;
      return {
        property: term(qualifierProperty),
        allowed: 'that can\'t be invoked on managed instances, so retries and destinations have no effect',
        found: LATEST,
        remedy: words(
          'leave retryAttempts, maxEventAge, onSuccess and onFailure of the function out, and create an EventInvokeConfig with the qualifier $LATEST.PUBLISHED',
          'set it to $LATEST.PUBLISHED',
          'set AutoPublishAlias, or create an AWS::Lambda::EventInvokeConfig with the Qualifier $LATEST.PUBLISHED',
        ),
      };
    },
  },
];

/** The rules about an event source of a function on a capacity provider. */
export const EVENT_SOURCE_RULES: Rule<EventSourceFacts>[] = [
  {
    code: 'EventSourceUnsupported',
    level: Level.WARNING,
    what: 'Managed instances support the event source.',
    why: 'AWS lists SQS, Kinesis, DynamoDB Streams, MSK and self-managed Kafka.',
    source: PAGES.quotas,
    check({ unsupportedSource }, { term }) {
      if (unsupportedSource === undefined) return undefined;
      return {
        property: term('eventSourceArn'),
        allowed: 'for managed instances AWS lists SQS, Kinesis, DynamoDB Streams, MSK and self-managed Kafka only',
        found: unsupportedSource,
        remedy: 'keep this consumer on standard Lambda, or acknowledge this once you have tried it',
      };
    },
  },
];

/** The rules about a URL of a function on a capacity provider. */
export const FUNCTION_URL_RULES: Rule<FunctionUrlFacts>[] = [
  {
    ...FEATURE_UNDOCUMENTED,
    // The example of awslabs/swift-aws-lambda-runtime for managed instances (read 2026-11-28) has a URL that streams.
    check({ streams }, { term }) {
      return streams !== false ? undefined : {
        property: term('invokeMode'),
        allowed: `AWS's examples for managed instances have function URLs with ${FEATURES.responseStreaming} only`,
        found: 'BUFFERED',
        remedy: 'try it before you rely on it, or put API Gateway in front',
      };
    },
  },
];

/** The rules about a call of a function on a capacity provider by any resource. */
export const INVOCATION_RULES: Rule<InvocationFacts>[] = [INVOKE_LATEST];
