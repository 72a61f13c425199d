export type InstanceArchitecture = 'arm64' | 'x86_64';

const INSTANCE_TYPE = /^(?<category>[a-z]+)(?<generation>\d+)(?<attributes>[a-z0-9-]*)\.(?<size>.*)$/;

/** What the name of an instance type or pattern says. */
export interface InstanceTypeName {
  /** `c`. */
  readonly category: string;
  readonly generation: number;
  /** `8xlarge`, or a pattern. */
  readonly size: string;
}

/** Reads a name or a pattern with a whole family, such as `c8g.*`. Undefined for others, such as `*.large`. */
export function parseInstanceType(instanceType: string): InstanceTypeName | undefined {
  const name = INSTANCE_TYPE.exec(instanceType)?.groups;
  return name && { category: name.category, generation: Number(name.generation), size: name.size };
}

/**
 * The processor architecture of an instance type or pattern such as `c7g.xlarge` or `m8g.*`, read from its
 * name: Graviton families carry a `g` behind the generation; `a1` was the first of them.
 *
 * Undefined where the name doesn't say, as in `*.large`.
 *
 * Source: https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html (read 2026-11-20)
 */
export function architectureOfType(instanceType: string): InstanceArchitecture | undefined {
  const name = INSTANCE_TYPE.exec(instanceType)?.groups;
  if (!name) return undefined;
  return name.attributes.includes('g') || `${name.category}${name.generation}` === 'a1' ? 'arm64' : 'x86_64';
}
