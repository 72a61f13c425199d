import { evaluate, ExpressionScope, WITHOUT_NAMES } from '../expression';
import { Fact, UNKNOWN } from '../fact';
import { entryOf } from './template';
import { PropertySource } from '../property-source';
import { Text } from '../text';

/** Reads the properties of a resource in a template. */
export class TemplateProperties extends PropertySource {
  constructor(private readonly properties: unknown, private readonly scope: ExpressionScope = WITHOUT_NAMES) {
    super();
  }

  protected read(path: string[]): Fact<unknown> {
    const value = this.value(path);
    return value instanceof Text ? UNKNOWN : value;
  }

  protected value(path: string[]): unknown {
    let value = evaluate(this.properties, this.scope);
    for (const name of path) {
      if (value instanceof Text) return value;
      value = evaluate(entryOf(value, name[0].toUpperCase() + name.slice(1)), this.scope);
    }
    return value;
  }

  protected inside(value: unknown): PropertySource {
    return new TemplateProperties(value, this.scope);
  }
}
