import { Token } from 'aws-cdk-lib';
import { Fact, isKnown, mapFact, UNKNOWN } from './fact';

/**
 * The properties of one resource, wherever they stand: on an L1 construct or in a template. Paths are in the
 * L1's words (`memorySize`), which are the template's (`MemorySize`) but for the first letter.
 */
export abstract class PropertySource {
  /** A text that is the same for equal values, also where the value is a token. */
  protected abstract identity(): string;

  /** The value at the path, `UNKNOWN` where it, or an object around it, is a token. */
  protected abstract read(path: string[]): Fact<unknown>;

  public number(...path: string[]): Fact<number> {
    return mapFact<unknown, number>(this.read(path), (value) => {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      return typeof number === 'number' && !Number.isNaN(number) ? number : UNKNOWN;
    });
  }

  public string(...path: string[]): Fact<string> {
    return mapFact<unknown, string>(this.read(path), (value) => (typeof value === 'string' ? value : UNKNOWN));
  }

  public boolean(...path: string[]): Fact<boolean> {
    return mapFact<unknown, boolean>(this.read(path), (value) => {
      if (typeof value === 'string') return value === 'true' || (value === 'false' ? false : UNKNOWN);
      return typeof value === 'boolean' ? value : UNKNOWN;
    });
  }

  /** A list of strings; single entries may be unknown. */
  public strings(...path: string[]): Fact<Fact<string>[]> {
    return mapFact<PropertySource[], Fact<string>[]>(this.items(...path), (items) => items.map((item) => item.string()));
  }

  /** A text for each entry of a list that is the same for equal entries, also for those that are tokens. */
  public identities(...path: string[]): Fact<string[]> {
    return mapFact<PropertySource[], string[]>(this.items(...path), (items) => items.map((item) => item.identity()));
  }

  /** The entries of a list, each with properties of its own. */
  public abstract items(...path: string[]): Fact<PropertySource[]>;

  /** Whether anything stands at the path, known or not. */
  public has(...path: string[]): boolean {
    return this.read(path) !== undefined;
  }
}

/**
 * Reads the values that were given to an L1, as they are: resolving each would cost more than the rest of
 * the synthesis. Of several layers, the first that has the property counts: changes to come lie over the L1.
 */
export class ConstructProperties extends PropertySource {
  private readonly layers: unknown[];

  constructor(...layers: unknown[]) {
    super();
    this.layers = layers;
  }

  public items(...path: string[]): Fact<PropertySource[]> {
    return mapFact<unknown, PropertySource[]>(this.read(path), (value) => (
      Array.isArray(value) ? value.map((item) => new ConstructProperties(item)) : UNKNOWN
    ));
  }

  protected identity(): string {
    return String(this.layers[0]);
  }

  protected read(path: string[]): Fact<unknown> {
    if (path.length === 0) return known(this.layers[0]);
    const layer = this.layers.find((candidate) => valueAt(candidate, path[0]) !== undefined);
    return path.reduce<Fact<unknown>>((around, name) => (isKnown(around) ? valueAt(around, name) : around), layer);
  }
}

function valueAt(object: unknown, name: string): Fact<unknown> {
  return known((object as Record<string, unknown>)[name]);
}

function known(value: unknown): Fact<unknown> {
  return Token.isUnresolved(value) ? UNKNOWN : value ?? undefined;
}

/** Reads the properties of a resource in a template. What an intrinsic function gives is unknown. */
export class TemplateProperties extends PropertySource {
  constructor(private readonly properties: unknown) {
    super();
  }

  public items(...path: string[]): Fact<PropertySource[]> {
    return mapFact<unknown, PropertySource[]>(this.read(path), (value) => (
      Array.isArray(value) ? value.map((item) => new TemplateProperties(item)) : UNKNOWN
    ));
  }

  protected identity(): string {
    return JSON.stringify(this.properties);
  }

  protected read(path: string[]): Fact<unknown> {
    return path.reduce<Fact<unknown>>((around, name) => (
      isKnown(around) ? withoutIntrinsic((around as Record<string, unknown>)[name[0].toUpperCase() + name.slice(1)]) : around
    ), withoutIntrinsic(this.properties));
  }
}

function withoutIntrinsic(value: unknown): Fact<unknown> {
  const isIntrinsic = typeof value === 'object' && value !== null && Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
  return isIntrinsic ? UNKNOWN : value ?? undefined;
}
