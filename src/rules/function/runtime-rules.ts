import { ManagedFunctionFacts } from './function-facts';
import { Fact, isKnown, mapFact } from '../../reading/fact';
import { isArchitecture } from '../../service/architectures';
import { PAGES } from '../../service/pages';
import { CUSTOM_RUNTIME_PREFIX, isOlder, parseRuntime, Runtime } from '../../service/runtimes';
import { ARCHITECTURE_NAME, wrongArchitecture } from '../architecture-name';
import { Level, Rule, RuleContext } from '../rule';

/** The rules about the language of a function and the architecture that it is built for. */
export const RUNTIME_RULES: Rule<ManagedFunctionFacts>[] = [
  {
    code: 'RuntimeUnsupported',
    level: Level.ERROR,
    what: 'Managed instances support the runtime.',
    why: 'Lambda refuses the function: "does not support specified feature: Lambda Managed Instances".',
    source: PAGES.runtimes,
    check({ runtime }, context) {
      const known = runtimeOf(runtime, context);
      if (!isKnown(known) || !isRefused(known)) return undefined;
      const { name, listedFrom, acceptedFrom, remedy } = known.family;
      const own = acceptedFrom === listedFrom ? '' : ` (AWS's own list starts at ${listedFrom})`;
      return {
        property: context.term('runtime'),
        allowed: acceptedFrom === undefined
          ? 'managed instances don\'t offer it'
          : `managed instances need ${name} ${acceptedFrom} or later${own}`,
        found: String(runtime),
        remedy,
      };
    },
  },
  {
    code: 'RuntimeUnlisted',
    level: Level.WARNING,
    what: 'The runtime is on AWS\'s list for managed instances.',
    why: 'No source says that it works: the deployment may be refused.',
    source: PAGES.runtimes,
    check({ runtime, language }, context) {
      const known = runtimeOf(runtime, context);
      if (!isKnown(known)) return undefined;
      const { name, listedFrom, remedy, documentedFor } = known.family;
      if (documentedFor !== undefined && isKnown(language) && language !== documentedFor && !isRefused(known)) {
        return {
          property: context.term('runtime'),
          allowed: `AWS documents it on managed instances for ${documentedFor} only`,
          found: `${String(runtime)} with ${language}`,
          remedy: 'keep the function on standard Lambda, or acknowledge this once you have seen its runtime client take several requests at once',
        };
      }
      if (listedFrom === undefined || !isOlder(known.version, listedFrom) || isRefused(known)) return undefined;
      return {
        property: context.term('runtime'),
        allowed: `AWS's list for managed instances starts at ${name} ${listedFrom}`,
        found: String(runtime),
        remedy,
      };
    },
  },
  {
    code: 'RuntimeUnknown',
    level: Level.WARNING,
    what: 'The library knows the runtime\'s family.',
    why: 'No source says whether managed instances support it.',
    source: PAGES.runtimes,
    check({ runtime }, { limits, term, words }) {
      if (!isKnown(runtime) || parseRuntime(runtime) || limits.supportedRuntimes.includes(runtime)) return undefined;
      return {
        property: term('runtime'),
        allowed: 'this library doesn\'t know whether managed instances offer it',
        found: runtime,
        remedy: words(
          'check whether AWS\'s list has it by now, and add it with ManagedInstancesLimits.CURRENT.withOverrides({ supportedRuntimes })',
          'check whether AWS\'s list has it by now',
        ),
      };
    },
  },
  {
    code: 'CustomRuntime',
    level: Level.INFO,
    what: 'The function doesn\'t bring a runtime of its own.',
    why: 'AWS documents this for Rust only. Any other runtime client must handle concurrent requests itself.',
    source: PAGES.rust,
    check({ runtime }, context) {
      const known = runtimeOf(runtime, context);
      if (!isKnown(known) || known.family.prefix !== CUSTOM_RUNTIME_PREFIX || isRefused(known)) return undefined;
      return {
        property: context.term('runtime'),
        allowed: 'AWS documents it on managed instances for Rust only',
        found: String(runtime),
        remedy: 'make sure that your runtime client handles concurrent requests',
      };
    },
  },
  {
    ...ARCHITECTURE_NAME,
    check({ architecture }, { term }) {
      return wrongArchitecture(term('architecture'), architecture);
    },
  },
  {
    code: 'ArchitectureMismatch',
    level: Level.ERROR,
    what: 'The function is built for the architecture of its capacity provider.',
    why: 'Lambda refuses the function.',
    source: PAGES.capacityProviders,
    check({ architecture, providerArchitecture }, { term }) {
      if (!isKnown(architecture) || !isKnown(providerArchitecture) || architecture === providerArchitecture) return undefined;
      if (!isArchitecture(architecture) || !isArchitecture(providerArchitecture)) return undefined;
      return {
        property: term('architecture'),
        allowed: `the capacity provider is ${providerArchitecture}`,
        found: architecture,
        remedy: `build the function for ${providerArchitecture}, or attach it to a capacity provider with ${architecture}`,
      };
    },
  },
];

function runtimeOf(identifier: Fact<string>, { limits }: RuleContext): Fact<Runtime> {
  return mapFact(identifier, (name) => (limits.supportedRuntimes.includes(name) ? undefined : parseRuntime(name)));
}

function isRefused({ family: { acceptedFrom }, version }: Runtime): boolean {
  return acceptedFrom === undefined || isOlder(version, acceptedFrom);
}
