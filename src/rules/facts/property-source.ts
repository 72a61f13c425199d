import { Fact, isKnown, mapFact, UNKNOWN } from './fact';

/** A resource that a property refers to, and the text behind the reference: `:$LATEST` in `<arn of a function>:$LATEST`. */
export interface Reference {
  /** Stands for the resource (see `ResourceView.key`); undefined where it is not in the app. */
  readonly key?: object;
  /** The text around the reference, or all of it where there is none. */
  readonly text: string;
}

/**
 * The properties of one resource, wherever they stand: on an L1 construct or in a template. Paths are in the
 * L1's words (`memorySize`), which are the template's (`MemorySize`) but for the first letter.
 */
export abstract class PropertySource {
  /** The value at the path, `UNKNOWN` where it, or an object around it, is a token. */
  protected abstract read(path: string[]): Fact<unknown>;

  /** The properties inside a value, to read the entries of a list. */
  protected abstract inside(value: unknown): PropertySource;

  /** The resource that the value at the path refers to. */
  public abstract reference(...path: string[]): Fact<Reference>;

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

  /** The entries of a list, each with properties of its own. */
  public items(...path: string[]): Fact<PropertySource[]> {
    return mapFact<unknown, PropertySource[]>(this.read(path), (value) => (
      Array.isArray(value) ? value.map((item) => this.inside(item)) : UNKNOWN
    ));
  }

  /** Whether anything stands at the path, known or not. */
  public has(...path: string[]): boolean {
    return this.read(path) !== undefined;
  }

  /** Whether the block or list at the path holds anything. */
  public filled(...path: string[]): Fact<boolean> {
    return mapFact<unknown, boolean>(this.read(path), (value) => (
      typeof value === 'object' && value !== null ? Object.values(value).some((entry) => entry !== undefined) : true
    ));
  }
}

/** Follows a path into plain objects. `look` says what is known of a value. */
export function follow(start: Fact<unknown>, path: string[], look: (value: unknown) => Fact<unknown>): Fact<unknown> {
  let value = start;
  for (const name of path) {
    if (!isKnown(value)) return value;
    value = look((value as Record<string, unknown>)[name]);
  }
  return value;
}
