import { Stack } from 'aws-cdk-lib';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-lambda';
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
import { AroundProvider, knownRecordOf, recordOf } from '../../registry/provider-record';
import { FleetSurroundings } from '../fleet/fleet-facts';
import { reportAtSynth } from '../report';
import { Level, RuleContext } from '../rule';

/** Has a provider judged at synthesis, when later changes are in; once, however many ways lead to it. */
export function judgeProviderAtSynth(resource: CfnCapacityProvider, context: RuleContext, around: AroundProvider = {}): void {
  const record = recordOf(resource);
  if (record.around) return;
  record.around = around;
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
  const { network, operatorRole, ownKey, keyGranted } = knownRecordOf(resource)?.around ?? {};
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
  return knownRecordOf(provider)?.around?.network;
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
