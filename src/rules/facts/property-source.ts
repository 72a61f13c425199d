import { Token } from 'aws-cdk-lib';
import { Fact, isKnown, mapFact, UNKNOWN } from './fact';

/**
 * The properties of one resource, wherever they stand: on an L1 construct or in a template. Paths are in the
 * L1's words (`memorySize`), which are the template's (`MemorySize`) but for the first letter.
 */
export abstract class PropertySource {
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
  private readonly layers: object[];

  constructor(...layers: object[]) {
    super();
    this.layers = layers;
  }

  protected read([first, ...rest]: string[]): Fact<unknown> {
    const layer = this.layers.find((candidate) => valueAt(candidate, first) !== undefined);
    return rest.reduce<Fact<unknown>>(
      (around, name) => (isKnown(around) ? valueAt(around, name) : around),
      layer && valueAt(layer, first),
    );
  }
}

function valueAt(object: unknown, name: string): Fact<unknown> {
  const value = (object as Record<string, unknown>)[name];
  return Token.isUnresolved(value) ? UNKNOWN : value ?? undefined;
}
