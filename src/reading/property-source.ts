import { nameOf } from './expression';
import { Fact, isKnown, UNKNOWN } from './fact';
import { jsonOf } from './json-text';
import { Text } from './text';
import { assume } from './worlds';

/** The depth at which reading stops. Only a template that is built to exhaust readers is deeper. */
const DEEPEST_LEAF = 50;
const MOST_BLOCKS = 10_000;

/** A resource that a property refers to, and the text after the reference: `:$LATEST` in `<arn of a function>:$LATEST`. */
export interface Reference {
  /** The key of the resource (see `ResourceView.key`). Undefined if the resource isn't in the app. */
  readonly key?: object;
  /** The attribute that is referred to, such as `Arn`, or `Ref` for the resource itself. */
  readonly attribute?: string;
  /** The text around the reference, or the whole text if there is no reference. */
  readonly text: string;
}

/**
 * The properties of one resource, on an L1 construct or in a template. Paths are in the L1's words (`memorySize`), which differ from the template's
 * (`MemorySize`) only in the first letter.
 *
 * Expressions are computed as far as possible. If a condition or a parameter decides the value, it is unknown, unless the caller reads in each world
 * (see worlds.ts).
 */
export abstract class PropertySource {
  /** Returns the value at the path. `UNKNOWN` if the value, or an object around it, is known only at deployment. */
  protected abstract read(path: string[]): Fact<unknown>;

  /** Returns the value at the path: a plain value, or a `Text` if it is known only at deployment. */
  protected abstract value(path: string[]): unknown;

  /** Returns the properties inside a value, for reading the entries of a list. */
  protected abstract inside(value: unknown): PropertySource;

  // These methods run about sixty times for each function of an app, so they use no helpers and no closures.
  public number(...path: string[]): Fact<number> {
    const value = this.read(path);
    if (value === undefined || typeof value === 'number') return value;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
    return Number.isNaN(number) ? UNKNOWN : number;
  }

  public string(...path: string[]): Fact<string> {
    const value = this.read(path);
    return value === undefined || typeof value === 'string' ? value : UNKNOWN;
  }

  public boolean(...path: string[]): Fact<boolean> {
    const value = this.read(path);
    if (value === undefined || typeof value === 'boolean') return value;
    return value === 'true' || (value === 'false' ? false : UNKNOWN);
  }

  /** Returns a list of strings, of which single entries may be unknown. */
  public strings(...path: string[]): Fact<Fact<string>[]> {
    const items = this.items(...path);
    return isKnown(items) ? items.map((item) => item.string()) : items;
  }

  /** Returns the entries of a list, each with its own properties. */
  public items(...path: string[]): Fact<PropertySource[]> {
    const value = this.read(path);
    if (value === undefined) return undefined;
    return Array.isArray(value) ? value.map((item) => this.inside(item)) : UNKNOWN;
  }

  /** Returns the entries of a list, or a single value as a list of one, as policies allow. */
  public entries(...path: string[]): Fact<PropertySource[]> {
    const value = this.read(path);
    return isKnown(value) ? (Array.isArray(value) ? value : [value]).map((item) => this.inside(item)) : value;
  }

  /** Whether there is a value at the path, known or not. */
  public has(...path: string[]): boolean {
    return this.read(path) !== undefined;
  }

  /**
   * Whether the block or list at the path isn't empty. A list that is known only at deployment counts as not empty, because an empty one would be
   * left out.
   */
  public filled(...path: string[]): Fact<boolean> {
    const value = this.read(path);
    if (value === UNKNOWN) {
      const text = this.value(path);
      return text instanceof Text && !text.mayBeNothing ? true : UNKNOWN;
    }
    if (!isKnown(value)) return value;
    return typeof value === 'object' && value !== null ? Object.values(value).some((entry) => entry !== undefined) : true;
  }

  /** Returns a fixed name, or words for it if the name is complete only at deployment. */
  public fixedName(...path: string[]): Fact<string> {
    const name = this.read(path);
    if (name !== UNKNOWN) return typeof name === 'object' ? UNKNOWN : (name === undefined ? undefined : String(name));
    return this.filled(...path) === true ? 'a name that is known only at deployment' : UNKNOWN;
  }

  /** Returns the resource that the value at the path refers to. */
  public reference(...path: string[]): Fact<Reference> {
    const value = this.value(path);
    if (value === undefined || typeof value === 'string') return value === undefined ? undefined : { text: value };
    const resource = value instanceof Text ? value.resource() : undefined;
    return resource ? { key: resource.key, attribute: resource.attribute, text: (value as Text).around() } : UNKNOWN;
  }

  /** Returns the texts at the path, also within lists and blocks. They are plain strings, or contain references. */
  public leaves(...path: string[]): (string | Text)[] {
    return this.leavesAt(path, 0);
  }

  /**
   * Returns the value at the path as a text. `${…}`, without colons and slashes inside, stands for parts that are known only at deployment. Equal
   * texts are equal values.
   */
  public text(...path: string[]): Fact<string> {
    const value = this.value(path);
    if (value === undefined) return undefined;
    return typeof value === 'object' && !(value instanceof Text) ? UNKNOWN : String(value);
  }

  /** Returns the entries of an object with names that the user chose, each as a text. */
  public texts(...path: string[]): Readonly<Record<string, string>> {
    const value = this.value(path);
    if (typeof value !== 'object' || value === null || value instanceof Text) return {};
    return Object.fromEntries(Object.entries(value).flatMap(([name, entry]) => {
      const text = this.inside(entry).text();
      return typeof text === 'string' ? [[name, text] as const] : [];
    }));
  }

  /** Returns a text that is the same for equal values of any type, even if they are known only at deployment. */
  public identity(): string {
    const value = this.value([]);
    return value instanceof Text ? String(value) : nameOf(value, 0, { blocks: MOST_BLOCKS });
  }

  /** Returns the JSON document in the text at the path. Unknown if it can't be read. */
  public json(...path: string[]): Fact<PropertySource> {
    const value = this.value(path);
    if (value === undefined) return undefined;
    const document = jsonOf(value);
    return document === undefined ? UNKNOWN : this.inside(document);
  }

  /** Returns all resources that the texts at the path refer to, each with the text that follows the reference. */
  public references(...path: string[]): ReturnType<Text['references']> {
    return this.leaves(...path).flatMap((leaf) => (leaf instanceof Text ? leaf.references() : []));
  }

  private blocksAt(path: string[], level: number): PropertySource[] {
    const value = this.value(path);
    if (typeof value !== 'object' || value === null || value instanceof Text || level === DEEPEST_LEAF) return [];
    const inner = Object.values(value).flatMap((entry) => this.inside(entry).blocksAt([], level + 1));
    return Array.isArray(value) ? inner : [this.inside(value), ...inner];
  }

  private leavesAt(path: string[], level: number): (string | Text)[] {
    const value = this.value(path);
    if (value instanceof Text || typeof value === 'string') return [value];
    if (typeof value !== 'object' || value === null || level === DEEPEST_LEAF) return [];
    return Object.values(value).flatMap((entry) => this.inside(entry).leavesAt([], level + 1));
  }

  /** Returns the block at the path and all blocks inside it, also within lists. */
  public blocks(...path: string[]): PropertySource[] {
    return this.blocksAt(path, 0);
  }

  /** Returns the default for a value that isn't written if defaults are assumed; otherwise unknown. */
  public assumed<T>(value: T, words: string): Fact<T> {
    return assume(value, words);
  }
}
