import { Fact, isKnown } from './facts/fact';
import { Level, Rule } from './rule';

/** What the rules need to know of a function on a provider that is made elsewhere. */
export interface StatedProviderFacts {
  /** Of the function. */
  readonly functionArchitecture: Fact<string>;
  /** Of the provider, as somebody stated it. */
  readonly statedArchitecture: Fact<string>;
}

/** Each rule about a function and what was stated of its provider. */
export const STATED_PROVIDER_RULES: Rule<StatedProviderFacts>[] = [
  {
    code: 'ArchitectureMismatch',
    level: Level.ERROR,
    what: 'A function is built for the architecture of its capacity provider.',
    why: 'Lambda refuses the function.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-capacity-providers.html',
    check({ functionArchitecture, statedArchitecture }, { term }) {
      if (!isKnown(functionArchitecture) || !isKnown(statedArchitecture) || functionArchitecture === statedArchitecture) return undefined;
      return {
        property: term('architecture'),
        allowed: `must be ${statedArchitecture}, that of the capacity provider`,
        found: functionArchitecture,
        remedy: `build the function for ${statedArchitecture}, or put it on another capacity provider`,
      };
    },
  },
];
