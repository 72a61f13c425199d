import { InstanceType } from './instance-type';
import { typeMatcher } from './type-pattern';

/**
 * The exclude list that leaves of these types just the picked ones: whole sizes and families by pattern, the rest by
 * name. A type that comes later stays in, unless its size is excluded.
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
