import { Fact, isKnown, UNKNOWN } from './fact';
import { functionNaming, isManaged, LMI, scalingInput } from './lambda-references';
import { namesOf, resourceNamed } from './named-resources';
import { Reference } from './property-source';
import { ALIAS, CAPACITY_PROVIDER, FUNCTION, ResourceView, ROLE, SCALING_TYPES, SCHEDULE, VERSION } from './resource-view';
import { inAnyWorld } from './worlds';
import { FEATURES } from '../service/features';

/**
 * The resources of an app and their references to each other.
 *
 * References, and conditions on resources, are evaluated in the current world (see worlds.ts). The caches here hold in all worlds.
 */
export class ResourceGraph<View extends ResourceView> {
  private readonly byKey = new Map<object, View>();
  private readonly byType = new Map<string, View[]>();
  private readonly namesByType = new Map<string, Map<string, View[]>>();
  private versions?: Map<object, View[]>;
  private scalingSchedules?: Map<object, View[]>;
  private functions?: Map<object, View[]>;

  /**
   * @param resources the resources of the app
   * @param readScalers reads the resources that may change the number of environments, if they aren't among `resources`. They are seldom needed
   */
  constructor(public readonly resources: View[], private readonly readScalers?: () => View[]) {
    for (const resource of resources) {
      this.byKey.set(resource.key, resource);
      const alike = this.byType.get(resource.type);
      if (alike) alike.push(resource);
      else this.byType.set(resource.type, [resource]);
    }
  }

  public has(key: object): boolean {
    return this.byKey.has(key);
  }

  /** Returns the resource of a key, if it is in the app. */
  public resource(key: object | undefined): View | undefined {
    return key && this.byKey.get(key);
  }

  /** The resources that may change the number of environments of a function, or allow others to (see scaling-permissions.ts). */
  public get scalers(): readonly View[] {
    return this.readScalers?.() ?? [...this.byType].flatMap(([type, resources]) => (SCALING_TYPES.has(type) ? resources : []));
  }

  public ofType(type: string): readonly View[] {
    return this.byType.get(type) ?? [];
  }

  /**
   * Returns the resource of a type that a property refers to by a reference, by ARN or, if the property takes a name, by name. `path` begins at the
   * properties of `resource`.
   */
  public referredTo(type: string, resource: ResourceView, ...path: string[]): View | undefined {
    const reference = resource.properties.reference(...path);
    if (isKnown(reference) && reference.key) {
      const target = this.resource(reference.key);
      return target?.type === type ? target : undefined;
    }
    return this.named(type, resource.properties.text(...path), resource);
  }

  /** Returns the resource of any type that a reference points to. A literal name or ARN isn't looked up. */
  public target(reference: Fact<Reference>): View | undefined {
    return isKnown(reference) ? this.resource(reference.key) : undefined;
  }

  /** Returns the resource of a type that a literal name or ARN means, as seen from another resource. */
  public named(type: string, nameOrArn: Fact<string>, from: ResourceView): View | undefined {
    return isKnown(nameOrArn) ? resourceNamed(type, nameOrArn, from, this.names(type)) : undefined;
  }

  /** Returns the function that a version, an alias or a trigger belongs to, directly or through a version or an alias. */
  public functionOf(resource: ResourceView): View | undefined {
    return this.functionBehind(resource, 0);
  }

  /** Returns the function that a resource belongs to, if it is on a capacity provider. */
  public managedFunctionOf(resource: ResourceView): View | undefined {
    const fn = this.functionOf(resource);
    return fn && isManaged(fn) ? fn : undefined;
  }

  /** Returns the capacity provider of a function, if it is in the app. */
  public providerOf(fn: ResourceView): View | undefined {
    return this.referredTo(CAPACITY_PROVIDER, fn, ...LMI, 'capacityProviderArn');
  }

  /** Returns the functions on a capacity provider of the app. */
  public functionsOn(provider: ResourceView): View[] {
    this.functions ??= this.referrers(FUNCTION, (fn) => this.providerOf(fn));
    return this.hereAnd(this.functions.get(provider.key), (fn) => this.providerOf(fn)?.key === provider.key);
  }

  /** Returns the numbered versions of a function that the app publishes. */
  public numberedVersionsOf(fn: ResourceView): View[] {
    this.versions ??= this.referrers(VERSION, (version) => this.functionOf(version));
    return this.hereAnd(this.versions.get(fn.key), (version) => this.functionOf(version)?.key === fn.key);
  }

  /** Returns the schedules that change the execution environments of a function. */
  public scalingSchedulesOf(fn: ResourceView): View[] {
    if (this.ofType(SCHEDULE).length === 0) return [];
    const scaled = (schedule: View) => (scalingInput(schedule) ? this.functionOf(schedule) : undefined);
    this.scalingSchedules ??= this.referrers(SCHEDULE, scaled);
    return this.hereAnd(this.scalingSchedules.get(fn.key), (schedule) => scaled(schedule)?.key === fn.key);
  }

  /** Whether Lambda@Edge can assume the role of a function. */
  public runsAtEdge(fn: ResourceView): Fact<boolean> {
    if (this.ofType(ROLE).length === 0) return UNKNOWN;
    const role = this.referredTo(ROLE, fn, 'role');
    const statements = role?.properties.items('assumeRolePolicyDocument', 'statement');
    if (!isKnown(statements)) return UNKNOWN;
    return statements.some((statement) => {
      const services = statement.strings('principal', 'service');
      return isKnown(services) ? services.includes(FEATURES.edgePrincipal) : statement.string('principal', 'service') === FEATURES.edgePrincipal;
    });
  }

  /** Returns the function behind a resource. The steps are limited, because aliases may form a circle in a template that was never deployed. */
  private functionBehind(resource: ResourceView, steps: number): View | undefined {
    const { holder, path } = functionNaming(resource);
    const reference = holder.reference(...path);
    const target = isKnown(reference) && reference.key
      ? this.resource(reference.key)
      : this.named(FUNCTION, holder.text(...path), resource);
    if (target?.type === FUNCTION) return target;
    return target && (target.type === VERSION || target.type === ALIAS) && steps < 3 ? this.functionBehind(target, steps + 1) : undefined;
  }

  /** Returns the resources of a type by the key of the resource that they refer to, in any world. */
  private referrers(type: string, referredTo: (resource: View) => View | undefined): Map<object, View[]> {
    const found = new Map<object, View[]>();
    for (const resource of this.ofType(type)) {
      for (const target of new Set(inAnyWorld(() => referredTo(resource)))) {
        if (!target) continue;
        const others = found.get(target.key);
        if (others) others.push(resource);
        else found.set(target.key, [resource]);
      }
    }
    return found;
  }

  private hereAnd(resources: readonly View[] = [], refers: (resource: View) => boolean): View[] {
    return resources.filter((resource) => resource.isLeftOut !== true && refers(resource));
  }

  private names(type: string): Map<string, View[]> {
    const names = this.namesByType.get(type);
    if (names) return names;
    const made = new Map<string, View[]>();
    this.namesByType.set(type, made);
    for (const resource of this.ofType(type)) {
      for (const name of namesOf(resource)) {
        const others = made.get(name);
        if (others) others.push(resource);
        else made.set(name, [resource]);
      }
    }
    return made;
  }
}
