/**
 * The runtimes of AWS's list for managed instances: the first version of each family that is on it.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-runtimes.html (read 2026-11-20)
 */
export interface RuntimeFamily {
  /** As people call it. */
  readonly name: string;
  /** What the identifier begins with, before the version. */
  readonly prefix: string;
  /** The first version that AWS lists. */
  readonly listedFrom: number;
  /** Versions below this one are refused. Between the two, evidence is missing. */
  readonly acceptedFrom: number;
}

export const NODEJS: RuntimeFamily = { name: 'Node.js', prefix: 'nodejs', listedFrom: 22, acceptedFrom: 18 };

/**
 * The version in a runtime identifier of this family: 22 for `nodejs22.x`. Undefined for other families.
 *
 * `nodejs` alone is the name of Node.js 0.10, long gone.
 */
export function versionOf(runtime: string, family: RuntimeFamily): number | undefined {
  if (!runtime.startsWith(family.prefix)) return undefined;
  const version = /^(\d+(?:\.\d+)?)?(?:\.x)?$/.exec(runtime.slice(family.prefix.length));
  return version ? Number(version[1] ?? 0) : undefined;
}
