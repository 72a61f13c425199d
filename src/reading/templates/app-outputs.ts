import { dirname } from 'node:path';
import { entriesOf, entryOf, Template } from './template';
import { evaluate, ExpressionScope, Value } from '../expression';
import { Text } from '../text';

interface Output {
  readonly template: Template;
  readonly expression: unknown;
}

/** The values of the outputs of all stacks, for stacks that import them. They are looked up only if a stack imports one. */
export class AppOutputs {
  private byName?: Map<string, Output[]>;
  private readonly nestedStacks = new Map<Template, Map<string, Template>>();

  constructor(private readonly templates: readonly Template[], private readonly scopeOf: (template: Template) => ExpressionScope) {
    for (const template of templates) {
      const { nestedIn } = template;
      if (!nestedIn) continue;
      const siblings = this.nestedStacks.get(nestedIn.template) ?? new Map<string, Template>();
      this.nestedStacks.set(nestedIn.template, siblings.set(nestedIn.logicalId, template));
    }
  }

  /** Returns the value of `Fn::ImportValue`. */
  public exported(name: string, asking: Template): Value {
    return this.find(exportKey(name), asking, asking.region);
  }

  /** Returns the value of `Fn::GetStackOutput`. */
  public output(stackName: string, name: string, asking: Template, region = asking.region): Value {
    return this.find(outputKey(stackName, name), asking, region);
  }

  /** Returns the value of an output of a nested stack. */
  public nested(template: Template, logicalId: string, name: string): Value {
    const nested = this.nestedStacks.get(template)?.get(logicalId);
    const output = nested && entryOf(nested.body?.Outputs, name);
    return output ? this.compute({ template: nested!, expression: entryOf(output, 'Value') }) : undefined;
  }

  private compute({ template, expression }: Output): Value {
    return evaluate(expression, this.scopeOf(template));
  }

  private outputsCalled(key: string): readonly Output[] {
    if (!this.byName) {
      this.byName = new Map();
      for (const template of this.templates) this.noteOutputs(template, this.byName);
    }
    return this.byName.get(key) ?? [];
  }

  private noteOutputs(template: Template, byName: Map<string, Output[]>): void {
    const note = (key: string, output: Output) => {
      const others = byName.get(key);
      if (others) others.push(output);
      else byName.set(key, [output]);
    };
    for (const [name, definition] of entriesOf(template.body?.Outputs)) {
      const output = { template, expression: entryOf(definition, 'Value') };
      const exported = entryOf(entryOf(definition, 'Export'), 'Name');
      const exportName = evaluate(exported, this.scopeOf(template));
      if (typeof exportName === 'string' || exportName instanceof Text) note(exportKey(String(exportName)), output);
      if (template.stackName !== undefined) note(outputKey(template.stackName, name), output);
    }
  }

  /**
   * Finds an output by name. Names are unique only within an account and Region. If several outputs match, those of the same stage come first; if
   * several remain, the value is unknown.
   */
  private find(key: string, asking: Template, region?: string): Value {
    const found = this.outputsCalled(key).filter(({ template }) => (
      mayBeSame(template.account, asking.account) && mayBeSame(template.region, region)
    ));
    const together = found.filter(({ template }) => dirname(template.file) === dirname(asking.file));
    const [output, ...others] = together.length > 0 ? together : found;
    return output && others.length === 0 ? this.compute(output) : undefined;
  }
}

function mayBeSame(one?: string, other?: string): boolean {
  return one === undefined || other === undefined || one === other;
}

function exportKey(name: string): string {
  return `export ${name}`;
}

function outputKey(stackName: string, name: string): string {
  return `output ${stackName} ${name}`;
}
