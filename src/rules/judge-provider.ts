import { CfnCapacityProvider } from 'aws-cdk-lib/aws-lambda';
import { ConstructProperties } from './facts/construct-properties';
import { placeOf } from './facts/construct-views';
import { providerFacts } from './facts/provider-facts';
import { findingsOf } from './findings';
import { PLACE_RULES } from './place-rules';
import { PROVIDER_RULES } from './provider-rules';
import { reportAtSynth } from './report';
import { RuleContext } from './rule';

const JUDGED = new WeakSet<CfnCapacityProvider>();

/** Has a provider judged at synthesis, when later changes are in; once, however many ways lead to it. */
export function judgeProviderAtSynth(resource: CfnCapacityProvider, context: RuleContext): void {
  if (JUDGED.has(resource)) return;
  JUDGED.add(resource);
  resource.node.addValidation({
    validate: () => reportAtSynth(resource, [
      ...findingsOf(PROVIDER_RULES, providerFacts(new ConstructProperties(resource)), context),
      ...findingsOf(PLACE_RULES, placeOf(resource.stack), context),
    ]),
  });
}
