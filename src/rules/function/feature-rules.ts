import { ManagedFunctionFacts } from './function-facts';
import { isKnown } from '../../reading/fact';
import { FEATURES } from '../../service/features';
import { PAGES } from '../../service/pages';
import { Level, Rule } from '../rule';
import { isWithin } from '../whole-number';

/** The part that all findings about undocumented features share. Functions and function URLs have such findings. */
export const FEATURE_UNDOCUMENTED = {
  code: 'FeatureUndocumented',
  level: Level.INFO,
  alsoLevel: Level.WARNING,
  what: 'The function uses only features that managed instances are documented to have.',
  why: 'It may be refused, or have no effect.',
  source: PAGES.quotas,
};

const undocumented = {
  allowed: 'AWS doesn\'t document it for managed instances',
  remedy: 'try it before you rely on it, or leave it out',
};

/** The rules about features of Lambda that managed instances don't have, or that work differently there. */
export const FEATURE_RULES: Rule<ManagedFunctionFacts>[] = [
  {
    code: 'TimeoutRange',
    level: Level.ERROR,
    what: 'The timeout is within the service\'s range.',
    why: 'Lambda refuses the function.',
    source: PAGES.apiCreateFunction,
    check({ timeout }, { limits: { timeoutMax: max }, term }) {
      if (!isKnown(timeout) || isWithin(timeout, [1, max])) return undefined;
      if (!(timeout > max)) {
        return { property: term('timeout'), allowed: 'must be a whole number of seconds, at least 1', found: timeout, remedy: `use ${Math.max(1, Math.ceil(timeout) || 1)}` };
      }
      return {
        property: term('timeout'),
        allowed: `must be at most ${max} seconds on managed instances`,
        found: timeout,
        remedy: `lower it to ${max} seconds, or split the work`,
      };
    },
  },
  {
    code: 'TimeoutSynchronous',
    level: Level.INFO,
    what: 'The timeout applies to every kind of invocation.',
    why: 'Synchronous calls end earlier, and so do calls from Amazon MQ and Amazon DocumentDB.',
    source: PAGES.apiCreateFunction,
    check({ timeout }, { limits: { synchronousTimeoutMax: synchronous, timeoutMax: max }, term }) {
      if (!isKnown(timeout) || !(timeout > synchronous) || timeout > max) return undefined;
      return {
        property: term('timeout'),
        allowed: `synchronous calls end after ${synchronous} seconds`,
        found: timeout,
        remedy: 'call the function asynchronously or through an event source mapping if it needs longer',
      };
    },
  },
  {
    code: 'FunctionVpc',
    level: Level.ERROR,
    what: 'The function has no VPC settings of its own.',
    why: 'Lambda refuses it: "You can\'t use Lambda Managed Instance functions with VPC configurations."',
    source: PAGES.samTransform,
    check({ inVpc }, { term }) {
      if (inVpc !== true) return undefined;
      return {
        property: term('vpc'),
        allowed: 'must be left out: functions on managed instances use the network of their capacity provider',
        found: 'set on the function',
        remedy: `remove ${term('vpc')} from the function, and give its subnets to the capacity provider`,
      };
    },
  },
  {
    code: 'FunctionFileSystem',
    level: Level.ERROR,
    what: 'The function mounts no file system.',
    why: 'A mount needs VPC settings on the function, and Lambda refuses those on managed instances.',
    source: PAGES.s3Files,
    check({ mountsFileSystem }, { term }) {
      if (mountsFileSystem !== true) return undefined;
      return {
        property: term('filesystem'),
        allowed: 'managed instances can\'t mount file systems',
        found: 'set',
        remedy: 'use /tmp, or read and write objects in S3',
      };
    },
  },
  {
    code: 'SnapStart',
    level: Level.WARNING,
    what: 'SnapStart is off.',
    why: 'Environments start before requests arrive, so there is no cold start to shorten, and Lambda doesn\'t offer SnapStart here.',
    source: PAGES.localStackProvider,
    check({ snapStart }, { term }) {
      if (snapStart !== FEATURES.snapStartOn) return undefined;
      return {
        property: term('snapStart'),
        allowed: 'environments start before requests arrive, so there is nothing to shorten',
        found: snapStart,
        remedy: 'leave it out',
      };
    },
  },
  {
    code: 'LogFormatText',
    level: Level.ERROR,
    what: 'The function logs JSON.',
    why: 'Lambda refuses the function.',
    source: PAGES.monitoring,
    check({ logFormat }, { term }) {
      if (logFormat !== FEATURES.textLogs) return undefined;
      return {
        property: term('loggingFormat'),
        allowed: `managed instances log ${FEATURES.jsonLogs} only`,
        found: logFormat,
        remedy: `use ${FEATURES.jsonLogs}, or leave it out`,
      };
    },
  },
  {
    ...FEATURE_UNDOCUMENTED,
    check({ tenantIsolation }, { term }) {
      if (!isKnown(tenantIsolation)) return undefined;
      return { ...undocumented, level: Level.WARNING, property: term('tenancyConfig'), found: tenantIsolation };
    },
  },
  {
    ...FEATURE_UNDOCUMENTED,
    check({ runsAtEdge }, { term }) {
      if (runsAtEdge !== true) return undefined;
      return {
        ...undocumented,
        level: Level.WARNING,
        property: term('role'),
        verb: 'trusts',
        allowed: 'AWS doesn\'t document Lambda@Edge for managed instances',
        found: FEATURES.edgePrincipal,
      };
    },
  },
  {
    ...FEATURE_UNDOCUMENTED,
    check({ reservedConcurrency }, { term }) {
      if (!isKnown(reservedConcurrency)) return undefined;
      return { ...undocumented, property: term('reservedConcurrentExecutions'), found: reservedConcurrency };
    },
  },
  {
    code: 'FunctionNameFixed',
    level: Level.INFO,
    what: 'The function has no fixed name.',
    why: 'A function can\'t be moved onto managed instances or off them. It has to be created again, which fails while the fixed name is taken.',
    source: PAGES.movingFunctions,
    check({ functionName }, { term, words }) {
      if (!isKnown(functionName)) return undefined;
      return {
        property: term('functionName'),
        allowed: 'a function that moves onto or off managed instances is created again, which fails while its name is taken',
        found: functionName,
        remedy: `leave it out, or change it together with the ${words('construct', 'logical')} id when the function moves`,
      };
    },
  },
  {
    code: 'NothingPublished',
    level: Level.WARNING,
    what: 'The function has a version that can be invoked.',
    why: 'The code under `$LATEST` can\'t be invoked on managed instances.',
    source: PAGES.versions,
    check({ publishToLatestPublished, numberedVersions }, { term, words }) {
      if (publishToLatestPublished !== false || numberedVersions !== 0) return undefined;
      return {
        property: term('publishToLatestPublished'),
        allowed: 'the app publishes no numbered version, so nothing of the function can be invoked',
        found: 'false',
        remedy: `leave ${term('publishToLatestPublished')} out, or publish a version: ${words('fn.currentVersion', 'AWS::Lambda::Version', 'AutoPublishAlias')}`,
      };
    },
  },
  {
    code: 'ProviderArn',
    level: Level.ERROR,
    what: 'A function names its capacity provider by an ARN.',
    why: 'Lambda refuses the function.',
    source: PAGES.apiLmiConfig,
    check({ providerNotByArn: found }, { term, words }) {
      if (!isKnown(found)) return undefined;
      return {
        property: term('capacityProvider'),
        allowed: 'must be the ARN of a capacity provider',
        found,
        remedy: words('use its capacityProviderArn, or write the whole ARN', 'use Fn::GetAtt of its Arn, or write the whole ARN'),
      };
    },
  },
  {
    code: 'ProviderElsewhere',
    level: Level.ERROR,
    what: 'The function is in the account and Region of its capacity provider.',
    why: 'Lambda refuses the function.',
    source: PAGES.capacityProviders,
    check({ place, providerPlace }, { term }) {
      if (place === providerPlace) return undefined;
      const differs = (['region', 'account'] as const).find((part) => (
        isKnown(place[part]) && isKnown(providerPlace[part]) && place[part] !== providerPlace[part]
      ));
      if (!differs) return undefined;
      return {
        property: term('capacityProvider'),
        allowed: `must be in the ${differs === 'region' ? 'Region' : differs} of the function, ${String(place[differs])}`,
        found: `in ${String(providerPlace[differs])}`,
        remedy: `use a capacity provider in ${String(place[differs])}`,
      };
    },
  },
];
