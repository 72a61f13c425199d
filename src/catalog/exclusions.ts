import { InstanceType } from './instance-type';
import { typeMatcher } from './type-pattern';

/**
 * Returns the exclude list that leaves only the picked types: whole sizes and families as patterns, the rest by name. Types that EC2 adds later stay
 * allowed, unless a pattern excludes them.
 */
export function exclusionsFor(picked: InstanceType[], types: InstanceType[]): string[] {
  const names = new Set(picked.map((type) => type.name));
  const excluded = types.filter((type) => !names.has(type.name));
  const pickedSizes = new Set(picked.map((type) => type.size));
  const pickedFamilies = new Set(picked.map((type) => type.family));
  const sizes = excluded.filter((type) => !pickedSizes.has(type.size)).map((type) => `*.${type.size}`);
  const families = excluded.filter((type) => !pickedFamilies.has(type.family) && pickedSizes.has(type.size)).map((type) => `${type.family}.*`);
  const patterns = [...new Set([...sizes, ...families])];
  const matchers = patterns.map(typeMatcher);
  const byName = excluded.filter((type) => !matchers.some((matches) => matches(type.name))).map((type) => type.name);
  return [...patterns, ...byName].sort();
}
