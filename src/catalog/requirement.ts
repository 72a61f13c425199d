import { InstanceType } from './instance-type';
import { typeMatcher } from './type-pattern';

/** A requirement for an instance type. */
export interface Requirement {
  /** The property of the user that states the requirement. */
  readonly property: string;
  /** The required value, with its unit. */
  readonly asked: string;
  /** Returns the value that a type has, with its unit. */
  found(type: InstanceType): string;
  /** Returns how far a type is from meeting the requirement: 0 if it meets it. */
  distance(type: InstanceType): number;
}

/** A quantity of an instance type. */
export interface Quantity {
  readonly unit: string;
  /** Returns the quantity of a type. Undefined if it isn't known; the type then meets no requirement for it. */
  of(type: InstanceType): number | undefined;
}

export const V_CPUS: Quantity = { unit: 'vCPUs', of: (type) => type.vCpus };
export const MEMORY: Quantity = { unit: 'GiB', of: (type) => type.memoryMiB / 1024 };
export const MEMORY_PER_V_CPU: Quantity = { unit: 'GiB per vCPU', of: (type) => type.memoryMiB / 1024 / type.vCpus };
export const NETWORK: Quantity = { unit: 'Gbit/s', of: (type) => type.networkMbps && type.networkMbps / 1000 };
export const LOCAL_STORAGE: Quantity = { unit: 'GB of local disks', of: (type) => type.localStorageGB };
export const GENERATION: Quantity = { unit: '', of: (type) => type.generation };
export const GPUS: Quantity = { unit: 'GPUs', of: (type) => type.gpu?.count };
export const GPU_MEMORY: Quantity = { unit: 'GB', of: (type) => type.gpu?.memory };

/** Requires at least an amount. */
export function atLeast(property: string, least: number, quantity: Quantity): Requirement {
  return bounded(property, least, quantity, (value) => value >= least);
}

/** Requires at most an amount. */
export function atMost(property: string, most: number, quantity: Quantity): Requirement {
  return bounded(property, most, quantity, (value) => value <= most);
}

/** Requires exactly an amount. */
export function exactly(property: string, amount: number, quantity: Quantity): Requirement {
  return bounded(property, amount, quantity, (value) => value === amount);
}

/** Requires one of several values. */
export function oneOf(property: string, values: string[], valueOf: (type: InstanceType) => string): Requirement {
  return {
    property,
    asked: values.join(' or '),
    found: valueOf,
    distance: (type) => Number(!values.includes(valueOf(type))),
  };
}

/** Requires a name that matches at least one of the patterns, or none of them. */
export function named(property: string, patterns: string[], isMeant: boolean): Requirement {
  const matchers = patterns.map(typeMatcher);
  return {
    property,
    asked: patterns.join(', '),
    found: (type) => type.name,
    distance: (type) => Number(matchers.some((matches) => matches(type.name)) !== isMeant),
  };
}

/** Returns the types that meet every requirement. */
export function typesThatMeet(requirements: Requirement[], types: InstanceType[]): InstanceType[] {
  return types.filter((type) => requirements.every((requirement) => requirement.distance(type) === 0));
}

/**
 * Returns the types that come nearest: those that miss the fewest requirements, then those that miss them by the smallest factor, then the newest.
 */
export function nearestMisses(requirements: Requirement[], types: InstanceType[], count: number): NearMiss[] {
  return types
    .map((type) => ({ type, missed: requirements.filter((requirement) => requirement.distance(type) > 0) }))
    .map((miss) => ({ ...miss, distance: miss.missed.reduce((sum, requirement) => sum + requirement.distance(miss.type), 0) }))
    .sort((a, b) => a.missed.length - b.missed.length || a.distance - b.distance || b.type.generation - a.type.generation
      || (a.type.name < b.type.name ? -1 : 1))
    .slice(0, count);
}

/** A type that misses only a few requirements. */
export interface NearMiss {
  readonly type: InstanceType;
  readonly missed: Requirement[];
}

function bounded(property: string, bound: number, { unit, of }: Quantity, isMet: (value: number) => boolean): Requirement {
  const text = (value: number | undefined) => (value === undefined ? 'unknown' : `${Number(value.toFixed(2))} ${unit}`.trim());
  return {
    property,
    asked: text(bound),
    found: (type) => text(of(type)),
    distance(type) {
      const value = of(type);
      if (value !== undefined && isMet(value)) return 0;
      // The distance is a factor, so that vCPUs and GiB can be compared. With 0 there is no factor.
      return value && bound > 0 ? Math.abs(Math.log(value / bound)) : 10;
    },
  };
}
