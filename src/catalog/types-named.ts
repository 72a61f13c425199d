import { InstanceCatalog } from './instance-catalog';
import { InstanceType } from './instance-type';
import { isPattern, typeMatcher } from './type-pattern';

/** The types that a list of names and patterns selects. */
export interface NamedTypes {
  /** The selected types that are in the catalogue. */
  readonly types: InstanceType[];
  /** The entries that match no type of the catalogue. */
  readonly unknown: string[];
}

/** Returns the types that an allow list selects. */
export function typesNamed(entries: string[], catalog: InstanceCatalog = InstanceCatalog._NEWEST): NamedTypes {
  const matches = entries.map((entry) => ({ entry, types: typesMeant(entry, catalog) }));
  return {
    types: [...new Set(matches.flatMap(({ types }) => types))],
    unknown: matches.filter(({ types }) => types.length === 0).map(({ entry }) => entry),
  };
}

function typesMeant(entry: string, catalog: InstanceCatalog): InstanceType[] {
  if (isPattern(entry)) {
    const matches = typeMatcher(entry);
    return catalog._all().filter((type) => matches(type.name));
  }
  const type = catalog._find(entry);
  return type ? [type] : [];
}
