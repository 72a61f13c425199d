import { conditionHolds, evaluate, ExpressionScope, nameOf, nameOfFunction, WITHOUT_NAMES } from '../../src/reading/expression';
import { Text } from '../../src/reading/text';
import { inEachWorld } from '../../src/reading/worlds';

const ORDERS = {};
const SCOPE: ExpressionScope = {
  ...WITHOUT_NAMES,
  name: 'a.json',
  ref: (name) => (name === 'Orders' ? new Text([{ key: ORDERS, attribute: 'Ref', id: 'Orders' }]) : name === 'Zone' ? 'eu-west-1a' : WITHOUT_NAMES.ref(name)),
  attribute: (resource, attribute) => (
    resource === 'Orders' ? new Text([{ key: ORDERS, attribute, id: 'Orders' }]) : WITHOUT_NAMES.attribute(resource, attribute)
  ),
  mapping: (name) => (name === 'Sizes' ? { prod: { memory: 4096, zones: ['a', 'b'], vCpus: { Ref: 'Zone' } }, dev: { memory: 2048 } } : undefined),
  condition: (name) => (name.startsWith('Loop') ? { Condition: name } : ({
    Always: { 'Fn::Equals': ['a', 'a'] },
    Never: { 'Fn::Equals': ['a', 'b'] },
    NotAlways: { 'Fn::Not': [{ Condition: 'Always' }] },
    SameBlock: { 'Fn::Equals': [{ a: [1] }, { a: [1] }] },
    OtherBlock: { 'Fn::Equals': [{ a: [1] }, { a: [2] }] },
    SameUnknown: { 'Fn::Equals': [{ Ref: 'Stage' }, { Ref: 'Stage' }] },
    NumberAsText: { 'Fn::Equals': [1, '1'] },
    OneOperand: { 'Fn::Equals': ['a'] },
    ThreeOperands: { 'Fn::Equals': ['a', 'a', 'a'] },
    Text: 'true',
    Nonsense: { 'Fn::Sometimes': [] },
    IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    AnyOpen: { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'Never' }] },
    AnyTrue: { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'Always' }] },
    AllOpen: { 'Fn::And': [{ Condition: 'IsProd' }, { Condition: 'Always' }] },
    AllFalse: { 'Fn::And': [{ Condition: 'IsProd' }, { Condition: 'Never' }] },
    FalseFirst: { 'Fn::And': [{ Condition: 'Never' }, { Condition: 'IsProd' }] },
  } as Record<string, unknown>)[name]),
  imported: (name) => `imported ${name}`,
  output: (stack, name, region) => `${name} of ${stack} in ${region ?? 'its own Region'}`,
};

/** What an expression is: text as people read it, and other values as they are. */
const valueOf = (expression: unknown, scope = SCOPE) => {
  const value = evaluate(expression, scope);
  return value instanceof Text ? `open: ${value}` : value;
};

const OPEN = expect.stringMatching(/^open: \$\{.* in a\.json\}$/);

test.each<[string, unknown, unknown]>([
  ['a plain text', 'orders', 'orders'],
  ['a number', 5, 5],
  ['null', null, undefined],
  ['a list', ['a'], ['a']],
  ['a block', { a: 1 }, { a: 1 }],
  ['an empty block', {}, {}],
  ['a block with a function and more beside it', { Ref: 'Zone', a: 1 }, { Ref: 'Zone', a: 1 }],
  ['a reference', { Ref: 'Zone' }, 'eu-west-1a'],
  ['a reference without a name', { Ref: ['Zone'] }, OPEN],
  ['a function that nobody knows', { 'Fn::Guess': 'a' }, OPEN],
  ['a text that deployment resolves', '{{resolve:ssm:/orders}}', 'open: ${..resolve.ssm..orders..}'],
  ['Fn::GetAtt with two dots', { 'Fn::GetAtt': 'Orders.Outputs.Name' }, 'open: ${Orders#Outputs.Name}'],
  ['Fn::GetAtt without a dot', { 'Fn::GetAtt': 'Orders' }, 'open: ${Order.Orders}'],
  ['Fn::GetAtt of a computed attribute', { 'Fn::GetAtt': ['Orders', { 'Fn::Join': ['', ['A', 'rn']] }] }, 'open: ${Orders#Arn}'],
  ['Fn::GetAtt of an unknown attribute', { 'Fn::GetAtt': ['Orders', { Ref: 'Stage' }] }, OPEN],
  ['Fn::GetAtt of a resource that isn\'t a name', { 'Fn::GetAtt': [5, 'Arn'] }, OPEN],
  ['Fn::Sub of a number', { 'Fn::Sub': 5 }, OPEN],
  ['Fn::Sub with own variables', { 'Fn::Sub': ['${A}-${Zone}', { A: 'x' }] }, 'x-eu-west-1a'],
  ['Fn::Sub with variables that aren\'t a block', { 'Fn::Sub': ['${Zone}', 'x'] }, 'eu-west-1a'],
  ['Fn::Sub with variables that are null', { 'Fn::Sub': ['${Zone}', null] }, 'eu-west-1a'],
  ['Fn::Sub of an attribute', { 'Fn::Sub': 'x ${ Orders.Arn } y' }, 'open: x ${Orders#Arn} y'],
  ['Fn::Sub of nothing', { 'Fn::Sub': 'x${AWS::NoValue}y' }, 'xy'],
  ['Fn::Sub of a list', { 'Fn::Sub': ['x${A}', { A: ['a'] }] }, expect.stringMatching(/^open: x\$\{.* in a\.json\}$/)],
  ['Fn::Sub with two literals', { 'Fn::Sub': '${!A}${!B}${Zone}' }, '${A}${B}eu-west-1a'],
  ['Fn::Join with a computed entry', { 'Fn::Join': ['-', ['a', { Ref: 'Zone' }, 'b']] }, 'a-eu-west-1a-b'],
  ['Fn::Join without nothing', { 'Fn::Join': ['-', [{ Ref: 'AWS::NoValue' }, 'a', { Ref: 'AWS::NoValue' }, 'b']] }, 'a-b'],
  ['Fn::Join with a separator that isn\'t text', { 'Fn::Join': [5, ['a', 'b']] }, OPEN],
  ['Fn::Join of a text', { 'Fn::Join': ['-', 'ab'] }, OPEN],
  ['Fn::Split', { 'Fn::Split': [',', 'a,b,,c'] }, ['a', 'b', '', 'c']],
  ['Fn::Split with an empty separator', { 'Fn::Split': ['', 'abc'] }, OPEN],
  ['Fn::Split with a separator that isn\'t text', { 'Fn::Split': [5, 'abc'] }, OPEN],
  ['Fn::Split of an unknown text without the separator', { 'Fn::Split': [',', { 'Fn::Sub': 'a-${Stage}' }] }, OPEN],
  ['Fn::Split of a number', { 'Fn::Split': [',', 5] }, OPEN],
  ['Fn::Split of a resource', { 'Fn::Split': [':', { 'Fn::Sub': '${Orders}:live' }] }, OPEN],
  ['Fn::Select of a list', { 'Fn::Select': [1, ['a', 'b']] }, 'b'],
  ['Fn::Select by text', { 'Fn::Select': ['1', ['a', { Ref: 'Zone' }]] }, 'eu-west-1a'],
  ['Fn::Select beyond the end', { 'Fn::Select': [2, ['a', 'b']] }, OPEN],
  ['Fn::Select of an unknown text', { 'Fn::Select': [2, { Ref: 'Stage' }] }, 'open: ${2 of ..Stage.}'],
  ['Fn::Select of a part of an unknown text', { 'Fn::Select': [1, { 'Fn::Split': ['-', { 'Fn::Sub': 'a-${Stage}-c-d' }] }] }, 'open: ${Stage}'],
  ['Fn::Select of a known part', { 'Fn::Select': [2, { 'Fn::Split': ['-', { 'Fn::Sub': 'a-${Stage}x-c' }] }] }, 'c'],
  ['Fn::Select of the text after an unknown part', { 'Fn::Select': [1, { 'Fn::Split': ['-', { 'Fn::Sub': 'a-${Stage}x-c' }] }] }, 'open: ${Stage}x'],
  ['the name in an ARN', { 'Fn::Select': [6, { 'Fn::Split': [':', { 'Fn::GetAtt': 'Orders.Arn' }] }] }, 'open: ${Orders#Ref}'],
  ['the name after a slash', { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::GetAtt': 'Orders.Arn' }] }] }, 'open: ${Orders#Ref}'],
  ['the account in an ARN', { 'Fn::Select': [4, { 'Fn::Split': [':', { 'Fn::GetAtt': 'Orders.Arn' }] }] }, expect.stringMatching(/^open: \$\{4 of /)],
  ['the second part between colons', { 'Fn::Select': [1, { 'Fn::Split': [':', { 'Fn::GetAtt': 'Orders.Arn' }] }] }, expect.stringMatching(/^open: \$\{1 of /)],
  ['the seventh part between slashes', { 'Fn::Select': [6, { 'Fn::Split': ['/', { 'Fn::GetAtt': 'Orders.Arn' }] }] }, expect.stringMatching(/^open: \$\{6 of /)],
  ['Fn::If of a true condition', { 'Fn::If': ['Always', 'a', 'b'] }, 'a'],
  ['Fn::If of a false condition', { 'Fn::If': ['Never', 'a', { Ref: 'Zone' }] }, 'eu-west-1a'],
  ['Fn::If with equal branches', { 'Fn::If': ['IsProd', { a: [1] }, { a: [1] }] }, { a: [1] }],
  ['Fn::If with a text and a number', { 'Fn::If': ['IsProd', '1', 1] }, OPEN],
  ['Fn::If with a text like an unknown value', { 'Fn::If': ['IsProd', { Ref: 'Stage' }, '${Stage}'] }, OPEN],
  ['Fn::If of a condition that isn\'t a name', { 'Fn::If': [['Always'], 'a', 'b'] }, OPEN],
  ['Fn::FindInMap', { 'Fn::FindInMap': ['Sizes', 'prod', 'memory'] }, 4096],
  ['Fn::FindInMap by a computed key', { 'Fn::FindInMap': ['Sizes', { 'Fn::Join': ['', ['d', 'ev']] }, 'memory'] }, 2048],
  ['Fn::FindInMap of a list', { 'Fn::FindInMap': ['Sizes', 'prod', 'zones'] }, ['a', 'b']],
  ['Fn::FindInMap of an expression', { 'Fn::FindInMap': ['Sizes', 'prod', 'vCpus'] }, 'eu-west-1a'],
  ['Fn::FindInMap without the key', { 'Fn::FindInMap': ['Sizes', 'test', 'memory'] }, OPEN],
  ['Fn::FindInMap without the mapping', { 'Fn::FindInMap': ['Nothing', 'prod', 'memory'] }, OPEN],
  ['Fn::FindInMap by a key that all objects have', { 'Fn::FindInMap': ['Sizes', 'constructor', 'name'] }, OPEN],
  ['Fn::FindInMap with a default', { 'Fn::FindInMap': ['Sizes', 'test', 'memory', { DefaultValue: 512 }] }, 512],
  ['Fn::FindInMap with a computed default', { 'Fn::FindInMap': ['Sizes', 'test', 'memory', { DefaultValue: { Ref: 'Zone' } }] }, 'eu-west-1a'],
  ['Fn::FindInMap that needs no default', { 'Fn::FindInMap': ['Sizes', 'dev', 'memory', { DefaultValue: 512 }] }, 2048],
  ['Fn::FindInMap with a default, without the mapping', { 'Fn::FindInMap': ['Nothing', 'prod', 'memory', { DefaultValue: 512 }] }, OPEN],
  ['Fn::FindInMap with a default and an unknown second key', { 'Fn::FindInMap': ['Sizes', 'test', { Ref: 'Stage' }, { DefaultValue: 512 }] }, OPEN],
  ['Fn::FindInMap with a default and an unknown first key', { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'memory', { DefaultValue: 512 }] }, OPEN],
  ['Fn::ToJsonString', { 'Fn::ToJsonString': { a: [1, 'x', null, { Ref: 'Zone' }], b: { c: true, d: 2 } } }, '{"a":[1,"x",null,"eu-west-1a"],"b":{"c":true,"d":2}}'],
  ['Fn::ToJsonString of an unknown value', { 'Fn::ToJsonString': { a: { Ref: 'Stage' }, b: [] } }, 'open: {"a":"${Stage}","b":[]}'],
  ['Fn::GetAZs of a Region', { 'Fn::GetAZs': 'eu-west-1' }, 'open: ${zones of eu-west-1}'],
  ['Fn::GetAZs of the own Region', { 'Fn::GetAZs': '' }, 'open: ${zones of ..AWS..Region.}'],
  ['Fn::GetAZs of a list', { 'Fn::GetAZs': ['eu-west-1'] }, OPEN],
  ['Fn::ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': '${Zone}-fn' } }, 'imported eu-west-1a-fn'],
  ['Fn::ImportValue of an unknown name', { 'Fn::ImportValue': { 'Fn::Sub': '${Stage}-fn' } }, 'imported ${Stage}-fn'],
  ['Fn::ImportValue of a list', { 'Fn::ImportValue': ['fn'] }, OPEN],
  ['Fn::GetStackOutput', { 'Fn::GetStackOutput': { StackName: 'Base', OutputName: 'Fn' } }, 'Fn of Base in its own Region'],
  ['Fn::GetStackOutput of a Region', { 'Fn::GetStackOutput': { StackName: 'Base', OutputName: 'Fn', Region: 'eu-west-1' } }, 'Fn of Base in eu-west-1'],
  ['Fn::GetStackOutput of the own Region', { 'Fn::GetStackOutput': { StackName: 'Base', OutputName: 'Fn', Region: { Ref: 'AWS::Region' } } }, 'Fn of Base in its own Region'],
  ['Fn::GetStackOutput of an unknown Region', { 'Fn::GetStackOutput': { StackName: 'Base', OutputName: 'Fn', Region: { Ref: 'Where' } } }, OPEN],
  ['Fn::GetStackOutput of a Region that is a list', { 'Fn::GetStackOutput': { StackName: 'Base', OutputName: 'Fn', Region: ['eu-west-1'] } }, OPEN],
  ['Fn::GetStackOutput without a stack', { 'Fn::GetStackOutput': { OutputName: 'Fn' } }, OPEN],
  ['Fn::GetStackOutput without a name', { 'Fn::GetStackOutput': { StackName: 'Base' } }, OPEN],
])('evaluates %s', (_what, expression, expected) => {
  expect(valueOf(expression)).toEqual(expected);
});

test.each<[string, unknown[], string[] | 'open']>([
  ['as many blocks as it says', ['10.0.0.0/16', 2, 8], ['/24', '/24']],
  ['the most blocks', ['10.0.0.0/16', 256, 4], Array.from({ length: 256 }, () => '/28')],
  ['more blocks than are possible', ['10.0.0.0/16', 257, 4], 'open'],
  ['blocks of a whole address space', ['::/0', 1, 32], ['/0']],
  ['more bits than an address has', ['10.0.0.0/16', 1, 33], 'open'],
  ['an unknown number of blocks', ['10.0.0.0/16', { Ref: 'Count' }, 8], 'open'],
  ['blocks of an unknown size', ['10.0.0.0/16', 2], 'open'],
])('Fn::Cidr returns %s', (_what, argument, expected) => {
  const blocks = evaluate({ 'Fn::Cidr': argument }, SCOPE);

  if (expected === 'open') {
    expect(blocks).toBeInstanceOf(Text);
    return;
  }
  const texts = (blocks as Text[]).map(String);
  expect(texts.map((text) => text.slice(text.lastIndexOf('/')))).toEqual(expected);
  expect(new Set(texts).size).toBe(expected.length);
});

test('an unknown value of Fn::If may be nothing, but one of another function isn\'t', () => {
  expect(evaluate({ 'Fn::If': ['IsProd', 'a', 'b'] }, SCOPE)).toMatchObject({ mayBeNothing: true });
  expect(evaluate({ 'Fn::Guess': 'a' }, SCOPE)).toMatchObject({ mayBeNothing: false });
});

test.each<[string, boolean | undefined, boolean[]]>([
  ['Always', true, [true]],
  ['Never', false, [false]],
  ['NotAlways', false, [false]],
  ['SameBlock', true, [true]],
  ['OtherBlock', false, [false]],
  ['SameUnknown', true, [true]],
  ['NumberAsText', true, [true]],
  ['OneOperand', undefined, [true, false]],
  ['ThreeOperands', undefined, [true, false]],
  ['Text', undefined, [true, false]],
  ['Nonsense', undefined, [true, false]],
  ['Nothing', undefined, [true, false]],
  ['Loop', undefined, [true, false]],
  ['IsProd', undefined, [true, false]],
  ['AnyOpen', undefined, [true, false]],
  ['AnyTrue', true, [true, true]],
  ['AllOpen', undefined, [true, false]],
  ['AllFalse', false, [false, false]],
  ['FalseFirst', false, [false]],
])('the condition %s holds: %p, and in each world: %p', (name, outside, inside) => {
  expect(conditionHolds(name, SCOPE)).toBe(outside);
  expect(inEachWorld(() => conditionHolds(name, SCOPE))).toEqual(inside);
});

test('conditions that nobody defines don\'t depend on each other', () => {
  expect(inEachWorld(() => ['One', 'Other'].map((name) => conditionHolds(name, SCOPE)))).toEqual([[true, true], [true, false], [false, true], [false, false]]);
});

test.each([[['Always']], [undefined], [5]])('a condition that is %p isn\'t decided', (name) => {
  expect(conditionHolds(name, SCOPE)).toBeUndefined();
});

test('an unknown key leads to each row of a mapping in its own world, the same for each column', () => {
  const of = (column: string) => ({ 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, column] });

  expect(inEachWorld(() => [evaluate(of('memory'), SCOPE), evaluate(of('memory'), SCOPE)])).toEqual([[4096, 4096], [2048, 2048]]);
  expect(inEachWorld(() => valueOf({ 'Fn::FindInMap': ['Nothing', { Ref: 'Stage' }, 'memory'] }))).toEqual([OPEN]);
  expect(inEachWorld(() => valueOf({ 'Fn::FindInMap': ['Sizes', ['prod'], 'memory'] }))).toEqual([OPEN]);
});

describe('limits', () => {
  const nested = (levels: number): unknown => Array.from({ length: levels }).reduce((inner: unknown) => ({ 'Fn::Join': ['', [inner]] }), 'orders');
  const listOf = (levels: number): unknown => Array.from({ length: levels }).reduce((inner: unknown) => [inner], 'x');
  const blocks = (count: number) => Array.from({ length: count }, () => ({}));

  test('evaluates fifty functions inside each other, and no more', () => {
    expect(evaluate(nested(50), SCOPE)).toBe('orders');
    expect(evaluate(nested(51), SCOPE)).toBeInstanceOf(Text);
  });

  test('evaluates ten thousand functions, and counts anew for each expression', () => {
    const many = (count: number) => ({ 'Fn::Join': ['', Array.from({ length: count }, () => ({ Ref: 'Zone' }))] });

    expect(typeof evaluate(many(9_999), SCOPE)).toBe('string');
    expect(typeof evaluate(many(9_999), SCOPE)).toBe('string');
    expect(evaluate(many(10_000), SCOPE)).toBeInstanceOf(Text);
  });

  test('compares what is up to fifty blocks deep, and up to 200 blocks', () => {
    expect(nameOf(listOf(51))).toBe(nameOf(listOf(51)));
    expect(nameOf(listOf(52))).not.toBe(nameOf(listOf(52)));
    expect(nameOf(blocks(199))).toBe(nameOf(blocks(199)));
    expect(nameOf(blocks(200))).not.toBe(nameOf(blocks(200)));
  });

  test('writes JSON that is up to fifty blocks deep, and up to 200 blocks', () => {
    const json = (value: unknown) => evaluate({ 'Fn::ToJsonString': value }, SCOPE);

    expect(json(listOf(51))).toBe(JSON.stringify(listOf(51)));
    expect(json(listOf(52))).toBeInstanceOf(Text);
    expect(json(blocks(199))).toBe(JSON.stringify(blocks(199)));
    expect(json(blocks(200))).toBeInstanceOf(Text);
  });
});

test.each<[unknown, string]>([
  [undefined, ''],
  [null, 'null'],
  ['a', '"a"'],
  [['a', 1], '["a",1]'],
  [{ a: { b: true } }, '{a {b true}}'],
])('names %j %s', (value, name) => {
  expect(nameOf(value)).toBe(name);
});

test.each<[object, string | undefined]>([
  [{ Ref: 'a' }, 'Ref'],
  [{ 'Fn::Sub': 'a' }, 'Fn::Sub'],
  [{ Reference: 'a' }, undefined],
  [{ 'Ref': 'a', 'Fn::Sub': 'a' }, undefined],
  [{}, undefined],
])('knows which function %j calls: %s', (value, name) => {
  expect(nameOfFunction(value)).toBe(name);
});

test('knows nothing of names without a scope, except that nothing is nothing', () => {
  const open = (expression: unknown) => valueOf(expression, WITHOUT_NAMES);

  expect(open({ Ref: 'AWS::NoValue' })).toBeUndefined();
  expect(open({ Ref: 'Orders' })).toBe('open: ${Orders}');
  expect(open({ 'Fn::GetAtt': 'Orders.Arn' })).toBe('open: ${Orders.Arn}');
  expect(open({ 'Fn::ImportValue': 'orders' })).toBe('open: ${import of orders}');
  expect(open({ 'Fn::GetStackOutput': { StackName: 'Base', OutputName: 'Fn' } })).toBe('open: ${Fn of Base}');
});
