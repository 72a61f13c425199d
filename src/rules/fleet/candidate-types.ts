import { InstanceCatalog } from '../../catalog/instance-catalog';
import { InstanceType } from '../../catalog/instance-type';
import { typeMatcher } from '../../catalog/type-pattern';
import { typesNamed } from '../../catalog/types-named';
import { Fact, isKnown, UNKNOWN } from '../../reading/fact';
import { PropertySource } from '../../reading/property-source';
import { GENERAL_PURPOSE_SIZES, GeneralPurposeSize, LARGEST_SHAPES } from '../../service/general-purpose-sizes';

/** The instance types that a fleet may run on, as far as they are known. */
export interface CandidateTypes {
  /** The types of the catalogue, by name. */
  readonly types: InstanceType[];
  /** Whether a list of allowed types restricts them. */
  readonly restricted: boolean;
  /** The families for which the types stand if Lambda may choose others. Undefined if a list restricts the types. */
  readonly standIns?: StandIns;
  /** Allowed types that aren't in the catalogue. */
  readonly unknown: string[];
}

/** The families that stand for the types that Lambda may choose, as a code and in words. */
export interface StandIns {
  readonly code: string;
  readonly text: string;
}

const GENERAL_FAMILIES: StandIns = { code: 'GeneralPurposeFamilies', text: 'general purpose families (M)' };
const GPU_FAMILIES: StandIns = { code: 'GpuFamilies', text: 'families with a GPU' };
const REMAINING_FAMILIES: StandIns = { code: 'RemainingFamilies', text: 'the families that are left' };

/** Category M. AWS hasn't published which types Lambda chooses by itself, and this category is in the middle. */
const GENERAL_PURPOSE = 'm';

const ALLOWED = ['instanceRequirements', 'allowedInstanceTypes'];
const EXCLUDED = ['instanceRequirements', 'excludedInstanceTypes'];

/**
 * Returns the allowed types of a provider. Without an allow list, returns the general purpose types that aren't excluded, or types with GPUs if a
 * function needs one. Unknown if a list is unknown.
 */
export function candidateTypes(provider: PropertySource, architecture: Fact<string>, withGpu: boolean): Fact<CandidateTypes> {
  const allowed = provider.strings(...ALLOWED);
  const excluded = provider.strings(...EXCLUDED);
  if (hasUnknown(allowed) || hasUnknown(excluded)) return UNKNOWN;
  if (isKnown(allowed)) return { ...typesNamed(allowed.filter(isKnown)), restricted: true };
  const matchers = isKnown(excluded) ? excluded.filter(isKnown).map(typeMatcher) : [];
  const catalog = InstanceCatalog._NEWEST;
  const left = (withGpu ? catalog._forGpuFunctions() : catalog._forFunctions()).filter((type) => (
    (!isKnown(architecture) || type.architecture === architecture) && !matchers.some((matches) => matches(type.name))
  ));
  const general = left.filter(({ category }) => category === GENERAL_PURPOSE);
  return general.length > 0
    ? { types: general, restricted: false, standIns: GENERAL_FAMILIES, unknown: [] }
    : { types: left, restricted: false, standIns: withGpu ? GPU_FAMILIES : REMAINING_FAMILIES, unknown: [] };
}

/**
 * Returns the general purpose sizes that a provider without an allow list doesn't exclude. Each synthesis needs them, so this doesn't load the
 * catalogue. Undefined if only the catalogue can tell.
 */
export function generalSizes(provider: PropertySource): GeneralPurposeSize[] | undefined {
  if (hasAllowList(provider)) return undefined;
  const excluded = provider.strings(...EXCLUDED);
  if (excluded === undefined) return GENERAL_PURPOSE_SIZES;
  if (!isKnown(excluded) || hasUnknown(excluded)) return undefined;
  const names = excluded.filter(isKnown);
  const matchers = names.map(typeMatcher);
  const left = GENERAL_PURPOSE_SIZES.filter(({ name }) => !matchers.some((matches) => matches(name)));
  return left.length > 0 && (names.filter(isOfGeneralFamily).length < GENERATIONS || hasGeneralType(matchers)) ? left : undefined;
}

/**
 * Returns shapes that are no worse than any type that a provider without an allow list doesn't exclude. Undefined if there is an allow list, or if
 * the exclusions aren't known.
 */
export function possibleSizes(provider: PropertySource): GeneralPurposeSize[] | undefined {
  if (hasAllowList(provider)) return undefined;
  const excluded = provider.strings(...EXCLUDED);
  if (excluded === undefined) return LARGEST_SHAPES;
  if (!isKnown(excluded) || hasUnknown(excluded)) return undefined;
  const matchers = excluded.filter(isKnown).map(typeMatcher);
  // A size is excluded if a pattern excludes it in every family: `*.large` does, `m5.*` doesn't.
  return LARGEST_SHAPES.filter(({ name }) => !matchers.some((matches) => matches(name)));
}

/**
 * The number of general purpose families that Lambda accepts: 5 to 9 in 2026-08. Fewer excluded names leave at least one family, whatever the
 * catalogue says.
 */
const GENERATIONS = 5;

/** Whether an entry names a general purpose family: `m7g.*` does, `*.large` doesn't. */
function isOfGeneralFamily(name: string): boolean {
  return /^m\d/.test(name);
}

function hasGeneralType(excluded: ((name: string) => boolean)[]): boolean {
  return InstanceCatalog._NEWEST._forFunctions().some(({ name, category }) => (
    category === GENERAL_PURPOSE && !excluded.some((matches) => matches(name))
  ));
}

/** Whether a provider names the types that it allows. */
export function hasAllowList(provider: PropertySource): boolean {
  return provider.has(...ALLOWED);
}

function hasUnknown(list: Fact<Fact<string>[]>): boolean {
  return list === UNKNOWN || (isKnown(list) && !list.every(isKnown));
}
