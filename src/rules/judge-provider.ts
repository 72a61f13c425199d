import { Stack } from 'aws-cdk-lib';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { ConstructProperties } from './facts/construct-properties';
import { placeOf } from './facts/construct-views';
import { inheritedTags, inheritsTags } from './facts/inherited-tags';
import { foreignTo, NetworkConstructs, networkFacts } from './facts/network-facts';
import { operatorRoleFacts } from './facts/operator-role-facts';
import { PropertySource } from './facts/property-source';
import { providerFacts } from './facts/provider-facts';
import { Finding, findingsOf } from './findings';
import { NETWORK_RULES } from './network-rules';
import { OPERATOR_ROLE_RULES } from './operator-role-rules';
import { PLACE_RULES } from './place-rules';
import { PROVIDER_RULES } from './provider-rules';
import { reportAtSynth } from './report';
import { Level, Rule, RuleContext } from './rule';

/** The constructs around a provider, where they are known: no template shows them in one place. */
export interface AroundProvider {
  readonly network?: NetworkConstructs;
  /** A role of the user's: the one that is made here is as it should be. */
  readonly operatorRole?: IConstruct;
  /** Whether the key for volumes is made by this app. */
  readonly ownKey?: boolean;
}

/** Kept for each provider that is judged at synthesis. */
const AROUND = new WeakMap<CfnCapacityProvider, AroundProvider>();

/** Has a provider judged at synthesis, when later changes are in; once, however many ways lead to it. */
export function judgeProviderAtSynth(resource: CfnCapacityProvider, context: RuleContext, around: AroundProvider = {}): void {
  if (AROUND.has(resource)) return;
  AROUND.set(resource, around);
  resource.node.addValidation({ validate: () => reportAtSynth(resource, providerFindings(resource, context, isPrinted)) });
}

type Filter = (rule: Rule<any>) => boolean;

/** What there is to say about a provider as it stands, with what is known of the constructs around it. */
export function providerFindings(resource: CfnCapacityProvider, context: RuleContext, wanted: Filter = () => true): Finding[] {
  // A token says nothing about the tags that it stands for.
  const tags = inheritsTags(resource) ? { propagateTags: inheritedTags(resource) } : {};
  return findingsAround(resource, new ConstructProperties(tags, resource), context, wanted);
}

/** The same of a provider whose properties are read elsewhere: a template shows overrides, too. */
export function findingsAround(
  resource: CfnCapacityProvider, properties: PropertySource, context: RuleContext, wanted: Filter = () => true,
): Finding[] {
  const { network, operatorRole, ownKey } = AROUND.get(resource) ?? {};
  const facts = providerFacts(properties, {
    region: placeOf(resource.stack).region,
    foreign: network && foreignTo(network),
    ownKey,
    get providersInStack() { return countProviders(Stack.of(resource)); },
  });
  return [
    ...findingsOf(PROVIDER_RULES.filter(wanted), facts, context),
    ...findingsOf(PLACE_RULES.filter(wanted), placeOf(resource.stack), context),
    ...network ? findingsOf(NETWORK_RULES.filter(wanted), networkFacts(network), context) : [],
    ...operatorRole ? findingsOf(OPERATOR_ROLE_RULES.filter(wanted), operatorRoleFacts(operatorRole), context) : [],
  ];
}

/** Nobody prints remarks, so that none are looked for: some need a walk through the app. */
function isPrinted({ level }: Rule<any>): boolean {
  return level !== Level.INFO;
}

function countProviders(stack: Stack): number {
  return stack.node.findAll().filter((construct) => CfnCapacityProvider.isCfnCapacityProvider(construct) && construct.stack === stack).length;
}
