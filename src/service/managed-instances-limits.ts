import { CURRENT_LIMITS, LimitValues } from './limits';
import { Problem } from './problem';

/**
 * Limits to use instead of the library's, for instance because AWS has raised one.
 *
 * RULES.md lists what each limit applies to, and the source of its present value.
 */
export interface ManagedInstancesLimitsOverrides {
  /**
   * The smallest memory of a function on managed instances, in MB.
   *
   * @default 2048
   */
  readonly functionMemoryMin?: number;

  /**
   * The largest memory of a function on managed instances, in MB.
   *
   * @default 32768
   */
  readonly functionMemoryMax?: number;

  /**
   * The largest memory of a function without a capacity provider, in MB.
   *
   * @default 10240
   */
  readonly standardMemoryMax?: number;

  /**
   * The most concurrent requests for each vCPU of an environment.
   *
   * @default 64
   */
  readonly concurrencyPerVCpuMax?: number;

  /**
   * The smallest limit on the concurrent requests of an environment.
   *
   * @default 1
   */
  readonly concurrencyPerEnvironmentMin?: number;

  /**
   * The largest limit on the concurrent requests of an environment.
   *
   * @default 1600
   */
  readonly concurrencyPerEnvironmentMax?: number;

  /**
   * The longest timeout of a function on managed instances, in seconds.
   *
   * @default 5400
   */
  readonly timeoutMax?: number;

  /**
   * The longest timeout of a function without a capacity provider, and of any synchronous call, in seconds.
   *
   * @default 1800
   */
  readonly synchronousTimeoutMax?: number;

  /**
   * The smallest /tmp, and its size unless the function sets one, in MB.
   *
   * @default 512
   */
  readonly ephemeralStorageMin?: number;

  /**
   * The largest /tmp of a function with a GPU, in MB.
   *
   * @default 32768
   */
  readonly ephemeralStorageMax?: number;

  /**
   * The largest /tmp of a function without a GPU, in MB.
   *
   * @default 10240
   */
  readonly ephemeralStorageDocumentedMax?: number;

  /**
   * The largest minimum or maximum of environments for a version.
   *
   * @default 15000
   */
  readonly executionEnvironmentsMax?: number;

  /**
   * The most function versions on a capacity provider; AWS does not raise this limit.
   *
   * @default 100
   */
  readonly versionsPerProviderMax?: number;

  /**
   * The number of function versions on a capacity provider at which you are warned that the limit is near.
   * This is a threshold of the library, not of AWS: beyond it, you get a warning.
   *
   * @default 80
   */
  readonly versionsPerProviderNear?: number;

  /**
   * The most subnets of a capacity provider.
   *
   * @default 16
   */
  readonly subnetsMax?: number;

  /**
   * The most security groups of a capacity provider.
   *
   * @default 5
   */
  readonly securityGroupsMax?: number;

  /**
   * The longest name of a capacity provider, and the longest ARN by which a function refers to it, in characters.
   *
   * @default 140
   */
  readonly providerNameMax?: number;

  /**
   * The most allowed or excluded instance types.
   *
   * @default 400
   */
  readonly instanceTypesMax?: number;

  /**
   * The smallest vCPU ceiling of a capacity provider, according to the API model.
   *
   * @default 2
   */
  readonly vCpuCountMin?: number;

  /**
   * The smallest vCPU ceiling that CDK itself accepts.
   *
   * @default 12
   */
  readonly vCpuCountProvenMin?: number;

  /**
   * The largest vCPU ceiling of a capacity provider.
   *
   * @default 15000
   */
  readonly vCpuCountMax?: number;

  /**
   * The vCPU ceiling of a capacity provider that sets none.
   *
   * @default 400
   */
  readonly vCpuCountDefault?: number;

  /**
   * The most scaling policies of a capacity provider.
   *
   * @default 10
   */
  readonly scalingPoliciesMax?: number;

  /**
   * The most capacity providers in a stack before the limit of one write call a second slows its deployment.
   * This is a threshold of the library, not of AWS: beyond it, you get a warning.
   *
   * @default 10
   */
  readonly providersPerStackMax?: number;

  /**
   * The highest target for the CPU utilisation that leaves room for bursts, in percent.
   * This is a threshold of the library, not of AWS: beyond it, you get a warning.
   *
   * @default 80
   */
  readonly scalingTargetHeadroomMax?: number;

  /**
   * The longest key of a tag that reaches instances, in characters.
   *
   * @default 128
   */
  readonly tagKeyMax?: number;

  /**
   * The longest value of a tag that reaches instances, in characters.
   *
   * @default 256
   */
  readonly tagValueMax?: number;

  /**
   * The most tags that reach instances, volumes and network interfaces.
   *
   * @default 40
   */
  readonly propagatedTagsMax?: number;

  /**
   * Identifiers of further runtimes that managed instances support and that the library doesn't know yet, such as `ruby4.0`.
   *
   * @default - none
   */
  readonly supportedRuntimes?: string[];

  /**
   * Further Regions that have managed instances and that the library doesn't know yet, such as `il-central-1`.
   *
   * @default - none
   */
  readonly supportedRegions?: string[];

  /**
   * Further sizes of GPU memory, in GB, that a function can request and that the library doesn't know yet.
   *
   * @default - none
   */
  readonly supportedGpuMemorySizes?: number[];
}

/** All limits that the rules compare with. */
export interface Limits extends LimitValues {
  readonly supportedRuntimes: string[];
  readonly supportedRegions: string[];
  readonly supportedGpuMemorySizes: number[];
}

/**
 * The limits of Lambda Managed Instances that the checks compare with. The library has a dated table of them, and you can override a limit without
 * waiting for a release.
 *
 * ```ts
 * new ManagedInstances(this, 'Fleet', {
 *   limits: ManagedInstancesLimits.CURRENT.withOverrides({ functionMemoryMax: 65536 }),
 * });
 * ```
 */
export class ManagedInstancesLimits {
  /**
   * The limits in AWS's documentation, as of the dates in RULES.md.
   */
  public static readonly CURRENT = new ManagedInstancesLimits({
    ...CURRENT_LIMITS,
    supportedRuntimes: [],
    supportedRegions: [],
    supportedGpuMemorySizes: [],
  });

  /**
   * The values for the rules.
   *
   * @internal
   */
  public readonly _values: Limits;

  /**
   * The mistakes in the overrides. The construct that uses them reports them.
   *
   * @internal
   */
  public readonly _problems: Problem[];

  private constructor(values: Limits, problems: Problem[] = []) {
    this._values = values;
    this._problems = problems;
  }

  /**
   * Returns these limits with some of them changed.
   */
  public withOverrides(overrides: ManagedInstancesLimitsOverrides): ManagedInstancesLimits {
    const given = Object.entries(overrides).filter(([, value]) => value !== undefined && value !== null);
    const problems = given.map(([name, value]) => problemOf(name, value)).filter((problem) => problem !== undefined);
    const possible = given.filter(([name, value]) => problemOf(name, value) === undefined);
    return new ManagedInstancesLimits({ ...this._values, ...Object.fromEntries(possible) }, [...this._problems, ...problems]);
  }
}

/** The limits that are lists, with the type of their entries. */
const LISTS: Record<string, string> = { supportedRuntimes: 'string', supportedRegions: 'string', supportedGpuMemorySizes: 'number' };

/** Reports a limit that the library doesn't know, or a value that can't be compared with. */
function problemOf(name: string, value: unknown): Problem | undefined {
  const property = `limits.${name}`;
  if (name in LISTS) {
    if (Array.isArray(value) && value.every((entry) => typeof entry === LISTS[name])) return undefined;
    return { property, allowed: `must be a list of ${LISTS[name]}s`, found: String(value), remedy: 'list what AWS supports now, or leave it out' };
  }
  if (!(name in CURRENT_LIMITS)) {
    return { property, allowed: 'must be a limit that the library knows', found: 'an unknown name', remedy: 'look up the name in ManagedInstancesLimitsOverrides' };
  }
  if (typeof value === 'number' && value >= 0) return undefined;
  return { property, allowed: 'must be a number of at least 0', found: String(value), remedy: 'use the number that AWS documents now, or leave it out' };
}
