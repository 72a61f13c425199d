/** Evaluates expressions of CloudFormation, as far as their values are known before deployment. Doesn't import CDK. */
import { PLACEHOLDER } from './placeholder';
import { Text } from './text';
import { hasValue, holds } from './worlds';

/**
 * The value of an expression: undefined for nothing (`AWS::NoValue`), a plain value (entries of objects and lists may be expressions
 * again), or a text that is only partly known.
 */
export type Value = unknown;

/** A scope in which the names of an expression are looked up. Each answer is the value itself, never an expression. */
export interface ExpressionScope {
  /** The name of the template. What only deployment knows may differ between templates. */
  readonly name: string;
  /** Looks up a `Ref`: a resource, a parameter or a pseudo parameter. */
  ref(name: string): Value;
  /** Looks up a `Fn::GetAtt`. */
  attribute(resource: string, attribute: string): Value;
  /** Returns the definition of a condition. */
  condition(name: string): unknown;
  /** Returns the entry of a mapping. */
  mapping(name: string): unknown;
  /** Looks up a `Fn::ImportValue`. */
  imported(name: string): Value;
  /** Looks up a `Fn::GetStackOutput`, in the template's own Region if none is named. */
  output(stackName: string, name: string, region?: string): Value;
}

/** A scope without names: everything that an expression refers to is unknown. */
export const WITHOUT_NAMES: ExpressionScope = {
  name: 'nowhere',
  ref: (name) => (name === 'AWS::NoValue' ? undefined : Text.open(name)),
  attribute: (resource, attribute) => Text.open(`${resource}.${attribute}`),
  condition: () => undefined,
  mapping: () => undefined,
  imported: (name) => Text.open(`import of ${name}`),
  output: (stackName, name) => Text.open(`${name} of ${stackName}`),
};

/** The depth from which an expression is unknown. Only a circle of references, or a template that is built to exhaust readers, is deeper. */
const DEEPEST = 50;
const MOST_STEPS = 10_000;
const MOST_BLOCKS = 200;
/** The most blocks that `Fn::Cidr` returns. */
const MOST_CIDR_BLOCKS = 256;
let depth = 0;
let steps = 0;
let withoutName = 0;

/** The beginning of a dynamic reference, which CloudFormation resolves at deployment: `{{resolve:ssm:/orders/memory}}`. */
const DYNAMIC_REFERENCE = '{{resolve:';

/** Computes the value of an expression. Plain values are returned as they are. */
export function evaluate(expression: unknown, scope: ExpressionScope): Value {
  if (typeof expression === 'string') return expression.includes(DYNAMIC_REFERENCE) || PLACEHOLDER.test(expression) ? Text.open(expression) : expression;
  if (typeof expression !== 'object' || expression === null) return expression ?? undefined;
  const name = nameOfFunction(expression);
  if (name === undefined) return expression;
  const compute: Compute | undefined = FUNCTIONS[name];
  const argument = (expression as Record<string, unknown>)[name];
  return compute
    ? limited(() => compute(argument, new Evaluation(scope), expression), () => unknownValue(expression, scope))
    : unknownValue(expression, scope);
}

/** Whether a condition of a template holds. Undefined if it isn't decided. */
export function conditionHolds(name: unknown, scope: ExpressionScope): boolean | undefined {
  if (typeof name !== 'string') return undefined;
  const definition = scope.condition(name);
  const undecided = () => holds(`condition ${name} in ${scope.name}`);
  return definition === undefined ? undecided() : limited(() => isTrue(definition, scope), undecided);
}

function limited<T>(compute: () => T, otherwise: () => T): T {
  if (depth === 0) steps = 0;
  steps += 1;
  if (depth === DEEPEST || steps > MOST_STEPS) return otherwise();
  depth += 1;
  try {
    return compute();
  } finally {
    depth -= 1;
  }
}

/** Returns the name of the intrinsic function that an object calls. */
export function nameOfFunction(value: object): string | undefined {
  let name: string | undefined;
  for (const key in value) {
    if (name !== undefined) return undefined;
    name = key;
  }
  return name !== undefined && (name === 'Ref' || name.startsWith('Fn::')) ? name : undefined;
}

/** Computes the arguments of a function. */
class Evaluation {
  constructor(public readonly scope: ExpressionScope) {}

  public value(expression: unknown): Value {
    return evaluate(expression, this.scope);
  }

  /** Returns a text if all of it is known. */
  public string(expression: unknown): string | undefined {
    const value = this.value(expression);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }

  /** Returns the arguments of a function that takes several. */
  public list(expression: unknown): readonly unknown[] {
    const value = this.value(expression);
    return Array.isArray(value) ? value : [];
  }

  public unknown(expression: unknown): Text {
    return unknownValue(expression, this.scope);
  }
}

type Compute = (argument: unknown, evaluation: Evaluation, expression: object) => Value;

const FUNCTIONS: Record<string, Compute> = {
  'Ref': (name, { scope }, expression) => (typeof name === 'string' ? scope.ref(name) : unknownValue(expression, scope)),

  'Fn::GetAtt': (argument, evaluation, expression) => {
    const text = typeof argument === 'string' ? argument : '';
    const dot = text.indexOf('.');
    const [resource, given] = Array.isArray(argument) ? argument : [text.slice(0, dot), text.slice(dot + 1)];
    const attribute = evaluation.string(given);
    return typeof resource === 'string' && attribute !== undefined ? evaluation.scope.attribute(resource, attribute) : evaluation.unknown(expression);
  },

  'Fn::Sub': (argument, evaluation, expression) => {
    const [text, own] = Array.isArray(argument) ? argument : [argument];
    if (typeof text !== 'string') return evaluation.unknown(expression);
    const variables: object = typeof own === 'object' && own !== null ? own : {};
    return Text.of(piecesOf(text).map((piece) => {
      if (typeof piece === 'string') return piece;
      const { name } = piece;
      if (Object.hasOwn(variables, name)) return textOf(evaluation.value((variables as Record<string, unknown>)[name]), evaluation, expression);
      return textOf(evaluation.value(name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name }), evaluation, expression);
    }));
  },

  'Fn::Join': (argument, evaluation, expression) => {
    const [separator, list] = evaluation.list(argument);
    const items = evaluation.value(list);
    if (typeof separator !== 'string' || !Array.isArray(items)) return evaluation.unknown(expression);
    const pieces = items.map((item) => evaluation.value(item)).filter((item) => item !== undefined);
    return Text.of(pieces.flatMap((piece, index) => [...index > 0 ? [separator] : [], textOf(piece, evaluation, expression)]));
  },

  'Fn::Split': (argument, evaluation, expression) => {
    const [separator, source] = evaluation.list(argument);
    const value = evaluation.value(source);
    if (typeof separator !== 'string' || separator === '') return evaluation.unknown(expression);
    if (typeof value === 'string') return value.split(separator);
    // A partly known text without a separator may turn out to be a list of any length.
    const hasSeparator = value instanceof Text && value.parts.some((part) => typeof part === 'string' && part.includes(separator));
    return hasSeparator && !value.resource() ? splitText(value, separator) : evaluation.unknown(expression);
  },

  'Fn::Select': (argument, evaluation, expression) => {
    const [position, list] = evaluation.list(argument);
    const index = Number(evaluation.string(position) ?? NaN);
    const items = evaluation.value(list);
    if (Array.isArray(items) && index in items) return evaluation.value(items[index]);
    return partOfArn(list, index, evaluation) ?? (items instanceof Text ? Text.open(`${index} of ${items}`) : evaluation.unknown(expression));
  },

  'Fn::If': (argument, evaluation, expression) => {
    const [condition, one, other] = evaluation.list(argument);
    const decided = conditionHolds(condition, evaluation.scope);
    if (decided !== undefined) return evaluation.value(decided ? one : other);
    const either = evaluation.value(one);
    return isSame(either, evaluation.value(other)) ? either : new Text(evaluation.unknown(expression).parts, true);
  },

  'Fn::FindInMap': (argument, evaluation, expression) => {
    const [name, first, second] = evaluation.list(argument).map((key) => evaluation.string(key));
    const [, key, , options] = evaluation.list(argument);
    const mapping = name === undefined ? undefined : evaluation.scope.mapping(name);
    const row = first === undefined ? oneOf(mapping, key, evaluation) : entryOf(mapping, first);
    const found = second === undefined ? undefined : entryOf(row, second);
    if (found !== undefined) return evaluation.value(found);
    const isMissing = mapping !== undefined && first !== undefined && second !== undefined;
    return isMissing && entryOf(options, 'DefaultValue') !== undefined ? evaluation.value(entryOf(options, 'DefaultValue')) : evaluation.unknown(expression);
  },

  'Fn::Cidr': (argument, evaluation, expression) => {
    const [, count, bits] = evaluation.list(argument).map((entry) => Number(evaluation.string(entry) ?? NaN));
    if (!(count <= MOST_CIDR_BLOCKS && bits <= 32)) return evaluation.unknown(expression);
    return Array.from({ length: count }, (_, index) => Text.of([Text.open(`${index} of ${evaluation.unknown(expression)}`), `/${32 - bits}`]));
  },

  'Fn::ToJsonString': (argument, evaluation) => Text.of(jsonPieces(argument, evaluation, 0, { blocks: MOST_BLOCKS })),

  'Fn::GetAZs': (region, evaluation, expression) => {
    const value = evaluation.value(region === '' ? { Ref: 'AWS::Region' } : region);
    return typeof value === 'string' || value instanceof Text ? Text.open(`zones of ${value}`) : evaluation.unknown(expression);
  },

  'Fn::ImportValue': (argument, evaluation, expression) => {
    const name = evaluation.value(argument);
    return typeof name === 'string' || name instanceof Text ? evaluation.scope.imported(String(name)) : evaluation.unknown(expression);
  },

  'Fn::GetStackOutput': (argument, evaluation, expression) => {
    const { StackName, OutputName, Region }: Record<string, unknown> = { ...Object(argument) };
    const [stack, name] = [StackName, OutputName].map((value) => evaluation.string(value));
    const region = Region === undefined ? undefined : evaluation.value(Region);
    const isOwn = region instanceof Text && String(region) === String(evaluation.scope.ref('AWS::Region'));
    if (stack === undefined || name === undefined || !(isOwn || region === undefined || typeof region === 'string')) return evaluation.unknown(expression);
    return evaluation.scope.output(stack, name, isOwn ? undefined : region as string | undefined);
  },
};

/** Evaluates the functions that conditions consist of. */
function isTrue(expression: unknown, scope: ExpressionScope): boolean | undefined {
  const unknown = () => holds(unknownValue(expression, scope).toString());
  if (typeof expression !== 'object' || expression === null) return unknown();
  const [[name, argument] = ['', undefined]] = Object.entries(expression);
  const operands: unknown[] = Array.isArray(argument) ? argument : [];
  const part = (operand: unknown) => limited(() => isTrue(operand, scope), unknown);
  switch (name) {
    case 'Condition': return conditionHolds(argument, scope);
    case 'Fn::Not': return not(part(operands[0]));
    case 'Fn::And': return every(operands, part);
    case 'Fn::Or': return not(every(operands, (operand) => not(part(operand))));
    case 'Fn::Equals': return operands.length === 2 ? areEqual(operands.map((operand) => evaluate(operand, scope))) : unknown();
    default: return unknown();
  }
}

function not(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

/** Evaluates no more operands than necessary, because each open question creates more worlds. */
function every(operands: unknown[], isSo: (operand: unknown) => boolean | undefined): boolean | undefined {
  let result: boolean | undefined = true;
  for (const operand of operands) {
    const answer = isSo(operand);
    if (answer === false) return false;
    if (answer === undefined) result = undefined;
  }
  return result;
}

function areEqual([one, other]: Value[]): boolean | undefined {
  if (comparable(one) === comparable(other)) return true;
  if (one instanceof Text) return hasValue(String(one), comparable(other));
  return other instanceof Text ? hasValue(String(other), comparable(one)) : false;
}

/** Returns a text to compare a value by. The value may be a block instead of a text. */
function comparable(value: Value): string {
  return typeof value === 'object' && value !== null && !(value instanceof Text) ? nameOf(value) : String(value);
}

function isSame(one: Value, other: Value): boolean {
  const text = (value: Value) => (value instanceof Text ? `text ${value}` : nameOf(value));
  return text(one) === text(other);
}

/** Returns a value as text. A list or an object inside a text is a mistake, so it is unknown. */
function textOf(value: Value, evaluation: Evaluation, expression: object): Value {
  return typeof value === 'object' && !(value instanceof Text) ? evaluation.unknown(expression) : value ?? '';
}

function unknownValue(expression: unknown, { name }: ExpressionScope): Text {
  return Text.open(`${nameOf(expression)} in ${name}`);
}

/**
 * Returns a text that is the same for equal values, unless they are too deep or too many to compare. With YAML's anchors, one block can be in many
 * places.
 */
export function nameOf(value: unknown, level = 0, left = { blocks: MOST_BLOCKS }): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  left.blocks -= 1;
  if (level > DEEPEST || left.blocks < 0) return `#${withoutName += 1}`;
  return Array.isArray(value)
    ? `[${value.map((entry) => nameOf(entry, level + 1, left))}]`
    : `{${Object.entries(value).map(([key, entry]) => `${key} ${nameOf(entry, level + 1, left)}`)}}`;
}

/** Returns JSON in pieces. Unknown values are treated as text, and values that are too deep or too many are left open. */
function jsonPieces(expression: unknown, evaluation: Evaluation, level: number, left: { blocks: number }): unknown[] {
  const value = evaluation.value(expression);
  if (value instanceof Text) return ['"', value, '"'];
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value) ?? 'null'];
  left.blocks -= 1;
  if (level > DEEPEST || left.blocks < 0) return [evaluation.unknown(expression)];
  const [opening, closing] = Array.isArray(value) ? '[]' : '{}';
  const entries = Object.entries(value).map(([name, entry]) => [
    ...Array.isArray(value) ? [] : [`${JSON.stringify(name)}:`], ...jsonPieces(entry, evaluation, level + 1, left),
  ]);
  return [opening, ...entries.flatMap((pieces, index) => (index === 0 ? pieces : [',', ...pieces])), closing];
}

/** Splits a text such as `${Orders.Arn}:$LATEST` into pieces. `${!Literal}` is text, and so is a name without a closing brace. */
function piecesOf(text: string): (string | { readonly name: string })[] {
  const pieces: (string | { readonly name: string })[] = [];
  let done = 0;
  for (let start = text.indexOf('${'); start !== -1; start = text.indexOf('${', done)) {
    const end = text.indexOf('}', start);
    if (end === -1) break;
    const name = text.slice(start + 2, end).trim();
    pieces.push(text.slice(done, start), name.startsWith('!') ? `\${${name.slice(1)}}` : { name });
    done = end + 1;
  }
  return [...pieces, text.slice(done)];
}

/** Splits a text. Unknown parts are assumed to contain no separator, because each is a single name rather than a list of names. */
function splitText(text: Text, separator: string): Value[] {
  const fields: unknown[][] = [[]];
  for (const part of text.parts) {
    const [first, ...others] = typeof part === 'string' ? part.split(separator) : [new Text([part])];
    fields[fields.length - 1].push(first);
    others.forEach((field) => fields.push([field]));
  }
  return fields.map((field) => Text.of(field));
}

/** Returns the resource for the name in its ARN, which a template gets by `Fn::Select` of the last part of `Fn::Split`. */
function partOfArn(list: unknown, index: number, evaluation: Evaluation): Text | undefined {
  const [separator, source] = evaluation.list(Object(list)['Fn::Split']);
  const value = source === undefined ? undefined : evaluation.value(source);
  const resource = value instanceof Text && value.parts.length === 1 ? value.resource() : undefined;
  const isName = (separator === ':' && index === 6) || (separator === '/' && index === 1);
  return resource && isName ? new Text([{ ...resource, attribute: 'Ref' }]) : undefined;
}

function entryOf(holder: unknown, name: string): unknown {
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name) ? (holder as Record<string, unknown>)[name] : undefined;
}

/** Returns the row of a mapping for an unknown key, as decided in the current world. */
function oneOf(mapping: unknown, key: unknown, evaluation: Evaluation): unknown {
  const subject = evaluation.value(key);
  const rows = Object.keys(Object(mapping));
  if (!(subject instanceof Text) || rows.length === 0) return undefined;
  const row = rows.find((candidate) => hasValue(String(subject), candidate, rows));
  return row && entryOf(mapping, row);
}
