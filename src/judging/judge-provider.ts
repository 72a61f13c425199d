/** Judges capacity providers at synthesis, with the facts that only constructs know. */
import { CfnResource, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-lambda';
import { reportAtSynth } from './report';
import { ConstructProperties } from '../reading/constructs/construct-properties';
import { placeOf } from '../reading/constructs/construct-views';
import { renderedAround, renderOnceInEachSynthesis } from '../reading/constructs/rendered-surroundings';
import { Fact, isKnown, UNKNOWN } from '../reading/fact';
import { Reference } from '../reading/property-source';
import { StatedNetwork } from '../reading/stated-network';
import { inheritedTags, inheritsTags } from '../registry/inherited-tags';
import { AroundProvider, knownRecordOf, recordOf } from '../registry/provider-record';
import { certainFindings } from '../rules/certain-findings';
import { Finding } from '../rules/findings';
import { FleetSurroundings } from '../rules/fleet/fleet-facts';
import { OPERATOR_ROLE, operatorRoleFacts } from '../rules/provider/operator-role-facts';
import { AppAround, fleetSurroundings, providerCase, Stated } from '../rules/provider/provider-case';
import { PROVIDER_JUDGE } from '../rules/provider/provider-judge';
import { Moment, RuleContext } from '../rules/rule';

/** Makes synthesis judge a provider, including later changes. Each provider is judged once. */
export function judgeProviderAtSynth(resource: CfnCapacityProvider, context: RuleContext, around: AroundProvider = {}): void {
  const record = recordOf(resource);
  if (record.around) return;
  record.around = { ...around, vpcConfig: resource.vpcConfig };
  renderOnceInEachSynthesis(resource);
  resource.node.addValidation({
    validate: () => reportAtSynth(resource, judgeProvider(resource, Moment.SYNTHESIS, context)),
  });
}

/** Judges a provider as it is now, with the facts about the constructs around it. At synthesis, nothing changes any more. */
export function judgeProvider(resource: CfnCapacityProvider, moment: Moment, context: RuleContext): Finding[] {
  const isSynthesis = moment === Moment.SYNTHESIS;
  // The token for inherited tags is replaced by the tags themselves.
  const tags = inheritsTags(resource) ? { propagateTags: inheritedTags(resource) } : {};
  const properties = new ConstructProperties(tags, resource);
  const app: AppAround = {
    network: () => renderedAround(resource, 'network', isSynthesis),
    operatorRole: () => {
      // Nothing needs to be rendered if the role is unchanged or isn't created by this app.
      if (knownRecordOf(resource)?.around?.role?.isUnchanged() || !isOfApp(properties.reference(...OPERATOR_ROLE))) return undefined;
      const { provider, graph } = renderedAround(resource, 'roles', isSynthesis);
      return operatorRoleFacts(provider, graph);
    },
    placeOf: (key) => (CfnResource.isCfnResource(key) ? placeOf(key.stack) : undefined),
    policyOf: (key) => (kms.CfnKey.isCfnKey(key) ? JSON.stringify(key.stack.resolve(key.keyPolicy)) : UNKNOWN),
  };
  const view = { properties, place: placeOf(resource.stack) };
  const stated = statedAround(resource, isSynthesis);
  return certainFindings({}, () => PROVIDER_JUDGE.judge(providerCase(view, app, stated, () => countProviders(resource.stack)), moment, context));
}

/** Returns the facts about a provider that only constructs know. */
export function statedAround(resource: CfnCapacityProvider, isSynthesis = false): Stated {
  const { network, ownKey, keyGranted, logGroup } = knownRecordOf(resource)?.around ?? {};
  const stated = statedNetwork(resource);
  return {
    vpcRegion: network && placeOf(network.vpc.env).region,
    ownKey,
    keyGranted,
    logGroup: logGroup && placeOf(logGroup),
    // Outside of synthesis, infos are reported, too. They need the rules that others added to the security groups, so the groups are read.
    network: stated && (isSynthesis ? stated : { ...stated, groupsAsMade: false }),
  };
}

/** Returns the facts stated about the provider's network, unless its `vpcConfig` was changed since. */
function statedNetwork(resource: CfnCapacityProvider): StatedNetwork | undefined {
  const { stated, vpcConfig } = knownRecordOf(resource)?.around ?? {};
  return vpcConfig === resource.vpcConfig ? stated?.() : undefined;
}

function isOfApp(reference: Fact<Reference>): boolean {
  return isKnown(reference) && reference.key !== undefined;
}

/** Returns the network that this library gave to a provider, if it did. */
export function networkAround(provider: CfnCapacityProvider): AroundProvider['network'] {
  return knownRecordOf(provider)?.around?.network;
}

/** Returns the facts about a provider's subnets, to compare them with what all its functions need. */
export function surroundingsOf(provider: CfnCapacityProvider, isSynthesis: boolean): FleetSurroundings {
  return fleetSurroundings(() => renderedAround(provider, 'network', isSynthesis), statedNetwork(provider));
}

function countProviders(stack: Stack): number {
  return stack.node.findAll().filter((construct) => CfnCapacityProvider.isCfnCapacityProvider(construct) && construct.stack === stack).length;
}
