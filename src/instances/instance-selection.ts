import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Choice, chooseGpuTypes, chooseTypes } from './choose';
import { GpuRequirements, InstanceRequirements } from './instance-requirements';
import { InstanceCatalog } from '../catalog/instance-catalog';
import { SelectionFacts } from '../rules/provider/selection-facts';

/**
 * Which EC2 instance types a fleet may run on.
 *
 * The selection is fixed when the capacity provider is created: changing it replaces the provider. AWS advises you to leave the choice to Lambda, or
 * to exclude the types that you don't want, since a short list of allowed types is more likely to be out of stock
 * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-capacity-providers.html, read 2026-11-20).
 */
export class InstanceSelection {
  /**
   * Lambda chooses among all types, and uses newer ones as they become available.
   *
   * @param architecture the architecture of the types to choose from; by default that of the attached functions
   */
  public static automatic(architecture?: lambda.Architecture): InstanceSelection {
    return new InstanceSelection((inherited) => ({
      architecture,
      describe: () => `Lambda chooses among all types of ${(architecture ?? inherited)?.name ?? 'the architecture of the attached functions'}`,
    }));
  }

  /**
   * Lambda chooses among Graviton types, for functions built for arm64.
   */
  public static graviton(): InstanceSelection {
    return InstanceSelection.automatic(lambda.Architecture.ARM_64);
  }

  /**
   * Lambda chooses among Intel and AMD types, for functions built for x86_64.
   */
  public static x86(): InstanceSelection {
    return InstanceSelection.automatic(lambda.Architecture.X86_64);
  }

  /**
   * Allows these types only: up to 400 of families C, M and R, all of one architecture, which becomes that of the fleet.
   */
  public static allow(...types: ec2.InstanceType[]): InstanceSelection {
    const filter = lambda.InstanceTypeFilter.allow(types);
    return new InstanceSelection(() => ({
      architecture: sharedArchitecture(types),
      filter,
      describe: () => describeFilter(filter),
      facts: {
        invalid: [],
        remedyIfEmpty: () => 'name types, or use InstanceSelection.automatic()',
        remedyIfLonger: () => 'name fewer, or exclude the others by InstanceSelection.exclude()',
      },
    }));
  }

  /**
   * Allows all types except these. Accepts exact names and patterns with `*`: `m5.large`, `*.metal`.
   */
  public static exclude(...patterns: string[]): InstanceSelection {
    return InstanceSelection.of(lambda.InstanceTypeFilter.exclude(patterns.map((pattern) => new ec2.InstanceType(pattern))));
  }

  /**
   * Selects the types that meet requirements, as a sorted list of at most 400 allowed types. Every release of this library selects the same types,
   * since the catalogue is pinned.
   *
   * ```ts
   * new ManagedInstances(this, 'Fleet', {
   *   instances: InstanceSelection.where({
   *     architecture: lambda.Architecture.ARM_64,
   *     vCpuCountMin: 8,
   *     vCpuCountMax: 16,
   *     memoryPerVCpuMin: cdk.Size.gibibytes(4),
   *     generationMin: 8,
   *   }),
   * });
   * ```
   *
   * If no type meets the requirements, the fleet throws an error that names the nearest types. If more than 400 do, it throws an error
   * that names a requirement to narrow the list.
   */
  public static where(requirements: InstanceRequirements): InstanceSelection {
    return new InstanceSelection((inherited) => chooseTypes(requirements, inherited));
  }

  /**
   * Selects the types whose GPUs have exactly that memory: NVIDIA, x86_64, not bare metal, and one GPU on each instance unless you ask
   * for more.
   *
   * AWS hasn't published which types it uses for functions with a GPU, in which Regions, or at which price: the list is inferred from the GPU memory
   * sizes that a function can request. So few types are more likely to be out of stock than a longer list.
   *
   * ```ts
   * new ManagedInstances(this, 'Fleet', { instances: InstanceSelection.gpu({ memory: GpuMemory.GIB_24 }) });
   * ```
   */
  public static gpu(requirements: GpuRequirements): InstanceSelection {
    return new InstanceSelection(() => chooseGpuTypes(requirements));
  }

  /**
   * Uses CDK's own filter, for selections that the other methods can't express, such as types that the catalogue doesn't know yet.
   */
  public static of(filter: lambda.InstanceTypeFilter, architecture?: lambda.Architecture): InstanceSelection {
    return new InstanceSelection(() => ({ architecture, filter, describe: () => describeFilter(filter) }));
  }

  private readonly choose: (inherited?: lambda.Architecture) => Choice;
  private chosen?: Choice;

  private constructor(choose: (inherited?: lambda.Architecture) => Choice) {
    this.choose = choose;
  }

  /**
   * The architecture that the selection implies.
   */
  public get architecture(): lambda.Architecture | undefined {
    return this.choice.architecture;
  }

  /**
   * The types that are allowed or excluded, if any are named.
   */
  public get filter(): lambda.InstanceTypeFilter | undefined {
    return this.choice.filter;
  }

  /**
   * Describes in a few lines which types are selected and which requirements excluded the others, for printing or logging. If no type is left, the
   * description names the nearest ones.
   */
  public describe(): string {
    return this.choice.describe();
  }

  /**
   * Returns the selection for a fleet of the given architecture.
   *
   * @internal
   */
  public _in(architecture?: lambda.Architecture): InstanceSelection {
    return new InstanceSelection(() => this.choose(architecture));
  }

  /**
   * Returns how the list was made, if the library made it.
   *
   * @internal
   */
  public get _facts(): SelectionFacts | undefined {
    return this.choice.facts;
  }

  /** The choice, made on first use, so that an app that names no types never loads the catalogue. */
  private get choice(): Choice {
    return this.chosen ??= this.choose();
  }
}

function describeFilter({ allowedInstanceTypes: allowed, excludedInstanceTypes: excluded }: lambda.InstanceTypeFilter): string {
  return allowed ? `these types: ${allowed.join(', ')}` : `all types but these: ${excluded?.join(', ')}`;
}

/** Returns the architecture that all types share, as far as their families are known. */
function sharedArchitecture(types: ec2.InstanceType[]): lambda.Architecture | undefined {
  const names = types.map((type) => InstanceCatalog._NEWEST._architectureOf(type.toString()));
  return [lambda.Architecture.ARM_64, lambda.Architecture.X86_64].find((architecture) => names.every((name) => name === architecture.name));
}
