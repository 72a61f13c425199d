import { CfnResource, Reference as CdkReference, Tokenization } from 'aws-cdk-lib';
import { RAW_OVERRIDES, rawPropertiesOf } from './cdk-internals';
import { isToken, TOKEN_MARKER } from './token';
import { TokenReader } from './token-reader';
import { nameOfFunction } from '../expression';
import { Fact, isKnown, UNKNOWN } from '../fact';
import { PropertySource, Reference } from '../property-source';
import { Text } from '../text';

/**
 * Reads the values that an L1 was given, without resolving them, because that would cost more than the rest of the synthesis. If there are several
 * layers, the first one with a property counts: planned changes come before the L1, and overrides of the L1 come before both.
 *
 * A token is unknown, except at synthesis: nothing changes any more then, and a `TokenReader` reads it.
 */
export class ConstructProperties extends PropertySource {
  /** The properties of an L1 at synthesis. */
  public static atSynthesis(resource: CfnResource, tokens: TokenReader): ConstructProperties {
    const raw = rawPropertiesOf(resource);
    const properties = raw ? new ConstructProperties(raw, resource) : new ConstructProperties(resource);
    properties.tokens = tokens;
    properties.owner = resource;
    return properties;
  }

  private readonly layers: unknown[];
  private isToken = false;
  private tokens?: TokenReader;
  private owner?: CfnResource;

  constructor(...layers: unknown[]) {
    super();
    this.layers = layers;
  }

  public override reference(...path: string[]): Fact<Reference> {
    if ((this.layers[this.layers.length - 1] as any)?.[RAW_OVERRIDES]?.Properties !== undefined) return super.reference(...path);
    const holder = path.length > 1 ? this.read(path.slice(0, -1)) : this.layerWith(path[0]);
    if (!isKnown(holder)) return holder;
    const name = path[path.length - 1];
    const value = (holder as Record<string, unknown>)[name] ?? (holder as Record<string, unknown>)[name[0].toUpperCase() + name.slice(1)];
    if (typeof value !== 'string') return value === undefined ? undefined : this.otherReference(path);
    if (!value.includes(TOKEN_MARKER)) return { text: value };
    const fragments = Tokenization.reverseString(value);
    const [token, ...others] = fragments.tokens;
    if (token === undefined) return { text: value };
    if (!CdkReference.isReference(token) || others.length > 0) return this.otherReference(path);
    const text = fragments.length === 1 ? '' : fragments.mapTokens({ mapToken: () => '' }).join({ join: (left, right) => `${left ?? ''}${right ?? ''}` });
    return { key: token.target, attribute: token.displayName, text };
  }

  /** CDK sets names as tokens, which in most cases resolve to no name, so they aren't read. */
  public override fixedName(name: string): Fact<string> {
    const value = (this.layerWith(name) as Record<string, unknown>)[name];
    return typeof value === 'string' && !value.includes(TOKEN_MARKER) ? value : (value === undefined ? undefined : UNKNOWN);
  }

  public override identity(): string {
    return this.tokens ? super.identity() : String(this.layers[0]);
  }

  protected read(path: string[]): Fact<unknown> {
    // This is read so often that it calls no function.
    if ((this.layers[this.layers.length - 1] as any)?.[RAW_OVERRIDES]?.Properties !== undefined) return plain(this.value(path));
    let [value] = this.layers;
    if (this.layers.length > 1) {
      for (const layer of this.layers) {
        if ((layer as Record<string, unknown>)[path[0]] === undefined) continue;
        value = layer;
        break;
      }
    }
    if (this.isToken) return this.tokens ? plain(this.value(path)) : UNKNOWN;
    for (const name of path) {
      const holder = value as Record<string, unknown>;
      value = holder[name] ?? holder[name[0].toUpperCase() + name.slice(1)];
      if (value === undefined || value === null) return undefined;
      // Numbers that are tokens are negative.
      const isPlain = typeof value === 'object' ? !Array.isArray(value) && !('resolve' in value) : typeof value === 'boolean' || (typeof value === 'number' && value >= 0);
      if (!isPlain && isToken(value)) return this.tokens ? plain(this.value(path)) : UNKNOWN;
    }
    return value;
  }

  protected value(path: string[]): unknown {
    const overridden = this.overridden(path);
    if (overridden && !isBlock(overridden.value)) return overridden.value;
    let value = this.behind(this.layers.length > 1 ? this.layerWith(path[0]) : this.layers[0]);
    for (const name of path) {
      if (value === undefined || value === null) return overridden?.value;
      if (value instanceof Text) return value;
      value = this.behind(entryOf(value, name));
    }
    // The block may exist only in overrides.
    return value ?? overridden?.value;
  }

  protected inside(value: unknown): PropertySource {
    const entry = new ConstructProperties(value);
    entry.isToken = isToken(value);
    entry.tokens = this.tokens;
    entry.owner = this.owner;
    return entry;
  }

  /** Returns a reference inside an expression, if expressions can be read. */
  private otherReference(path: string[]): Fact<Reference> {
    return this.tokens ? super.reference(...path) : UNKNOWN;
  }

  /** Returns the value behind a token or an expression. */
  private behind(value: unknown): unknown {
    if (!isToken(value)) return isExpression(value) && this.tokens && this.owner ? this.tokens.evaluated(value, this.owner) : value;
    return this.tokens && this.owner ? this.tokens.valueOf(value, this.owner) : Text.open('a token', true);
  }

  private overrides(): unknown {
    return (this.layers[this.layers.length - 1] as any)?.[RAW_OVERRIDES]?.Properties;
  }

  /** Returns the overridden value, if there is one. An override may replace only a part of a block. */
  private overridden(path: string[]): { readonly value: unknown } | undefined {
    let value = path.length === 0 ? undefined : this.overrides();
    for (const name of path) {
      if (typeof value !== 'object' || value === null) return undefined;
      const entry = entryOf(value, name);
      // A deletion is an entry without a value.
      const isDeleted = entry === undefined && (Array.isArray(value) || Object.hasOwn(value, name[0].toUpperCase() + name.slice(1)));
      if (entry === undefined) return isDeleted ? { value: undefined } : undefined;
      value = this.behind(entry);
      if (value instanceof Text) return { value };
      if (value === null) return { value: undefined };
    }
    return value === undefined ? undefined : { value };
  }

  private layerWith(name: string | undefined): unknown {
    if (name !== undefined) {
      for (const layer of this.layers) {
        if ((layer as Record<string, unknown>)[name] !== undefined) return layer;
      }
    }
    return this.layers[0];
  }
}

/** Returns an entry. Overrides and resolved documents use CloudFormation's words. */
function entryOf(holder: unknown, name: string): unknown {
  if (typeof holder !== 'object' || holder === null) return undefined;
  return (holder as Record<string, unknown>)[name] ?? (holder as Record<string, unknown>)[name[0].toUpperCase() + name.slice(1)];
}

function isExpression(value: unknown): boolean {
  return typeof value === 'object' && value !== null && nameOfFunction(value) !== undefined;
}

function isBlock(value: unknown): boolean {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Text);
}

function plain(value: unknown): Fact<unknown> {
  return value instanceof Text ? UNKNOWN : value;
}
