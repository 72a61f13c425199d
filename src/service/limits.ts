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
const LMI_CONFIG = `${API}/API_LambdaManagedInstancesCapacityProviderConfig.html`;
/** The API model that the AWS SDK for Python is made from. */
const BOTOCORE = 'https://github.com/boto/botocore';
const CDK = 'https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-lambda/README.md';

/** When the pages below were last compared with this table. */
const READ = '2026-11-20';

/**
 * The numbers of Lambda Managed Instances that the rules compare with. A user can override each one
 * (`ManagedInstancesLimits`), so that nobody has to wait for a release when AWS raises a limit.
 */
export const LIMITS = {
  functionMemoryMin: limit(2048, 'MB', 'Smallest memory of a function on managed instances', `${GUIDE}/lambda-managed-instances-scaling.html`),
  functionMemoryMax: limit(32768, 'MB', 'Largest memory of a function on managed instances', `${NEWS}/2026/03/lambda-32-gb-memory-16-vcpus/`),
  standardMemoryMax: limit(10240, 'MB', 'Largest memory of a function without a capacity provider', `${NEWS}/2026/03/lambda-32-gb-memory-16-vcpus/`),
  concurrencyPerVCpuMax: limit(64, 'requests', 'Most concurrent requests for each vCPU of an environment', `${GUIDE}/lambda-managed-instances-scaling.html`),
  concurrencyPerEnvironmentMin: limit(1, 'requests', 'Smallest limit on the concurrent requests of an environment', LMI_CONFIG),
  concurrencyPerEnvironmentMax: limit(1600, 'requests', 'Largest limit on the concurrent requests of an environment', LMI_CONFIG),
  timeoutMax: limit(5400, 's', 'Longest timeout of a function on managed instances', `${API}/API_CreateFunction.html`),
  synchronousTimeoutMax: limit(900, 's', 'Longest timeout without a capacity provider, and of any synchronous call', `${API}/API_CreateFunction.html`),
  ephemeralStorageMax: limit(32768, 'MB', 'Largest /tmp in the API model', BOTOCORE),
  ephemeralStorageDocumentedMax: limit(10240, 'MB', 'Largest /tmp in the documentation', `${API}/API_CreateFunction.html`),
  executionEnvironmentsMax: limit(15000, 'environments', 'Largest minimum or maximum of environments for a version', BOTOCORE),
  versionsPerProviderMax: limit(100, 'versions', 'Most function versions on a capacity provider, which AWS does not raise', `${GUIDE}/lambda-managed-instances-quotas.html`),
  subnetsMax: limit(16, 'subnets', 'Most subnets of a capacity provider', BOTOCORE),
  securityGroupsMax: limit(5, 'security groups', 'Most security groups of a capacity provider', BOTOCORE),
  providerNameMax: limit(140, 'characters', 'Longest name of a capacity provider, and longest ARN by which a function refers to it', LMI_CONFIG),
  instanceTypesMax: limit(400, 'entries', 'Most allowed or excluded instance types', BOTOCORE),
  vCpuCountMin: limit(2, 'vCPUs', 'Smallest vCPU ceiling of a capacity provider in the API model', `${API}/API_CapacityProviderScalingConfig.html`),
  vCpuCountProvenMin: limit(12, 'vCPUs', 'Smallest vCPU ceiling that CDK itself lets through', CDK),
  vCpuCountMax: limit(15000, 'vCPUs', 'Largest vCPU ceiling of a capacity provider', `${API}/API_CapacityProviderScalingConfig.html`),
  vCpuCountDefault: limit(400, 'vCPUs', 'The vCPU ceiling where none is given', `${GUIDE}/lambda-managed-instances-capacity-providers.html`),
  scalingPoliciesMax: limit(10, 'policies', 'Most scaling policies of a capacity provider', BOTOCORE),
  providersPerStackMax: limit(10, 'capacity providers', 'Most capacity providers of a stack before the limit of one write call a second is felt', `${GUIDE}/lambda-managed-instances-quotas.html`),
  scalingTargetHeadroomMax: limit(80, '%', 'Highest target for the CPU utilisation that still leaves room for bursts', `${GUIDE}/lambda-managed-instances-scaling.html`),
  tagKeyMax: limit(128, 'characters', 'Longest key of a tag that reaches instances', BOTOCORE),
  tagValueMax: limit(256, 'characters', 'Longest value of a tag that reaches instances', BOTOCORE),
  propagatedTagsMax: limit(40, 'tags', 'Most tags that reach instances, volumes and network interfaces', `${GUIDE}/lambda-managed-instances-tag-propagation.html`),
} satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

/** The numbers alone, as the rules use them. */
export type LimitValues = Readonly<Record<LimitName, number>>;

/** The value of each limit as of the date in the table. */
export const CURRENT_LIMITS = Object.fromEntries(
  Object.entries(LIMITS).map(([name, { value }]) => [name, value]),
) as LimitValues;

function limit(value: number, unit: string, what: string, source: string): Limit {
  return { value, unit, what, source, date: READ };
}
