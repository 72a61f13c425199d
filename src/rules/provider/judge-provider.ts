import { Stack } from 'aws-cdk-lib';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { addressesOf, countZones, foreignTo, NetworkConstructs, networkFacts, zonesOf } from './network-facts';
import { providerFacts } from './provider-facts';
import { Finding, findingsOf, PRINTED_LEVELS } from '../findings';
import { reportNatInstances } from './judge-nat-instances';
import { NETWORK_RULES } from './network-rules';
import { operatorRoleFacts } from './operator-role-facts';
import { OPERATOR_ROLE_RULES } from './operator-role-rules';
import { PLACE_RULES } from './place-rules';
import { PROVIDER_RULES } from './provider-rules';
import { ConstructProperties } from '../../reading/constructs/construct-properties';
import { placeOf } from '../../reading/constructs/construct-views';
import { isKnown } from '../../reading/fact';
import { PropertySource } from '../../reading/property-source';
import { inheritedTags, inheritsTags } from '../../registry/inherited-tags';
import { FleetSurroundings } from '../fleet/fleet-facts';
import { reportAtSynth } from '../report';
import { Level, RuleContext } from '../rule';

/** The constructs around a provider, where they are known: no template shows them in one place. */
export interface AroundProvider {
  readonly network?: NetworkConstructs;
  /** A role of the user's: the one that is made here is as it should be. */
  readonly operatorRole?: IConstruct;
  /** Whether the key for volumes is made by this app. */
  readonly ownKey?: boolean;
  /** Whether the operator role was let use that key. */
  readonly keyGranted?: boolean;
}

/** Kept for each provider that is judged at synthesis. */
const AROUND = new WeakMap<CfnCapacityProvider, AroundProvider>();

/** Has a provider judged at synthesis, when later changes are in; once, however many ways lead to it. */
export function judgeProviderAtSynth(resource: CfnCapacityProvider, context: RuleContext, around: AroundProvider = {}): void {
  if (AROUND.has(resource)) return;
  AROUND.set(resource, around);
  resource.node.addValidation({
    validate: () => [
      ...reportAtSynth(resource, providerFindings(resource, context, PRINTED_LEVELS)),
      ...reportNatInstances(around.network?.subnets ?? [], context),
    ],
  });
}

/**
 * What there is to say about a provider as it stands, with what is known of the constructs around it. Some remarks
 * need a walk through the app, so that none are looked for unless they are wanted.
 */
export function providerFindings(resource: CfnCapacityProvider, context: RuleContext, wanted?: Level[]): Finding[] {
  // A token says nothing about the tags that it stands for.
  const tags = inheritsTags(resource) ? { propagateTags: inheritedTags(resource) } : {};
  return findingsAround(resource, new ConstructProperties(tags, resource), context, wanted);
}

/** The same of a provider whose properties are read elsewhere: a template shows overrides, too. */
export function findingsAround(
  resource: CfnCapacityProvider, properties: PropertySource, context: RuleContext, wanted?: Level[],
): Finding[] {
  const { network, operatorRole, ownKey, keyGranted } = AROUND.get(resource) ?? {};
  const facts = providerFacts(properties, {
    region: placeOf(resource.stack).region,
    vpcRegion: network && placeOf(network.vpc.env).region,
    foreign: network && foreignTo(network),
    ownKey,
    keyGranted,
    get providersInStack() { return countProviders(resource.stack); },
  });
  return [
    ...findingsOf(PROVIDER_RULES, facts, context, wanted),
    ...findingsOf(PLACE_RULES, placeOf(resource.stack), context, wanted),
    ...network ? findingsOf(NETWORK_RULES, networkFacts(network), context, wanted) : [],
    ...operatorRole ? findingsOf(OPERATOR_ROLE_RULES, operatorRoleFacts(operatorRole), context, wanted) : [],
  ];
}

/** The network that a provider was given, where this library gave it. */
export function networkAround(provider: CfnCapacityProvider): NetworkConstructs | undefined {
  return AROUND.get(provider)?.network;
}

/** What is known of the subnets of a provider, for the plan of what runs in them. */
export function surroundingsOf(provider: CfnCapacityProvider): FleetSurroundings {
  const network = networkAround(provider);
  if (!network) return {};
  return {
    get zones() {
      const zones = countZones(zonesOf(network.vpc, network.subnets));
      return isKnown(zones) ? zones : undefined;
    },
    get subnetAddresses() { return addressesOf(network.subnets); },
  };
}

function countProviders(stack: Stack): number {
  return stack.node.findAll().filter((construct) => CfnCapacityProvider.isCfnCapacityProvider(construct) && construct.stack === stack).length;
}
