/**
 * The runtimes that managed instances support.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-runtimes.html and its pages for Node.js and
 * Rust (read 2026-11-20).
 */
export interface RuntimeFamily {
  /** The common name. */
  readonly name: string;
  /** The beginning of the identifier, before the version. */
  readonly prefix: string;
  /** The first version that AWS lists. Undefined if it lists none. */
  readonly listedFrom?: string;
  /** The first version that isn't refused. For versions between the two, evidence is missing. */
  readonly acceptedFrom?: string;
  /** The only language that is documented for the runtime, if not all are. */
  readonly documentedFor?: string;
  /** The default number of concurrent requests for each vCPU. */
  readonly concurrencyPerVCpu?: number;
  /** An identifier to use instead of one that is refused. */
  readonly remedy: string;
}

const CUSTOM_REMEDY = 'use provided.al2023, with a runtime client that handles concurrent requests (Rust is documented)';

export const RUNTIME_FAMILIES: RuntimeFamily[] = [
  { name: 'Node.js', prefix: 'nodejs', listedFrom: '22', acceptedFrom: '18', concurrencyPerVCpu: 64, remedy: 'use nodejs22.x or later' },
  { name: 'Python', prefix: 'python', listedFrom: '3.13', acceptedFrom: '3.13', concurrencyPerVCpu: 16, remedy: 'use python3.13 or later' },
  { name: 'Java', prefix: 'java', listedFrom: '21', acceptedFrom: '21', concurrencyPerVCpu: 32, remedy: 'use java21 or later' },
  // .NET Core is older than all versions of the next family, even if its number is higher.
  { name: '.NET Core', prefix: 'dotnetcore', remedy: 'use dotnet8 or later' },
  { name: '.NET', prefix: 'dotnet', listedFrom: '8', acceptedFrom: '8', concurrencyPerVCpu: 32, remedy: 'use dotnet8 or later' },
  {
    name: 'Amazon Linux',
    prefix: 'provided.al',
    listedFrom: '2023',
    acceptedFrom: '2023',
    documentedFor: 'Rust',
    concurrencyPerVCpu: 8,
    remedy: CUSTOM_REMEDY,
  },
  { name: 'The first Amazon Linux', prefix: 'provided', remedy: CUSTOM_REMEDY },
  { name: 'Ruby', prefix: 'ruby', remedy: 'use another language, or standard Lambda for this function' },
  { name: 'Go', prefix: 'go', remedy: CUSTOM_REMEDY },
];

/** The beginning of a custom runtime's identifier. */
export const CUSTOM_RUNTIME_PREFIX = 'provided.al';

/** A runtime that belongs to a family of the table. */
export interface Runtime {
  readonly family: RuntimeFamily;
  /** The version: `22` for `nodejs22.x`, `3.13` for `python3.13`, `0` for `nodejs`. */
  readonly version: string;
}

/** Parses an identifier such as `nodejs22.x`. Undefined if it belongs to no known family. */
export function parseRuntime(identifier: string): Runtime | undefined {
  if (!PARSED.has(identifier)) PARSED.set(identifier, parse(identifier));
  return PARSED.get(identifier);
}

/** The runtimes parsed so far, because an app has many functions of few runtimes. */
const PARSED = new Map<string, Runtime | undefined>();

function parse(identifier: string): Runtime | undefined {
  const family = RUNTIME_FAMILIES.find(({ prefix }) => identifier.startsWith(prefix));
  const version = family && /^\d+(\.\d+)?/.exec(identifier.slice(family.prefix.length));
  return family && { family, version: version?.[0] ?? '0' };
}

/**
 * Whether a version is older than another, compared number by number: 3.9 is older than 3.13. This doesn't use `localeCompare`, which takes 6 ms to
 * load its tables.
 */
export function isOlder(version: string, than: string): boolean {
  const [major, minor = 0] = version.split('.').map(Number);
  const [thanMajor, thanMinor = 0] = than.split('.').map(Number);
  return major < thanMajor || (major === thanMajor && minor < thanMinor);
}
