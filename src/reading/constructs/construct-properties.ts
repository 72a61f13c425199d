import { Reference as CdkReference, Tokenization } from 'aws-cdk-lib';
import { Fact, isKnown, UNKNOWN } from '../fact';
import { PropertySource, Reference } from '../property-source';
import { Text } from '../text';
import { isToken, TOKEN_MARKER } from './token';

/**
 * Reads the values that were given to an L1, as they are: resolving each would cost more than the rest of
 * the synthesis. Of several layers, the first that has the property counts: changes to come lie over the L1.
 */
export class ConstructProperties extends PropertySource {
  private readonly layers: unknown[];
  private isToken = false;

  constructor(...layers: unknown[]) {
    super();
    this.layers = layers;
  }

  public override reference(...path: string[]): Fact<Reference> {
    const holder = path.length > 1 ? this.read(path.slice(0, -1)) : this.layerWith(path[0]);
    if (!isKnown(holder)) return holder;
    const value = (holder as Record<string, unknown>)[path[path.length - 1]];
    if (typeof value !== 'string') return value === undefined ? undefined : UNKNOWN;
    if (!value.includes(TOKEN_MARKER)) return { text: value };
    const fragments = Tokenization.reverseString(value);
    const [token, ...others] = fragments.tokens;
    if (token === undefined) return { text: value };
    if (!CdkReference.isReference(token) || others.length > 0) return UNKNOWN;
    const text = fragments.length === 1 ? '' : fragments.mapTokens({ mapToken: () => '' }).join({ join: (left, right) => `${left ?? ''}${right ?? ''}` });
    return { key: token.target, attribute: token.displayName, text };
  }

  public override identity(): string {
    return String(this.layers[0]);
  }

  protected read(path: string[]): Fact<unknown> {
    let value = this.layers.length > 1 ? this.layerWith(path[0]) : this.layers[0];
    if (this.isToken) return UNKNOWN;
    for (const name of path) {
      value = (value as Record<string, unknown>)[name];
      if (value === undefined || value === null) return undefined;
      if (isToken(value)) return UNKNOWN;
    }
    return value;
  }

  protected value(path: string[]): unknown {
    const value = this.read(path);
    return value === UNKNOWN ? Text.open(String(path), true) : value;
  }

  protected inside(value: unknown): PropertySource {
    const entry = new ConstructProperties(value);
    entry.isToken = isToken(value);
    return entry;
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
