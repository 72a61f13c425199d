import { InstanceCatalog } from './instance-catalog';
import { InstanceType } from './instance-type';
import { isPattern, typeMatcher } from './type-pattern';
import { RESERVED_PER_INSTANCE } from '../service/reserved-capacity';

/** What one execution environment takes of an instance. */
export interface EnvironmentSize {
  readonly vCpus: number;
  readonly memoryMiB: number;
  /** GB of GPU memory on one device. */
  readonly gpuMemory?: number;
}

/** What a list of names and patterns means. */
export interface NamedTypes {
  /** The types that the catalogue knows of. */
  readonly types: InstanceType[];
  /** The entries that it knows nothing of. */
  readonly unknown: string[];
}

/** The types that an allow list means. */
export function typesNamed(entries: string[], catalog: InstanceCatalog = InstanceCatalog.V2026_08): NamedTypes {
  const matches = entries.map((entry) => ({ entry, types: typesMeant(entry, catalog) }));
  return {
    types: [...new Set(matches.flatMap(({ types }) => types))],
    unknown: matches.filter(({ types }) => types.length === 0).map(({ entry }) => entry),
  };
}

/** How many environments of that size an instance holds, with what Lambda keeps of it for itself taken off. */
export function environmentsOn(type: InstanceType, { vCpus, memoryMiB, gpuMemory }: EnvironmentSize, reserved = RESERVED_PER_INSTANCE): number {
  if (gpuMemory !== undefined && !(type.gpu && type.gpu.memory >= gpuMemory)) return 0;
  return Math.max(0, Math.floor(Math.min((type.vCpus - reserved.vCpus) / vCpus, (type.memoryMiB - reserved.memoryMiB) / memoryMiB)));
}

/** The types that hold at least one environment of that size. */
export function typesThatHold(environment: EnvironmentSize, types: InstanceType[], reserved = RESERVED_PER_INSTANCE): InstanceType[] {
  return types.filter((type) => environmentsOn(type, environment, reserved) > 0);
}

function typesMeant(entry: string, catalog: InstanceCatalog): InstanceType[] {
  if (isPattern(entry)) {
    const matches = typeMatcher(entry);
    return catalog._all().filter((type) => matches(type.name));
  }
  const type = catalog._find(entry);
  return type ? [type] : [];
}
