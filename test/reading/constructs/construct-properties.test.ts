import { CfnParameter, CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import { ConstructProperties } from '../../../src/reading/constructs/construct-properties';
import { TokenReader } from '../../../src/reading/constructs/token-reader';
import { UNKNOWN } from '../../../src/reading/fact';

const stack = new Stack();
const numberToken = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
const stringToken = new CfnParameter(stack, 'String').valueAsString;
const objectToken = Lazy.any({ produce: () => ({ size: 1 }) });

test.each([
  ['a number', 5, 5],
  ['zero', 0, 0],
  ['a number in a string', '5', 5],
  ['a string that is no number', 'five', UNKNOWN],
  ['an empty string', '', UNKNOWN],
  ['a token', numberToken, UNKNOWN],
  ['a token in a string', stringToken, UNKNOWN],
  ['an object', {}, UNKNOWN],
  ['nothing', undefined, undefined],
  ['null', null, undefined],
])('reads %s as a number', (_what, value, expected) => {
  expect(new ConstructProperties({ size: value }).number('size')).toBe(expected);
});

test.each([
  ['a string', 'x', 'x'],
  ['an empty string', '', ''],
  ['a number', 5, UNKNOWN],
  ['a token', stringToken, UNKNOWN],
  ['nothing', undefined, undefined],
])('reads %s as a string', (_what, value, expected) => {
  expect(new ConstructProperties({ name: value }).string('name')).toBe(expected);
});

test.each([
  ['an object', { size: 1 }, 1],
  ['a list', [7], undefined],
  ['a token', objectToken, UNKNOWN],
  ['nothing', undefined, undefined],
])('reads inside %s', (_what, value, expected) => {
  expect(new ConstructProperties({ config: value }).number('config', 'size')).toBe(expected);
});

test('knows whether anything is there', () => {
  const properties = new ConstructProperties({ token: stringToken, value: false });

  expect(properties.has('token')).toBe(true);
  expect(properties.has('value')).toBe(true);
  expect(properties.has('nothing')).toBe(false);
});

test('reads a property from the first layer that has it', () => {
  const properties = new ConstructProperties({ a: 1, b: undefined }, { a: 2, b: 3 });

  expect(properties.number('a')).toBe(1);
  expect(properties.number('b')).toBe(3);
});

test('reads the entries of a list', () => {
  const properties = new ConstructProperties({ names: ['a', stringToken], blocks: [{ size: 1 }, objectToken], other: objectToken, text: 'x' });

  expect(properties.strings('names')).toEqual(['a', UNKNOWN]);
  expect((properties.items('blocks') as ConstructProperties[]).map((item) => item.number('size'))).toEqual([1, UNKNOWN]);
  expect(properties.strings('other')).toBe(UNKNOWN);
  expect(properties.strings('text')).toBe(UNKNOWN);
  expect(properties.strings('nothing')).toBeUndefined();
});

test.each([
  [{ subnetIds: ['a'] }, true],
  [{ subnetIds: [stringToken] }, true],
  [{ subnetIds: [] }, false],
  [{ subnetIds: 5 }, true],
  [{ subnetIds: objectToken }, UNKNOWN],
  [{}, undefined],
  [objectToken, UNKNOWN],
  [undefined, undefined],
])('knows whether %p holds subnets', (vpcConfig, expected) => {
  expect(new ConstructProperties({ vpcConfig }).filled('vpcConfig', 'subnetIds')).toBe(expected);
});

test.each([
  ['the reference of a resource', (resource: CfnResource) => resource.ref, 'Ref', ''],
  ['an attribute of a resource', (resource: CfnResource) => `${resource.getAtt('Arn')}:$LATEST`, 'Arn', ':$LATEST'],
])('finds the resource behind %s', (_what, valueOf, attribute, text) => {
  const resource = new CfnResource(new Stack(), 'Resource', { type: 'AWS::Lambda::Function' });

  expect(new ConstructProperties({ functionName: valueOf(resource) }).reference('functionName')).toEqual({ key: resource, attribute, text });
});

test.each([
  ['a text', 'orders:7', { text: 'orders:7' }],
  ['an empty text', '', { text: '' }],
  ['a parameter', stringToken, { key: expect.anything(), attribute: 'Ref', text: '' }],
  ['a lazy value', Lazy.string({ produce: () => 'x' }), UNKNOWN],
  ['two references', `${stringToken}${stringToken}`, UNKNOWN],
  ['an object', {}, UNKNOWN],
  ['nothing', undefined, undefined],
])('finds what %s refers to', (_what, functionName, expected) => {
  expect(new ConstructProperties({ functionName }).reference('functionName')).toEqual(expected);
});

test('finds no reference inside what is unknown or not there', () => {
  const properties = new ConstructProperties({ config: objectToken });

  expect(properties.reference('config', 'functionName')).toBe(UNKNOWN);
  expect(properties.reference('nothing', 'functionName')).toBeUndefined();
});

test('finds a reference in the layer that has it', () => {
  expect(new ConstructProperties({ memorySize: 1 }, { functionName: 'orders' }).reference('functionName')).toEqual({ text: 'orders' });
});

test('reads what was overridden before the property, one entry of a block or all of it', () => {
  const resource = new CfnResource(new Stack(), 'Resource', { type: 'AWS::Lambda::Function' });
  Object.assign(resource, { memorySize: 2048, vpcConfig: { subnetIds: ['a'], securityGroupIds: ['b'] }, timeout: 3 });
  resource.addPropertyOverride('MemorySize', 512);
  resource.addPropertyOverride('VpcConfig.SubnetIds', ['c', 'd']);
  resource.addPropertyOverride('AcceleratorConfig.AcceleratorMemorySize', 24);
  resource.addPropertyDeletionOverride('Timeout');
  const properties = new ConstructProperties(resource);

  expect(properties.number('memorySize')).toBe(512);
  expect(properties.strings('vpcConfig', 'subnetIds')).toEqual(['c', 'd']);
  expect(properties.strings('vpcConfig', 'securityGroupIds')).toEqual(['b']);
  expect(properties.has('acceleratorConfig')).toBe(true);
  expect(properties.number('acceleratorConfig', 'acceleratorMemorySize')).toBe(24);
  expect(properties.number('timeout')).toBeUndefined();
});

test.each([
  ['a text', 'orders', 'orders'],
  ['a token', stringToken, UNKNOWN],
  ['a lazy value', Lazy.string({ produce: () => 'x' }), UNKNOWN],
  ['a number', 5, UNKNOWN],
  ['nothing', undefined, undefined],
])('the fixed name in %s', (_what, functionName, expected) => {
  expect(new ConstructProperties({ functionName }).fixedName('functionName')).toBe(expected);
  expect(new ConstructProperties({ memorySize: 1 }, { functionName }).fixedName('functionName')).toBe(expected);
});

test('reads the words of CloudFormation as well, inside of blocks and for references', () => {
  const properties = new ConstructProperties({ config: { Size: 1, FunctionName: 'orders', inner: { Names: ['a'] } }, MemorySize: 512 });

  expect([properties.number('config', 'size'), properties.number('memorySize')]).toEqual([1, 512]);
  expect(properties.reference('config', 'functionName')).toEqual({ text: 'orders' });
  expect(properties.strings('config', 'inner', 'names')).toEqual(['a']);
  expect(properties.leaves('config')).toEqual(['orders', 'a']);
});

test('reads a block of the first layer that has it, and leaves out null', () => {
  const properties = new ConstructProperties({ config: { size: 1, none: null } }, { config: { size: 2, other: 3 }, name: 'x' });

  expect([properties.number('config', 'size'), properties.number('config', 'other'), properties.has('config', 'none')]).toEqual([1, undefined, false]);
  expect([properties.text('config', 'size'), properties.text('config', 'none', 'deeper'), properties.text('name')]).toEqual(['1', undefined, 'x']);
  expect(properties.text('config')).toBe(UNKNOWN);
});

describe('at synthesis', () => {
  const at = (properties: object, overrides: Record<string, unknown> = {}) => {
    const resource = new CfnResource(new Stack(), 'Resource', { type: 'AWS::Lambda::Function', properties });
    Object.entries(overrides).forEach(([path, value]) => resource.addPropertyOverride(path, value));
    return ConstructProperties.atSynthesis(resource, new TokenReader());
  };

  test('tokens have values', () => {
    const properties = at({ MemorySize: Lazy.number({ produce: () => 512 }), Config: objectToken, Names: Lazy.list({ produce: () => ['a', 'b'] }), Text: stringToken });

    expect(properties.number('memorySize')).toBe(512);
    expect(properties.number('config', 'size')).toBe(1);
    expect(properties.strings('names')).toEqual(['a', 'b']);
    expect(properties.string('text')).toBe(UNKNOWN);
    expect(properties.reference('nothing')).toBeUndefined();
  });

  test('expressions have values for whoever reads texts', () => {
    const properties = at({ Name: { 'Fn::Join': ['-', ['a', 'b']] }, Config: { Size: { 'Fn::Select': [1, ['a', '7']] } }, Region: { Ref: 'AWS::Region' } });

    expect([properties.text('name'), properties.text('config', 'size'), properties.string('region')]).toEqual(['a-b', '7', UNKNOWN]);
    expect(properties.reference('name')).toEqual({ text: 'a-b' });
  });

  test('overrides replace parts of blocks, and may be expressions', () => {
    const properties = at(
      { VpcConfig: { SubnetIds: ['a'], SecurityGroupIds: ['b'] }, Timeout: 3, Tags: [{ Key: 'a' }, { Key: 'b' }] },
      { 'VpcConfig.SubnetIds': ['c'], 'Name': { 'Fn::Join': ['', ['x', 'y']] }, 'Timeout': undefined, 'New.Inner.Size': 5, 'Open': { Ref: 'AWS::Region' }, 'Tags.1.Key': 'c' },
    );

    expect([properties.strings('vpcConfig', 'subnetIds'), properties.strings('vpcConfig', 'securityGroupIds')]).toEqual([['c'], ['b']]);
    expect([properties.string('name'), properties.has('timeout'), properties.number('new', 'inner', 'size')]).toEqual(['xy', false, 5]);
    expect([properties.string('open'), properties.string('open', 'inside'), properties.has('open')]).toEqual([UNKNOWN, UNKNOWN, true]);
    expect([properties.reference('name'), properties.reference('vpcConfig', 'subnetIds')]).toEqual([{ text: 'xy' }, UNKNOWN]);
    expect([properties.has('new'), properties.has('new', 'other'), properties.has('nothing')]).toEqual([true, false, false]);
  });

  test('equal values have the same identity, and without synthesis a value is its own', () => {
    const [one, same, other] = [1, 1, 2].map((size) => at({ Config: { Size: size } }).items('none') ?? at({ List: [{ Size: size }] }).items('list'));
    const identityOf = (items: typeof one) => (items as ConstructProperties[])[0].identity();

    expect(identityOf(one)).toBe(identityOf(same));
    expect(identityOf(one)).not.toBe(identityOf(other));
    expect(new ConstructProperties('a').identity()).toBe('a');
  });
});
