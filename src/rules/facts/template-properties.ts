import { Fact, UNKNOWN } from './fact';
import { follow, PropertySource, Reference } from './property-source';

/** Finds what an intrinsic function in a template refers to. */
export type ReferenceFinder = (expression: object) => Reference | undefined;

/** Reads the properties of a resource in a template. What an intrinsic function gives is unknown. */
export class TemplateProperties extends PropertySource {
  constructor(private readonly properties: unknown, private readonly findReference: ReferenceFinder = () => undefined) {
    super();
  }

  public reference(...path: string[]): Fact<Reference> {
    const value = this.raw(path);
    if (typeof value === 'string') return { text: value };
    if (typeof value !== 'object' || value === null) return value === undefined ? undefined : UNKNOWN;
    return this.findReference(value) ?? UNKNOWN;
  }

  protected read(path: string[]): Fact<unknown> {
    return withoutIntrinsic(this.raw(path));
  }

  protected inside(value: unknown): PropertySource {
    return new TemplateProperties(value, this.findReference);
  }

  private raw(path: string[]): Fact<unknown> {
    const names = path.map((name) => name[0].toUpperCase() + name.slice(1));
    const holder = follow(withoutIntrinsic(this.properties), names.slice(0, -1), withoutIntrinsic);
    if (names.length === 0 || holder === UNKNOWN) return holder;
    return (holder as Record<string, unknown> | undefined)?.[names[names.length - 1]];
  }
}

function withoutIntrinsic(value: unknown): Fact<unknown> {
  const isIntrinsic = typeof value === 'object' && value !== null && Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
  return isIntrinsic ? UNKNOWN : value ?? undefined;
}
