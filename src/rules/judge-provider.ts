import { Stack, Token } from 'aws-cdk-lib';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { UNKNOWN } from './facts/fact';
import { inheritedTags, inheritsTags } from './facts/inherited-tags';
import { foreignTo, NetworkConstructs, networkFacts } from './facts/network-facts';
import { operatorRoleFacts } from './facts/operator-role-facts';
import { ConstructProperties } from './facts/property-source';
import { providerFacts } from './facts/provider-facts';
import { Finding, findingsOf } from './findings';
import { NETWORK_RULES } from './network-rules';
import { OPERATOR_ROLE_RULES } from './operator-role-rules';
import { PROVIDER_RULES } from './provider-rules';
import { reportAtSynth } from './report';
import { Level, Rule, RuleContext } from './rule';

/** The constructs around a provider, where they are known: no template shows them in one place. */
export interface AroundProvider {
  readonly network?: NetworkConstructs;
  readonly operatorRole?: IConstruct;
}

const JUDGED = new WeakSet<CfnCapacityProvider>();

/** Has a provider judged at synthesis, when later changes are in; once, however many ways lead to it. */
export function judgeProviderAtSynth(resource: CfnCapacityProvider, context: RuleContext, around: AroundProvider = {}): void {
  if (JUDGED.has(resource)) return;
  JUDGED.add(resource);
  resource.node.addValidation({ validate: () => reportAtSynth(resource, providerFindings(resource, context, around)) });
}

/** All that is to be printed about a provider as it stands. Remarks, which nobody prints, aren't looked for. */
export function providerFindings(resource: CfnCapacityProvider, context: RuleContext, { network, operatorRole }: AroundProvider): Finding[] {
  // A token says nothing about the tags that it stands for.
  const tags = inheritsTags(resource) ? { propagateTags: inheritedTags(resource) } : {};
  const facts = providerFacts(new ConstructProperties(tags, resource), { region: regionOf(resource), foreign: network && foreignTo(network) });
  return [
    ...findingsOf(PROVIDER_RULES, facts, context),
    ...network ? findingsOf(printed(NETWORK_RULES), networkFacts(network), context) : [],
    ...operatorRole ? findingsOf(printed(OPERATOR_ROLE_RULES), operatorRoleFacts(operatorRole), context) : [],
  ];
}

/** The Region that a construct is in, if that is known. */
export function regionOf(construct: IConstruct): string | typeof UNKNOWN {
  const { region } = Stack.of(construct);
  return Token.isUnresolved(region) ? UNKNOWN : region;
}

function printed<Facts>(rules: Rule<Facts>[]): Rule<Facts>[] {
  return rules.filter(({ level }) => level !== Level.INFO);
}
