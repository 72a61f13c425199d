import { ProviderFacts } from './facts/provider-facts';
import { INSTANCE_RULES } from './instance-rules';
import { Rule } from './rule';

/** Each rule about one capacity provider, as its resource says it. */
export const PROVIDER_RULES: Rule<ProviderFacts>[] = [
  ...INSTANCE_RULES,
];
