import { Fact, isKnown, UNKNOWN } from './fact';
import { functionReference, isManaged, providerKey } from './lambda-references';
import { ALIAS, CAPACITY_PROVIDER, FUNCTION, ResourceView, ROLE, VERSION } from './resource-view';
import { FEATURES } from '../service/features';

/** The resources of an app and what they refer to. */
export class ResourceGraph<View extends ResourceView> {
  private readonly byKey = new Map<object, View>();
  private hasRoles = false;
  private readonly versions = new Map<object, View[]>();

  constructor(public readonly resources: View[]) {
    for (const resource of resources) {
      this.byKey.set(resource.key, resource);
      if (resource.type === ROLE) this.hasRoles = true;
    }
    for (const resource of resources) {
      if (resource.type === VERSION) this.note(resource, this.functionOf(resource));
    }
  }

  public has(key: object): boolean {
    return this.byKey.has(key);
  }

  public ofType(type: string): View[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The function on a capacity provider that a version, an alias or a trigger belongs to, also by way of a version or an alias. */
  public managedFunctionOf(resource: ResourceView): View | undefined {
    const fn = this.functionOf(resource);
    return fn && isManaged(fn) ? fn : undefined;
  }

  /** The capacity provider of a function, where it is in the app. */
  public providerOf(fn: ResourceView): View | undefined {
    const key = providerKey(fn);
    const provider = key && this.byKey.get(key);
    return provider?.type === CAPACITY_PROVIDER ? provider : undefined;
  }

  /** The functions on a capacity provider of the app. */
  public functionsOn(provider: ResourceView): View[] {
    return this.ofType(FUNCTION).filter((fn) => this.providerOf(fn)?.key === provider.key);
  }

  /** The numbered versions of a function that the app publishes. */
  public numberedVersionsOf(fn: ResourceView): View[] {
    return this.versions.get(fn.key) ?? [];
  }

  /** Whether the role of a function can be assumed by Lambda@Edge. */
  public runsAtEdge(fn: ResourceView): Fact<boolean> {
    if (!this.hasRoles) return UNKNOWN;
    const reference = fn.properties.reference('role');
    const role = isKnown(reference) && reference.key ? this.byKey.get(reference.key) : undefined;
    if (role?.type !== ROLE) return UNKNOWN;
    const statements = role.properties.items('assumeRolePolicyDocument', 'statement');
    if (!isKnown(statements)) return UNKNOWN;
    return statements.some((statement) => {
      const services = statement.strings('principal', 'service');
      return isKnown(services) ? services.includes(FEATURES.edgePrincipal) : statement.string('principal', 'service') === FEATURES.edgePrincipal;
    });
  }

  private functionOf(resource: ResourceView): View | undefined {
    const reference = functionReference(resource);
    const target = isKnown(reference) && reference.key ? this.byKey.get(reference.key) : undefined;
    if (target?.type === FUNCTION) return target;
    return target && [VERSION, ALIAS].includes(target.type) ? this.functionOf(target) : undefined;
  }

  private note(version: View, fn: ResourceView | undefined): void {
    if (fn) this.versions.set(fn.key, [...this.numberedVersionsOf(fn), version]);
  }
}
