/** The processor architectures of Lambda. */

/** A processor architecture. */
export type InstanceArchitecture = 'arm64' | 'x86_64';

/** Lambda's default. */
export const DEFAULT_ARCHITECTURE: InstanceArchitecture = 'x86_64';

/** The names in Lambda's API. Source: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html (read 2026-11-28) */
const ARCHITECTURES: readonly string[] = ['x86_64', 'arm64'];

/** Whether Lambda knows an architecture of that name. */
export function isArchitecture(name: string): name is InstanceArchitecture {
  return ARCHITECTURES.includes(name);
}
