const INSTANCE_TYPE = /^(?<category>[a-z]+)(?<generation>\d+)[a-z0-9-]*\.(?<size>.*)$/;

/** The parts of the name of an instance type, or of a pattern. */
export interface InstanceTypeName {
  /** The category: `c`. */
  readonly category: string;
  readonly generation: number;
  /** The size, `8xlarge`, or a pattern. */
  readonly size: string;
}

/** Reads a name or a pattern with a whole family, such as `c8g.*`. Undefined for others, such as `*.large`. */
export function parseInstanceType(instanceType: string): InstanceTypeName | undefined {
  const name = INSTANCE_TYPE.exec(instanceType)?.groups;
  return name && { category: name.category, generation: Number(name.generation), size: name.size };
}
