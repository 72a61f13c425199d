import { Reference as CdkReference, Token, Tokenization } from 'aws-cdk-lib';
import { Fact, isKnown, UNKNOWN } from './fact';
import { follow, PropertySource, Reference } from './property-source';

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

  public reference(...path: string[]): Fact<Reference> {
    const value = this.given(path);
    if (typeof value !== 'string') return value === undefined ? undefined : UNKNOWN;
    const fragments = Tokenization.reverseString(value);
    const [token, ...others] = fragments.tokens;
    const text = fragments.mapTokens({ mapToken: () => '' }).join({ join: (left, right) => `${left ?? ''}${right ?? ''}` }) ?? '';
    if (token === undefined) return { text };
    return CdkReference.isReference(token) && others.length === 0 ? { key: token.target, text } : UNKNOWN;
  }

  protected read(path: string[]): Fact<unknown> {
    return knownOrToken(this.given(path));
  }

  protected inside(value: unknown): PropertySource {
    return new ConstructProperties(value);
  }

  /** The value as it was given, which may be a token; unknown where an object around it is one. */
  private given(path: string[]): Fact<unknown> {
    if (path.length === 0) return this.layers[0];
    const around = path.slice(0, -1);
    const layer = this.layers.find((candidate) => (candidate as Record<string, unknown>)[path[0]] !== undefined);
    const holder = follow(layer, around, knownOrToken);
    return isKnown(holder) ? (holder as Record<string, unknown>)[path[path.length - 1]] : holder;
  }
}

function knownOrToken(value: unknown): Fact<unknown> {
  // Most properties are not given, and to ask about a token takes several calls.
  if (value === undefined || value === null) return undefined;
  return value !== UNKNOWN && Token.isUnresolved(value) ? UNKNOWN : value;
}
