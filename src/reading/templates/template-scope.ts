import { AppOutputs } from './app-outputs';
import { entriesOf, entryOf, Template } from './template';
import { evaluate, ExpressionScope, Value } from '../expression';
import { UNKNOWN } from '../fact';
import { Text } from '../text';
import { assume, valueOf } from '../worlds';

/** The facts about the other templates of an app that a template needs to follow references. */
export interface TemplatesOfApp {
  readonly outputs: AppOutputs;
  /** The resources of all stacks by the names that references into other stacks use, before those become outputs and imports. */
  readonly neighbours: ReadonlyMap<string, object>;
  scopeOf(template: Template): ExpressionScope;
}

const LIST_TYPE = /^(CommaDelimitedList|List<.*>)$/;

/** The types of parameters whose value is the name of an SSM parameter, which contains the real value. */
const READ_ELSEWHERE = /^AWS::SSM::Parameter::Value</;

/** Looks up the names in the expressions of one template. */
export class TemplateScope implements ExpressionScope {
  public readonly name: string;
  private found?: ReadonlyMap<string, object>;

  constructor(private readonly template: Template, private readonly app: TemplatesOfApp) {
    this.name = template.file;
  }

  public ref(name: string): Value {
    if (name.startsWith('AWS::')) return this.pseudoParameter(name);
    const key = this.resources.get(name);
    if (key) return this.partOf(key, name, 'Ref');
    const parameter = entryOf(this.template.body?.Parameters, name);
    if (typeof parameter === 'object' && parameter !== null) return this.parameter(name, parameter);
    return this.neighbour(name, 'Ref') ?? Text.open(`${name} in ${this.name}`);
  }

  public attribute(resource: string, attribute: string): Value {
    const key = this.resources.get(resource);
    if (!key) return this.neighbour(resource, attribute) ?? Text.open(`${resource}.${attribute} in ${this.name}`);
    const output = attribute.startsWith('Outputs.') ? this.app.outputs.nested(this.template, resource, attribute.slice('Outputs.'.length)) : undefined;
    return output ?? this.partOf(key, resource, attribute);
  }

  public condition(name: string): unknown {
    return entryOf(this.template.body?.Conditions, name);
  }

  public mapping(name: string): unknown {
    return entryOf(this.template.body?.Mappings, name);
  }

  public imported(name: string): Value {
    return this.app.outputs.exported(name, this.template) ?? Text.open(`import of ${name}`);
  }

  public output(stackName: string, name: string, region?: string): Value {
    return this.app.outputs.output(stackName, name, this.template, region) ?? Text.open(`${name} of ${stackName} in ${region ?? 'its own Region'}`);
  }

  private get resources(): ReadonlyMap<string, object> {
    this.found ??= new Map(entriesOf(this.template.body?.Resources).filter(([, resource]) => typeof resource === 'object' && resource !== null));
    return this.found;
  }

  private pseudoParameter(name: string): Value {
    const { account, region, stackName } = this.template;
    switch (name) {
      case 'AWS::NoValue': return undefined;
      case 'AWS::AccountId': return account ?? Text.open(`${name} in ${this.name}`);
      case 'AWS::Region': return region ?? Text.open(`${name} in ${this.name}`);
      case 'AWS::StackName': return stackName ?? Text.open(`${name} in ${this.name}`);
      default: return Text.open(`${name} in ${this.name}`);
    }
  }

  /** Returns the value that a parameter was given, or else one of its allowed values, or else its default if defaults are assumed. */
  private parameter(name: string, { Type, Default, AllowedValues }: any): Value {
    const given = this.given(name);
    if (given !== undefined) return given;
    const open = Text.open(`${name} in ${this.name}`);
    const type = typeof Type === 'string' ? Type : '';
    if (READ_ELSEWHERE.test(type)) return open;
    const allowed = Array.isArray(AllowedValues) ? AllowedValues.filter(isPlain).map(String) : [];
    const among = allowed.length > 0 ? allowed : undefined;
    const isKnown = isPlain(Default) && assume(true, `the default of the parameter ${name}`) !== UNKNOWN;
    const value = isKnown ? String(Default) : valueOf(String(open), among);
    if (value === undefined) return open;
    return LIST_TYPE.test(type) ? value.split(',').map((entry) => entry.trim()) : value;
  }

  /** Returns the value of a parameter that the caller or the parent stack gives. */
  private given(name: string): Value {
    const { parameters, nestedIn } = this.template;
    const own = entryOf(parameters, name);
    if (own !== undefined || !nestedIn) return own;
    const outer = entryOf(nestedIn.template.body?.Resources, nestedIn.logicalId);
    const expression = entryOf(outer?.Properties?.Parameters, name);
    return expression === undefined ? undefined : evaluate(expression, this.app.scopeOf(nestedIn.template));
  }

  private neighbour(name: string, attribute: string): Value {
    const key = this.app.neighbours.get(name);
    return key && new Text([{ key, attribute, id: name }]);
  }

  private partOf(key: object, logicalId: string, attribute: string): Text {
    return new Text([{ key, attribute, id: `${this.name}/${logicalId}` }]);
  }
}

/** Whether a parameter can have a value. Nothing in an unchecked template is certain. */
function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
