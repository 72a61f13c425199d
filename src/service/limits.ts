import { PAGES, PAGES_READ } from './pages';

/**
 * A limit, with its source and the day on which that was read.
 */
export interface Limit {
  readonly value: number;
  readonly unit: string;
  /** The quantity that the number limits, in words for RULES.md. */
  readonly what: string;
  readonly source: string;
  readonly date: string;
  /** Who set the limit. AWS refuses values beyond its own limits; values beyond the others cause a warning. */
  readonly setBy: 'AWS' | 'CDK' | 'this library';
}

/**
 * The limits of Lambda Managed Instances that the rules compare with. A user can override each one (`ManagedInstancesLimits`), and so needn't wait
 * for a release when AWS raises a limit.
 */
export const LIMITS = {
  functionMemoryMin: limit(2048, 'MB', 'The smallest memory of a function on managed instances', PAGES.scaling),
  functionMemoryMax: limit(32768, 'MB', 'The largest memory of a function on managed instances', PAGES.largeMemory),
  standardMemoryMax: limit(10240, 'MB', 'The largest memory of a function without a capacity provider', PAGES.largeMemory),
  concurrencyPerVCpuMax: limit(64, 'requests', 'The most concurrent requests for each vCPU of an environment', PAGES.scaling),
  concurrencyPerEnvironmentMin: limit(1, 'requests', 'The smallest limit on the concurrent requests of an environment', PAGES.apiLmiConfig),
  concurrencyPerEnvironmentMax: limit(1600, 'requests', 'The largest limit on the concurrent requests of an environment', PAGES.apiLmiConfig),
  timeoutMax: limit(5400, 's', 'The longest timeout of a function on managed instances', PAGES.apiCreateFunction),
  // The developer guide, CloudFormation's reference and the validators of CDK and cfn-lint still state the 900 s that applied before 2026-11-19.
  synchronousTimeoutMax: limit(1800, 's', 'The longest timeout of a function without a capacity provider, and of any synchronous call', PAGES.apiModel, '2026-11-27'),
  ephemeralStorageMin: limit(512, 'MB', 'The smallest /tmp, and its size unless the function sets one', PAGES.apiCreateFunction),
  ephemeralStorageMax: limit(32768, 'MB', 'The largest /tmp of a function with a GPU', PAGES.apiModel, '2026-11-27'),
  ephemeralStorageDocumentedMax: limit(10240, 'MB', 'The largest /tmp of a function without a GPU', PAGES.apiModel, '2026-11-27'),
  executionEnvironmentsMax: limit(15000, 'environments', 'The largest minimum or maximum of environments for a version', PAGES.apiModel),
  versionsPerProviderMax: limit(100, 'versions', 'The most function versions on a capacity provider; AWS does not raise this limit', PAGES.quotas),
  versionsPerProviderNear: limit(80, 'versions', 'The number of function versions on a capacity provider at which you are warned that the limit is near', PAGES.quotas, PAGES_READ, 'this library'),
  subnetsMax: limit(16, 'subnets', 'The most subnets of a capacity provider', PAGES.apiModel),
  securityGroupsMax: limit(5, 'security groups', 'The most security groups of a capacity provider', PAGES.apiModel),
  providerNameMax: limit(140, 'characters', 'The longest name of a capacity provider, and the longest ARN by which a function refers to it', PAGES.apiLmiConfig),
  instanceTypesMax: limit(400, 'entries', 'The most allowed or excluded instance types', PAGES.apiModel),
  vCpuCountMin: limit(2, 'vCPUs', 'The smallest vCPU ceiling of a capacity provider, according to the API model', PAGES.apiScalingConfig),
  vCpuCountProvenMin: limit(12, 'vCPUs', 'The smallest vCPU ceiling that CDK itself accepts', PAGES.cdkReadme, PAGES_READ, 'CDK'),
  vCpuCountMax: limit(15000, 'vCPUs', 'The largest vCPU ceiling of a capacity provider', PAGES.apiScalingConfig),
  vCpuCountDefault: limit(400, 'vCPUs', 'The vCPU ceiling of a capacity provider that sets none', PAGES.capacityProviders),
  scalingPoliciesMax: limit(10, 'policies', 'The most scaling policies of a capacity provider', PAGES.apiModel),
  providersPerStackMax: limit(10, 'capacity providers', 'The most capacity providers in a stack before the limit of one write call a second slows its deployment', PAGES.quotas, PAGES_READ, 'this library'),
  scalingTargetHeadroomMax: limit(80, '%', 'The highest target for the CPU utilisation that leaves room for bursts', PAGES.scaling, PAGES_READ, 'this library'),
  tagKeyMax: limit(128, 'characters', 'The longest key of a tag that reaches instances', PAGES.apiModel),
  tagValueMax: limit(256, 'characters', 'The longest value of a tag that reaches instances', PAGES.apiModel),
  propagatedTagsMax: limit(40, 'tags', 'The most tags that reach instances, volumes and network interfaces', PAGES.tagPropagation),
} satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

/** The numbers alone, as the rules use them. */
export type LimitValues = Readonly<Record<LimitName, number>>;

/** The value of each limit as of the date in the table. */
export const CURRENT_LIMITS = Object.fromEntries(
  Object.entries(LIMITS).map(([name, { value }]) => [name, value]),
) as LimitValues;

function limit(value: number, unit: string, what: string, source: string, date: string = PAGES_READ, setBy: Limit['setBy'] = 'AWS'): Limit {
  return { value, unit, what, source, date, setBy };
}
