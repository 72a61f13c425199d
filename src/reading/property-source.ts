import { nameOf } from './expression';
import { Fact, isKnown, UNKNOWN } from './fact';
import { jsonOf } from './json-text';
import { Text } from './text';
import { assume } from './worlds';

/** Deeper or more blocks aren't read: only a template made to keep readers busy has them. */
const DEEPEST_LEAF = 50;
const MOST_BLOCKS = 10_000;

/** A resource that a property refers to, and the text behind the reference: `:$LATEST` in `<arn of a function>:$LATEST`. */
export interface Reference {
  /** The key of the resource (see `ResourceView.key`). Undefined if the resource isn't in the app. */
  readonly key?: object;
  /** The attribute that is referred to: `Arn`. `Ref` for the resource itself. */
  readonly attribute?: string;
  /** The text around the reference, or all of it where there is none. */
  readonly text: string;
}

/**
 * The properties of one resource, wherever they stand: on an L1 construct or in a template. Paths are in the
 * L1's words (`memorySize`), which are the template's (`MemorySize`) but for the first letter.
 *
 * Expressions are computed as far as they can be. Where a condition or a parameter decides, the value is unknown,
 * unless somebody reads in each world (see worlds.ts).
 */
export abstract class PropertySource {
  /** The value at the path, `UNKNOWN` where it, or an object around it, is known at deployment only. */
  protected abstract read(path: string[]): Fact<unknown>;

  /** The value at the path: plain, or a `Text` where it is known at deployment only. */
  protected abstract value(path: string[]): unknown;

  /** The properties inside a value, to read the entries of a list. */
  protected abstract inside(value: unknown): PropertySource;

  // These are read some thirty times for each function of an app, twice: hence no helper, no closure.
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

  /** A list of strings; single entries may be unknown. */
  public strings(...path: string[]): Fact<Fact<string>[]> {
    const items = this.items(...path);
    return isKnown(items) ? items.map((item) => item.string()) : items;
  }

  /** The entries of a list, each with properties of its own. */
  public items(...path: string[]): Fact<PropertySource[]> {
    const value = this.read(path);
    if (value === undefined) return undefined;
    return Array.isArray(value) ? value.map((item) => this.inside(item)) : UNKNOWN;
  }

  /** The entries of a list, or the one value that stands for a list of one, as policies have it. */
  public entries(...path: string[]): Fact<PropertySource[]> {
    const value = this.read(path);
    return isKnown(value) ? (Array.isArray(value) ? value : [value]).map((item) => this.inside(item)) : value;
  }

  /** Whether anything stands at the path, known or not. */
  public has(...path: string[]): boolean {
    return this.read(path) !== undefined;
  }

  /** Whether the block or list at the path holds anything. A list that is known at deployment only does: an empty one is left out. */
  public filled(...path: string[]): Fact<boolean> {
    const value = this.read(path);
    if (value === UNKNOWN) {
      const text = this.value(path);
      return text instanceof Text && !text.mayBeNothing ? true : UNKNOWN;
    }
    if (!isKnown(value)) return value;
    return typeof value === 'object' && value !== null ? Object.values(value).some((entry) => entry !== undefined) : true;
  }

  /** A name that somebody gave, in words where only deployment completes it. */
  public fixedName(...path: string[]): Fact<string> {
    const name = this.read(path);
    if (name !== UNKNOWN) return typeof name === 'object' ? UNKNOWN : (name === undefined ? undefined : String(name));
    return this.filled(...path) === true ? 'a name that deployment completes' : UNKNOWN;
  }

  /** The resource that the value at the path refers to. */
  public reference(...path: string[]): Fact<Reference> {
    const value = this.value(path);
    if (value === undefined || typeof value === 'string') return value === undefined ? undefined : { text: value };
    const resource = value instanceof Text ? value.resource() : undefined;
    return resource ? { key: resource.key, attribute: resource.attribute, text: (value as Text).around() } : UNKNOWN;
  }

  /** The texts at the path, in lists and blocks as well: known whole, or with references in them. */
  public leaves(...path: string[]): (string | Text)[] {
    return this.leavesAt(path, 0);
  }

  /**
   * The value at the path as a text. `${…}`, without colons and slashes in it, stands for what only deployment knows; equal texts
   * are equal values.
   */
  public text(...path: string[]): Fact<string> {
    const value = this.value(path);
    if (value === undefined) return undefined;
    return typeof value === 'object' && !(value instanceof Text) ? UNKNOWN : String(value);
  }

  /** The entries of an object whose names somebody chose, each as a text. */
  public texts(...path: string[]): Readonly<Record<string, string>> {
    const value = this.value(path);
    if (typeof value !== 'object' || value === null || value instanceof Text) return {};
    return Object.fromEntries(Object.entries(value).flatMap(([name, entry]) => {
      const text = this.inside(entry).text();
      return typeof text === 'string' ? [[name, text] as const] : [];
    }));
  }

  /** A text that is the same for equal values, whatever they are, also where they are known at deployment only. */
  public identity(): string {
    const value = this.value([]);
    return value instanceof Text ? String(value) : nameOf(value, 0, { blocks: MOST_BLOCKS });
  }

  /** The document that the text at the path holds as JSON. Unknown where it can't be read. */
  public json(...path: string[]): Fact<PropertySource> {
    const value = this.value(path);
    if (value === undefined) return undefined;
    const document = jsonOf(value);
    return document === undefined ? UNKNOWN : this.inside(document);
  }

  /** All resources that the texts at the path refer to; of each, what follows. */
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

  /** The block at the path, and each one inside of it, in lists as well. */
  public blocks(...path: string[]): PropertySource[] {
    return this.blocksAt(path, 0);
  }

  /** A value that counts where none is written, if that is assumed: unknown otherwise. */
  public assumed<T>(value: T, words: string): Fact<T> {
    return assume(value, words);
  }
}
