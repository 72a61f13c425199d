import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { GpuRequirements, InstanceRequirements } from './instance-requirements';
import { readGpuRequirements, ReadRequirements, readRequirements } from './require';
import { exclusionsFor } from '../catalog/exclusions';
import { InstanceCatalog } from '../catalog/instance-catalog';
import { InstanceType } from '../catalog/instance-type';
import { atLeast, atMost, GENERATION, nearestMisses, Requirement, typesThatMeet, V_CPUS } from '../catalog/requirement';
import { SelectionFacts } from '../rules/provider/selection-facts';

const { ARM_64, X86_64 } = lambda.Architecture;
/** The number of near misses that the error about an empty selection names. */
const NEAREST = 3;
/** The number of families that a description lists. */
const LISTED = 12;

/** The result of a selection. */
export interface Choice {
  readonly architecture?: lambda.Architecture;
  readonly filter?: lambda.InstanceTypeFilter;
  /** How the list was made, if the library made it. */
  readonly facts?: SelectionFacts;
  describe(): string;
}

/** Chooses types without a GPU. `inherited` is the architecture of the fleet, if it has one. */
export function chooseTypes(asked: InstanceRequirements, inherited?: lambda.Architecture): Choice {
  const { catalog = InstanceCatalog.V2026_08, architecture = inherited ?? onlyArchitectureFor(asked) } = asked;
  const read = readRequirements(asked, architecture);
  const picked = typesThatMeet(read.requirements, catalog._forFunctions());
  if (!asked.allowNewerTypes || picked.length === 0) return allowed(picked, catalog._forFunctions(), read, architecture, catalog);

  const others = catalog._all().filter((type) => catalog._isCategory(type.category) && type.architecture === architecture.name);
  const patterns = exclusionsFor(picked, others);
  return {
    architecture,
    filter: lambda.InstanceTypeFilter.exclude(patterns.map((pattern) => new ec2.InstanceType(pattern))),
    describe: () => (
      `${describe(picked, catalog._forFunctions(), read.requirements, catalog)}\nrendered as ${patterns.length} exclusions, so that newer types may join`
    ),
    facts: {
      invalid: read.invalid,
      remedyIfEmpty: () => 'leave allowNewerTypes out',
      remedyIfLonger: () => 'leave allowNewerTypes out, or leave more types in',
    },
  };
}

/** Chooses types with GPUs. */
export function chooseGpuTypes(asked: GpuRequirements): Choice {
  const { catalog = InstanceCatalog.V2026_08 } = asked;
  const read = readGpuRequirements(asked);
  return allowed(typesThatMeet(read.requirements, catalog._forGpuFunctions()), catalog._forGpuFunctions(), read, X86_64, catalog);
}

/** Returns the architecture that the other requirements leave, or AWS's default if they leave both. */
function onlyArchitectureFor(asked: InstanceRequirements): lambda.Architecture {
  const { requirements } = readRequirements(asked);
  const picked = typesThatMeet(requirements, (asked.catalog ?? InstanceCatalog.V2026_08)._forFunctions());
  return picked.length > 0 && picked.every((type) => type.architecture === ARM_64.name) ? ARM_64 : X86_64;
}

function allowed(
  picked: InstanceType[],
  candidates: InstanceType[],
  { requirements, invalid }: ReadRequirements,
  architecture: lambda.Architecture,
  catalog: InstanceCatalog,
): Choice {
  return {
    architecture,
    filter: lambda.InstanceTypeFilter.allow(picked.map((type) => type.name).sort().map((name) => new ec2.InstanceType(name))),
    describe: () => describe(picked, candidates, requirements, catalog),
    facts: {
      invalid,
      remedyIfEmpty: () => `loosen what the nearest types miss: ${missesOf(requirements, candidates).join(', ')}`,
      remedyIfLonger: (most) => `${tighter(picked, most)}, or set allowNewerTypes, which renders an exclude list`,
    },
  };
}

/** Returns the nearest types with the requirements that they miss. */
function missesOf(requirements: Requirement[], candidates: InstanceType[]): string[] {
  return nearestMisses(requirements, candidates, NEAREST).map(({ type, missed }) => (
    `${type.name} (${missed.map((requirement) => `${requirement.property} ${requirement.asked}: ${requirement.found(type)}`).join(', ')})`
  ));
}

/** Suggests another requirement that brings the list below its limit. */
function tighter(picked: InstanceType[], most: number): string {
  const generations = [...new Set(picked.map((type) => type.generation))].sort((a, b) => a - b);
  const sizes = [...new Set(picked.map((type) => type.vCpus))].sort((a, b) => b - a);
  const suggestions = [
    ...generations.map((generation) => ({ property: `generationMin: ${generation}`, requirement: atLeast('', generation, GENERATION) })),
    ...sizes.map((vCpus) => ({ property: `vCpuCountMax: ${vCpus}`, requirement: atMost('', vCpus, V_CPUS) })),
  ].map(({ property, requirement }) => ({ property, count: typesThatMeet([requirement], picked).length }));
  const first = (name: string) => suggestions.find(({ property, count }) => property.startsWith(name) && count <= most);
  const texts = [first('generationMin'), first('vCpuCountMax')].flatMap((suggestion) => (
    suggestion && suggestion.count > 0 ? [`${suggestion.property} (leaves ${suggestion.count})`] : []
  ));
  return `require more, such as ${texts.join(' or ') || 'allowedInstanceTypes'}`;
}

/** Describes the selected types in a few lines: how many there are, which ones, and which requirements excluded the others. */
function describe(picked: InstanceType[], candidates: InstanceType[], requirements: Requirement[], { version }: InstanceCatalog): string {
  const kind = candidates[0].gpu ? 'with NVIDIA GPUs' : 'that Lambda is taken to accept';
  const count = `${picked.length} of the ${candidates.length} instance types ${kind} (EC2 as of ${version})`;
  if (picked.length === 0) return [count, ...missesOf(requirements, candidates).map((miss) => `nearly: ${miss}`)].join('\n');
  const reasons = requirements
    .map((requirement) => ({ ...requirement, count: candidates.filter((type) => requirement.distance(type) > 0).length }))
    .filter((reason) => reason.count > 0)
    .map((reason) => `${reason.property} ${reason.asked} (${reason.count})`);
  return [count, familiesOf(picked), ...(reasons.length > 0 ? [`left out by ${reasons.join(', ')}`] : [])].join('\n');
}

function familiesOf(picked: InstanceType[]): string {
  const sizes = new Map<string, string[]>();
  picked.forEach((type) => sizes.set(type.family, [...sizes.get(type.family) ?? [], type.size]));
  const families = [...sizes].map(([family, names]) => `${family}.${names.length > 1 ? `{${names.join(',')}}` : names[0]}`);
  const rest = families.length - LISTED;
  return [...families.slice(0, LISTED), ...(rest > 0 ? [`and ${rest} more families`] : [])].join(' ');
}
