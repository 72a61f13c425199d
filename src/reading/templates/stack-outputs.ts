import { dirname } from 'node:path';
import { Reference } from '../property-source';
import { Template } from './template';
import { findReference, TemplateScope } from './template-references';

interface Output {
  readonly template: Template;
  readonly reference: () => Reference | undefined;
}

/** What the outputs of all stacks hold, for the stacks that ask for it; looked up only where one does. */
export class StackOutputs {
  private readonly byName = new Map<string, Output[]>();

  constructor(templates: Template[], scopeOf: (template: Template, outputs: StackOutputs) => TemplateScope) {
    for (const template of templates) {
      for (const [name, { Export, Value }] of Object.entries<any>(template.body.Outputs ?? {})) {
        const output = { template, reference: () => findReference(Value, scopeOf(template, this)) };
        if (typeof Export?.Name === 'string') this.note(exportKey(Export.Name), output);
        if (template.stackName !== undefined) this.note(outputKey(template.stackName, name), output);
      }
    }
  }

  /** What `Fn::ImportValue` gives. */
  public exported(name: string, asking: Template): Reference | undefined {
    return this.find(exportKey(name), asking, asking.region);
  }

  /** What `Fn::GetStackOutput` gives. */
  public output(stackName: string, name: string, asking: Template, region = asking.region): Reference | undefined {
    return this.find(outputKey(stackName, name), asking, region);
  }

  private note(key: string, output: Output): void {
    this.byName.set(key, [...this.byName.get(key) ?? [], output]);
  }

  /** Names are unique in one account and Region only. Where several may be meant, nobody knows which, but a stage asks its own stacks first. */
  private find(key: string, asking: Template, region?: string): Reference | undefined {
    const found = (this.byName.get(key) ?? []).filter(({ template }) => (
      mayBeSame(template.account, asking.account) && mayBeSame(template.region, region)
    ));
    const together = found.filter(({ template }) => dirname(template.file) === dirname(asking.file));
    const [output, ...others] = together.length > 0 ? together : found;
    return others.length === 0 ? output?.reference() : undefined;
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
