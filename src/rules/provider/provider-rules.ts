import { INSTANCE_RULES } from './instance-rules';
import { ProviderFacts } from './provider-facts';
import { PROVIDER_SCALING_RULES } from './provider-scaling-rules';
import { PROVIDER_TAG_RULES } from './provider-tag-rules';
import { isKnown } from '../../reading/fact';
import { isPlaceholder } from '../../reading/placeholder';
import { arnLengthWithoutName } from '../../service/capacity-provider-arn';
import { GRANT_ACTION, VOLUME_KEY_ACTIONS } from '../../service/operator-role';
import { PAGES } from '../../service/pages';
import { Level, Rule, Violation } from '../rule';

const NAME = /^[A-Za-z0-9_-]+$/;
const KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;
const LOG_GROUP = /^[.\-_/#A-Za-z0-9]{1,512}$/;

/** The longest name for which `TagResource` accepts the ARN, according to the API model (botocore 1.44.8, read 2026-11-28). */
const TAGGABLE_NAME_MAX = 64;

/** The rules about a single capacity provider and its own properties. */
export const PROVIDER_RULES: Rule<ProviderFacts>[] = [
  {
    code: 'SubnetCount',
    level: Level.ERROR,
    what: 'The number of subnets is within the service\'s range.',
    why: 'Lambda refuses the capacity provider.',
    source: PAGES.apiCreateCapacityProvider,
    check({ subnetIds }, { limits: { subnetsMax: max }, term }) {
      if (!isKnown(subnetIds) || (subnetIds.length >= 1 && subnetIds.length <= max)) return undefined;
      return {
        property: term('subnetIds'),
        verb: 'names',
        allowed: `a capacity provider needs 1 to ${max}`,
        found: `${subnetIds.length} subnets`,
        remedy: subnetIds.length === 0 ? 'select one subnet in each of three zones' : `select at most ${max}; one for each zone is enough`,
      };
    },
  },
  {
    code: 'SecurityGroupCount',
    level: Level.ERROR,
    what: 'The number of security groups is within the service\'s limit.',
    why: 'Lambda refuses the capacity provider.',
    source: PAGES.apiCreateCapacityProvider,
    check({ securityGroupIds }, { limits: { securityGroupsMax: max }, term }) {
      if (!isKnown(securityGroupIds) || securityGroupIds.length <= max) return undefined;
      return {
        property: term('securityGroupIds'),
        verb: 'names',
        allowed: `a capacity provider takes at most ${max}`,
        found: `${securityGroupIds.length} security groups`,
        remedy: 'put the rules of several groups into one',
      };
    },
  },
  {
    code: 'SecurityGroupsEmpty',
    level: Level.WARNING,
    what: 'A capacity provider has a security group of its own.',
    why: 'Instances get the VPC\'s default group, whose rules everything else in the VPC shares.',
    source: PAGES.capacityProviders,
    check({ securityGroupIds }, { term }) {
      if (!isKnown(securityGroupIds) || securityGroupIds.length > 0) return undefined;
      return {
        property: term('securityGroupIds'),
        allowed: 'instances then get the default group of the VPC',
        found: 'empty',
        remedy: 'name a group that allows outbound HTTPS',
      };
    },
  },
  {
    code: 'SubnetsDistinct',
    level: Level.ERROR,
    what: 'Each subnet and security group is named once, and all belong to one VPC in the capacity provider\'s Region.',
    why: 'Lambda refuses the capacity provider.',
    source: PAGES.apiCreateCapacityProvider,
    check({ subnetIdentities, securityGroupIdentities, foreign, region, vpcRegion }, { term }) {
      return repeated(subnetIdentities, term('subnetIds'), 'subnet')
        ?? repeated(securityGroupIdentities, term('securityGroupIds'), 'security group')
        ?? (isKnown(foreign) ? {
          property: term('vpcConfig'),
          verb: 'names',
          allowed: 'must name subnets and security groups of one VPC',
          found: foreign,
          remedy: 'take subnets and groups of the same VPC',
        } : undefined)
        ?? (isKnown(vpcRegion) && isKnown(region) && vpcRegion !== region ? {
          property: term('vpcConfig'),
          allowed: `must be in the Region of the capacity provider, ${region}`,
          found: `in ${vpcRegion}`,
          remedy: `use a network in ${region}`,
        } : undefined);
    },
  },
  {
    code: 'ProviderNameCharacters',
    level: Level.ERROR,
    what: 'The name of a capacity provider contains only letters, digits, hyphens and underscores.',
    why: 'Lambda refuses it; CloudFormation\'s own check lets it through.',
    source: PAGES.apiCreateCapacityProvider,
    check({ name }, { term }) {
      if (!isKnown(name) || NAME.test(name)) return undefined;
      return {
        property: term('capacityProviderName'),
        allowed: 'may have letters, digits, - and _ only',
        found: JSON.stringify(name),
        remedy: `change the name, or leave ${term('capacityProviderName')} out, so that CloudFormation generates one`,
      };
    },
  },
  {
    code: 'ProviderNameLength',
    level: Level.ERROR,
    alsoLevel: Level.WARNING,
    what: 'The name of a capacity provider is short enough that functions can refer to its ARN and its tags can be changed.',
    why: 'The provider would be created, but no function could use it, or its tags could not be changed.',
    source: PAGES.apiLmiConfig,
    check({ name, region, hasTags }, { limits: { providerNameMax: longest }, term }) {
      const max = longest - arnLengthWithoutName(isKnown(region) ? region : undefined);
      if (!isKnown(name)) return undefined;
      if (name.length <= max) {
        return hasTags && name.length > TAGGABLE_NAME_MAX ? {
          level: Level.WARNING,
          property: term('capacityProviderName'),
          verb: 'has',
          allowed: `Lambda changes the tags of a provider only if its name has at most ${TAGGABLE_NAME_MAX}`,
          found: `${name.length} characters`,
          remedy: `shorten the name, or leave ${term('capacityProviderName')} out, so that CloudFormation generates one`,
        } : undefined;
      }
      const where = isKnown(region) ? `in ${region}` : 'where the Region is unknown';
      return {
        property: term('capacityProviderName'),
        verb: 'has',
        allowed: `may have at most ${max} ${where}, since functions refer to the provider by an ARN of at most ${longest}`,
        found: `${name.length} characters`,
        remedy: `shorten the name, or leave ${term('capacityProviderName')} out, so that CloudFormation generates one`,
      };
    },
  },
  {
    code: 'ProviderNameFixed',
    level: Level.WARNING,
    what: 'CloudFormation names the capacity provider.',
    why: 'Changes of network, instances, role or key replace the provider, and the replacement fails because the name is taken.',
    source: PAGES.cloudFormationProvider,
    check({ name, hasName }, { term }) {
      if (hasName !== true) return undefined;
      return {
        property: term('capacityProviderName'),
        allowed: 'with a fixed name, a change of network, instances, role or key fails',
        found: isKnown(name) ? name : 'set',
        remedy: `leave ${term('capacityProviderName')} out, so that CloudFormation generates one`,
      };
    },
  },
  ...PROVIDER_SCALING_RULES,
  ...PROVIDER_TAG_RULES,
  {
    code: 'LogGroupName',
    level: Level.ERROR,
    what: 'The name of the log group for system logs is legal.',
    why: 'Lambda refuses the capacity provider; CloudFormation\'s own check lets it through.',
    source: PAGES.systemLogsToCloudWatch,
    check({ logGroup }, { term }) {
      if (!isKnown(logGroup) || (LOG_GROUP.test(logGroup) && !logGroup.startsWith('aws/'))) return undefined;
      return {
        property: term('logGroup'),
        allowed: 'must have 1 to 512 characters (letters, digits, . - _ / and #) and must not begin with aws/',
        found: JSON.stringify(logGroup),
        remedy: 'rename the log group, or let CloudFormation generate its name',
      };
    },
  },
  {
    code: 'LogGroupMissing',
    level: Level.WARNING,
    what: 'System logs go to a log group of the stack.',
    why: 'Lambda creates one outside the stack, which keeps logs forever.',
    source: PAGES.systemLogs,
    check({ logGroup }, { term }) {
      if (logGroup !== undefined) return undefined;
      return {
        property: term('logGroup'),
        allowed: 'Lambda then creates a log group outside the stack, which keeps logs forever',
        found: 'none',
        remedy: 'create a log group with a retention and give it to the capacity provider',
      };
    },
  },
  {
    code: 'KmsKeyArn',
    level: Level.ERROR,
    what: 'The key for volumes is given by the ARN of a key.',
    why: 'Lambda refuses the capacity provider; CloudFormation\'s own check lets it through.',
    source: PAGES.security,
    check({ kmsKeyArn }, { term }) {
      if (!isKnown(kmsKeyArn) || KEY_ARN.test(kmsKeyArn)) return undefined;
      return {
        property: term('kmsKeyArn'),
        allowed: 'must be the ARN of a KMS key (arn:aws:kms:region:account:key/id)',
        found: JSON.stringify(kmsKeyArn),
        remedy: 'give the ARN of the key, not its alias or id',
      };
    },
  },
  {
    code: 'KmsKeyGrant',
    level: Level.INFO,
    alsoLevel: Level.WARNING,
    what: 'The operator role may use the key for volumes.',
    why: 'Without permission no instance is launched. The policy of an imported key can\'t be seen, and an imported or immutable role can\'t be given one.',
    source: PAGES.security,
    check({ kmsKeyArn, ownKey, keyGranted }, { term }) {
      const actions = [...VOLUME_KEY_ACTIONS, GRANT_ACTION].join(', ');
      if (kmsKeyArn === undefined) return undefined;
      if (keyGranted === false) {
        return {
          property: term('kmsKeyArn'),
          allowed: 'no instance is launched unless the operator role may use the key',
          found: 'an imported key, and the policies of the role can\'t be changed here',
          remedy: `allow the role ${actions} on the key, in the policy of the role or of the key`,
          level: Level.WARNING,
        };
      }
      if (ownKey !== false) return undefined;
      return {
        property: term('kmsKeyArn'),
        allowed: 'that policy must allow the operator role to use the key, directly or through the account\'s IAM policies',
        found: 'a key whose policy isn\'t in this app',
        remedy: `check that the policy allows ${actions}`,
      };
    },
  },
  {
    code: 'ProviderWriteRate',
    level: Level.INFO,
    what: 'A stack has no more than a few capacity providers.',
    why: 'Lambda accepts one write call on capacity providers per second, so many of them deploy slowly or are throttled.',
    source: PAGES.quotas,
    check({ providersInStack }, { limits: { providersPerStackMax: max } }) {
      if (!isKnown(providersInStack) || providersInStack <= max) return undefined;
      return {
        property: 'The stack',
        verb: 'has',
        allowed: `with more than ${max} a deployment is slow: Lambda accepts one write call on them per second`,
        found: `${providersInStack} capacity providers`,
        remedy: 'split the stack, or let fleets that trust each other share a capacity provider',
      };
    },
  },
  ...INSTANCE_RULES,
];

function repeated(identities: ProviderFacts['subnetIdentities'], property: string, thing: string): Violation | undefined {
  if (!isKnown(identities)) return undefined;
  const twice = identities.find((identity, index) => identities.indexOf(identity) !== index && !isPlaceholder(identity.replace(/["${}]/g, '')));
  if (twice === undefined) return undefined;
  const isLiteral = /^"?[a-z]+-[0-9a-z]+"?$/.test(twice);
  return {
    property,
    verb: 'names',
    allowed: `must name each ${thing} once`,
    found: isLiteral ? `${twice.replace(/"/g, '')} twice` : `the same ${thing} twice`,
    remedy: 'leave the second one out',
  };
}
