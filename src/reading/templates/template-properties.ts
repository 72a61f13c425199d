import { Fact, isKnown, UNKNOWN } from '../fact';
import { PropertySource, Reference } from '../property-source';

/** Finds what an intrinsic function in a template refers to. */
export type ReferenceFinder = (expression: object) => Reference | undefined;

/** Reads the properties of a resource in a template. What an intrinsic function gives is unknown. */
export class TemplateProperties extends PropertySource {
  constructor(private readonly properties: unknown, private readonly findReference: ReferenceFinder = () => undefined) {
    super();
  }

  public reference(...path: string[]): Fact<Reference> {
    const holder = this.read(path.slice(0, -1));
    if (!isKnown(holder)) return holder;
    const value = (holder as Record<string, unknown>)[inTemplate(path[path.length - 1])];
    if (typeof value === 'string') return { text: value };
    if (typeof value !== 'object' || value === null) return value === undefined ? undefined : UNKNOWN;
    return this.findReference(value) ?? UNKNOWN;
  }

  public identity(): string {
    return JSON.stringify(this.properties);
  }

  protected read(path: string[]): Fact<unknown> {
    let value = this.properties;
    if (isIntrinsic(value)) return UNKNOWN;
    for (const name of path) {
      value = (value as Record<string, unknown> | undefined)?.[inTemplate(name)];
      if (isIntrinsic(value)) return UNKNOWN;
    }
    return value ?? undefined;
  }

  protected inside(value: unknown): PropertySource {
    return new TemplateProperties(value, this.findReference);
  }
}

function inTemplate(name: string): string {
  return name[0].toUpperCase() + name.slice(1);
}

function isIntrinsic(value: unknown): boolean {
  const [key, ...others] = Object.keys(Object(value));
  return others.length === 0 && key !== undefined && (key === 'Ref' || key.startsWith('Fn::'));
}
