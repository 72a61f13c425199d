/** The finding about the name of an architecture, which functions and capacity providers both have. */
import { Level, RuleDescription, Violation } from './rule';
import { Fact, isKnown } from '../reading/fact';
import { isArchitecture } from '../service/architectures';
import { PAGES } from '../service/pages';

/** The description of the rule in RULES.md. */
export const ARCHITECTURE_NAME: RuleDescription = {
  code: 'ArchitectureName',
  level: Level.ERROR,
  what: 'The architecture is one that Lambda knows.',
  why: 'Lambda refuses the function or the capacity provider.',
  source: PAGES.apiCreateFunction,
};

/** Checks the name of an architecture. */
export function wrongArchitecture(property: string, name: Fact<string>): Violation | undefined {
  if (!isKnown(name) || isArchitecture(name)) return undefined;
  return { property, allowed: 'Lambda knows x86_64 and arm64', found: name, remedy: `use ${/arm|aarch|graviton/i.test(name) ? 'arm64' : 'x86_64'}` };
}
