/**
 * One number of AWS, with where it stands and when it was read there.
 */
export interface Limit {
  readonly value: number;
  readonly unit: string;
  /** What the number bounds, as a sentence for RULES.md. */
  readonly what: string;
  readonly source: string;
  readonly date: string;
}

const GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg';
const API = 'https://docs.aws.amazon.com/lambda/latest/api';
const NEWS = 'https://aws.amazon.com/about-aws/whats-new';

/** When the pages below were last compared with this table. */
const READ = '2026-11-20';

/**
 * The numbers of Lambda Managed Instances that the rules compare with. A user can override each one
 * (`ManagedInstancesLimits`), so that nobody has to wait for a release when AWS raises a limit.
 */
export const LIMITS = {
  functionMemoryMin: {
    value: 2048,
    unit: 'MB',
    what: 'Smallest memory of a function on managed instances',
    source: `${GUIDE}/lambda-managed-instances-scaling.html`,
    date: READ,
  },
  functionMemoryMax: {
    value: 32768,
    unit: 'MB',
    what: 'Largest memory of a function on managed instances',
    source: `${NEWS}/2026/03/lambda-32-gb-memory-16-vcpus/`,
    date: READ,
  },
  concurrencyPerVCpuMax: {
    value: 64,
    unit: 'requests per vCPU',
    what: 'Most concurrent requests per vCPU of an execution environment',
    source: `${GUIDE}/lambda-managed-instances-scaling.html`,
    date: READ,
  },
  concurrencyPerEnvironmentMin: {
    value: 1,
    unit: 'requests',
    what: 'Fewest concurrent requests that an execution environment can be limited to',
    source: `${API}/API_LambdaManagedInstancesCapacityProviderConfig.html`,
    date: READ,
  },
  concurrencyPerEnvironmentMax: {
    value: 1600,
    unit: 'requests',
    what: 'Most concurrent requests of one execution environment',
    source: `${API}/API_LambdaManagedInstancesCapacityProviderConfig.html`,
    date: READ,
  },
} satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

/** The numbers alone, as the rules use them. */
export type LimitValues = Readonly<Record<LimitName, number>>;

/** The value of each limit as of the date in the table. */
export const CURRENT_LIMITS = Object.fromEntries(
  Object.entries(LIMITS).map(([name, limit]) => [name, limit.value]),
) as LimitValues;
