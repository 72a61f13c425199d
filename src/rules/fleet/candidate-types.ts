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
  /** Otherwise they stand for what Lambda may choose. */
  readonly standIns?: StandIns;
  /** Allowed types that the catalogue knows nothing of. */
  readonly unknown: string[];
}

/** Families that stand for what Lambda may choose: as a code, and in words. */
export interface StandIns {
  readonly code: string;
  readonly text: string;
}

const GENERAL_FAMILIES: StandIns = { code: 'GeneralPurposeFamilies', text: 'general purpose families (M)' };
const GPU_FAMILIES: StandIns = { code: 'GpuFamilies', text: 'families with a GPU' };
const REMAINING_FAMILIES: StandIns = { code: 'RemainingFamilies', text: 'the families that are left' };

/** Category M: what Lambda chooses from by itself isn't published, and this is the middle of it. */
const GENERAL_PURPOSE = 'm';

const ALLOWED = ['instanceRequirements', 'allowedInstanceTypes'];
const EXCLUDED = ['instanceRequirements', 'excludedInstanceTypes'];

/**
 * The allowed types of a provider; without such a list, those of general purpose that are left, or with GPUs where a
 * function asks for one. Unknown where a list is.
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
 * The general purpose sizes that a provider leaves in, where it doesn't name what it allows: what is needed at each
 * synthesis, without reading the catalogue. Undefined where the catalogue knows better.
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
 * Shapes that are no worse than any type that a provider leaves in, where it doesn't name what it allows. Undefined where it does, or its
 * exclusions aren't known.
 */
export function possibleSizes(provider: PropertySource): GeneralPurposeSize[] | undefined {
  if (hasAllowList(provider)) return undefined;
  const excluded = provider.strings(...EXCLUDED);
  if (excluded === undefined) return LARGEST_SHAPES;
  if (!isKnown(excluded) || hasUnknown(excluded)) return undefined;
  const matchers = excluded.filter(isKnown).map(typeMatcher);
  // A size is out where a pattern leaves it in no family: `*.large` does, `m5.*` doesn't.
  return LARGEST_SHAPES.filter(({ name }) => !matchers.some((matches) => matches(name)));
}

/** The number of general purpose families that Lambda accepts: 5 to 9 in 2026-08. Fewer names leave some family in, whatever the catalogue says. */
const GENERATIONS = 5;

/** `m7g.*` is, `*.large` isn't. */
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
