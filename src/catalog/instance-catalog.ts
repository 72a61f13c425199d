import { InstanceType, parseTable } from './instance-type';
import { AcceptedInstances, ACCEPTED_INSTANCES_2026_08 } from '../service/accepted-instances';
import { InstanceArchitecture } from '../service/architectures';

/**
 * EC2's instance types as of one month, and which of them Lambda is assumed to accept.
 *
 * A version never changes within a major release of this library, so that an upgrade doesn't select other types: that
 * would replace a live capacity provider. A catalogue has the types of categories C, M, R, T, G, P, Inf and Trn, and is
 * loaded only when something is selected from it.
 */
export class InstanceCatalog {
  /**
   * EC2 as of August 2026.
   */
  public static readonly V2026_08 = new InstanceCatalog(
    '2026-08',
    ACCEPTED_INSTANCES_2026_08,
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load the table for everybody
    () => require('./instance-types-2026-08').TABLE,
  );

  /**
   * EC2 as of November 2026: the types of August, plus R9g, R9gd and the size metal-24xl of M9g and M9gd. Plans and prices always use the
   * newest catalogue.
   */
  public static readonly V2026_11 = new InstanceCatalog(
    '2026-11',
    // AWS has published nothing new about the types that Lambda accepts.
    ACCEPTED_INSTANCES_2026_08,
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load the tables for everybody
    () => `${require('./instance-types-2026-08').TABLE.trimEnd()}${require('./instance-types-2026-11').TABLE}`,
  );

  /**
   * The newest catalogue, in which plans and prices look types up. Selections don't depend on it.
   *
   * @internal
   */
  public static readonly _NEWEST = InstanceCatalog.V2026_11;

  /**
   * The year and month of the data.
   */
  public readonly version: string;

  private readonly accepted: AcceptedInstances;
  private readonly load: () => string;
  private types?: ReadonlyMap<string, InstanceType>;
  private architectures?: ReadonlyMap<string, InstanceArchitecture>;

  private constructor(version: string, accepted: AcceptedInstances, load: () => string) {
    this.version = version;
    this.accepted = accepted;
    this.load = load;
  }

  /**
   * All types.
   *
   * @internal
   */
  public _all(): InstanceType[] {
    return [...this.byName().values()];
  }

  /**
   * Returns the type of a name. Undefined if it isn't known.
   *
   * @internal
   */
  public _find(name: string): InstanceType | undefined {
    return this.byName().get(name);
  }

  /**
   * The types that run functions without a GPU, according to AWS's statements about families and sizes. Doubtful types are left out.
   *
   * @internal
   */
  public _forFunctions(): InstanceType[] {
    return this._all().filter((type) => this._isProven(type) && !this._isSmall(type.category, type.size));
  }

  /**
   * Whether the type belongs to a family that Lambda is assumed to accept.
   *
   * @internal
   */
  public _isProven(type: InstanceType): boolean {
    const { categories, oldestGeneration } = this.accepted;
    return categories.includes(type.category) && type.generation >= oldestGeneration && !type.isFlex && !type.isMetal;
  }

  /**
   * The types that run functions with a GPU, as far as can be inferred.
   *
   * @internal
   */
  public _forGpuFunctions(): InstanceType[] {
    const { gpuCategories, gpuMaker } = this.accepted;
    return this._all().filter((type) => (
      gpuCategories.includes(type.category) && type.gpu?.maker === gpuMaker && type.architecture === 'x86_64' && !type.isMetal
    ));
  }

  /**
   * Whether a size is smaller than any that AWS has named for the category.
   *
   * @internal
   */
  public _isSmall(category: string, size: string): boolean {
    const { smallSizes } = this.accepted;
    return smallSizes.all.includes(size) || (smallSizes[category] ?? []).includes(size);
  }

  /**
   * Whether Lambda chooses from the category by itself.
   *
   * @internal
   */
  public _isCategory(category: string): boolean {
    return this.accepted.categories.includes(category);
  }

  /**
   * Whether Lambda refuses the category.
   *
   * @internal
   */
  public _isRefused(category: string): boolean {
    return this.accepted.refusedCategories.includes(category);
  }

  /**
   * Returns the architecture of a type, or of all sizes of a family (`c8g.*`). A new size has the architecture of its family. Undefined if the family
   * isn't known, because its name alone would allow only a guess.
   *
   * @internal
   */
  public _architectureOf(entry: string): InstanceArchitecture | undefined {
    this.architectures ??= new Map(this._all().map(({ name, architecture }) => [familyOf(name)!, architecture]));
    return this.architectures.get(familyOf(entry) ?? '');
  }

  private byName(): ReadonlyMap<string, InstanceType> {
    return this.types ??= new Map(parseTable(this.load()).map((type) => [type.name, type]));
  }
}

function familyOf(entry: string): string | undefined {
  return /^([^.*]+)\./.exec(entry)?.[1];
}
