import { UNKNOWN } from '../../../src/reading/fact';
import { ResourceGraph } from '../../../src/reading/resource-graph';
import { Template, constructPathOf, shortPath } from '../../../src/reading/templates/template';
import { isJudged, resourcesOf } from '../../../src/reading/templates/templates';
import { assuming, inEachWorld } from '../../../src/reading/worlds';

const ORDERS = { Type: 'AWS::Lambda::Function', Properties: {} };

/** The resource `X` of a template, beside a function `Orders`, with the property to look at. */
function read(value: unknown, sections: object = {}, template: Partial<Template> = {}) {
  const body = { ...sections, Resources: { Orders: ORDERS, X: { Type: 'AWS::Lambda::Alias', Properties: { Value: value } } } };
  return resourcesOf([{ file: 'a.json', body, ...template }]).find(({ logicalId }) => logicalId === 'X')!.properties;
}

/** A reference for people: `Orders.Arn:$LATEST`. */
function referenceOf(value: unknown, sections?: object): unknown {
  const reference = read(value, sections).reference('value');
  return typeof reference === 'object' ? { ...reference, key: reference.key === ORDERS ? 'Orders' : reference.key } : reference;
}

test.each<[unknown, unknown]>([
  [{ Ref: 'Orders' }, { key: 'Orders', attribute: 'Ref', text: '' }],
  [{ 'Fn::GetAtt': ['Orders', 'Arn'] }, { key: 'Orders', attribute: 'Arn', text: '' }],
  [{ 'Fn::GetAtt': 'Orders.Arn' }, { key: 'Orders', attribute: 'Arn', text: '' }],
  [{ 'Fn::Sub': '${Orders.Arn}:$LATEST' }, { key: 'Orders', attribute: 'Arn', text: ':$LATEST' }],
  [{ 'Fn::Sub': ['${Fn}:${Version}', { Fn: { 'Fn::GetAtt': 'Orders.Arn' }, Version: 7 }] }, { key: 'Orders', attribute: 'Arn', text: ':7' }],
  [{ 'Fn::Sub': 'arn:${AWS::Partition}:function:${Orders}' }, { key: 'Orders', attribute: 'Ref', text: 'arn::function:' }],
  [{ 'Fn::Join': [':', [{ Ref: 'Orders' }, '$LATEST']] }, { key: 'Orders', attribute: 'Ref', text: ':$LATEST' }],
  [{ 'Fn::Select': [0, [{ Ref: 'Orders' }]] }, { key: 'Orders', attribute: 'Ref', text: '' }],
  [{ 'Fn::Select': ['6', { 'Fn::Split': [':', { 'Fn::GetAtt': 'Orders.Arn' }] }] }, { key: 'Orders', attribute: 'Ref', text: '' }],
  [{ 'Fn::If': ['Anything', { Ref: 'Orders' }, { Ref: 'Orders' }] }, { key: 'Orders', attribute: 'Ref', text: '' }],
  [{ 'Fn::If': ['Anything', { Ref: 'Orders' }, 'orders'] }, UNKNOWN],
  [{ 'Fn::Join': ['', [{ Ref: 'Orders' }, { Ref: 'Orders' }]] }, UNKNOWN],
  [{ 'Fn::GetAtt': ['Nothing', 'Arn'] }, UNKNOWN],
  [{ 'Fn::Sub': '${!Literal}' }, { text: '${Literal}' }],
  [{ 'Fn::Sub': 'a ${unclosed' }, { text: 'a ${unclosed' }],
  [{ 'Fn::Select': [1, { 'Fn::Split': ['/', 'orders/live'] }] }, { text: 'live' }],
  [{ 'Fn::FindInMap': ['Names', 'prod', 'name'] }, { text: 'orders-prod' }],
  [{ Ref: 'AWS::NoValue' }, undefined],
])('finds what %j refers to', (expression, expected) => {
  expect(referenceOf(expression, { Mappings: { Names: { prod: { name: 'orders-prod' } } } })).toEqual(expected);
});

test.each<[string, unknown, unknown]>([
  ['what is open, under one name', { 'Fn::Sub': 'orders-${Stage}' }, 'orders-${Stage in a.json}'],
  ['the same by another function', { 'Fn::Join': ['-', ['orders', { Ref: 'Stage' }]] }, 'orders-${Stage in a.json}'],
  ['a text that is read at deployment', 'x-{{resolve:ssm:/orders}}', '${x-..resolve.ssm..orders..}'],
  ['which zone of a Region', { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] }, expect.stringMatching(/^\$\{1 of .*zones of .*AWS..Region in a.json.*\}$/)],
])('names %s', (_what, expression, text) => {
  expect(read(expression, { Parameters: { Stage: { Type: 'String' } } }).text('value')).toEqual(text);
});

test('takes what is known of the stack', () => {
  const value = { 'Fn::Sub': '${AWS::StackName} in ${AWS::Region} of ${AWS::AccountId}' };

  expect(read(value, {}, { stackName: 'Shop', region: 'eu-west-1', account: '111111111111' }).string('value')).toBe('Shop in eu-west-1 of 111111111111');
  expect(read(value).string('value')).toBe(UNKNOWN);
});

describe('parameters', () => {
  const SIZE = { Parameters: { Size: { Type: 'Number', Default: '512' } } };

  test('are unknown, but their defaults can be assumed', () => {
    const properties = read({ Ref: 'Size' }, SIZE);

    expect(properties.number('value')).toBe(UNKNOWN);
    expect(assuming(() => properties.number('value'))).toEqual({ result: 512, assumed: ['the default of the parameter Size'] });
  });

  test('are what they are given', () => {
    expect(read({ Ref: 'Size' }, SIZE, { parameters: { Size: 4096 } }).number('value')).toBe(4096);
  });

  test('may have several values', () => {
    const properties = read({ Ref: 'Size' }, { Parameters: { Size: { Type: 'Number', AllowedValues: [512, 1024, 2048] } } });

    expect(inEachWorld(() => properties.number('value'))).toEqual([512, 1024, 2048]);
    expect(properties.number('value')).toBe(UNKNOWN);
  });

  test('that are read from elsewhere have no default', () => {
    const properties = read({ Ref: 'Size' }, { Parameters: { Size: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/orders/size' } } });

    expect(assuming(() => properties.string('value')).result).toBe(UNKNOWN);
  });

  test('with a single allowed value have that', () => {
    const properties = read({ Ref: 'Size' }, { Parameters: { Size: { Type: 'Number', AllowedValues: [512] } } });

    expect(inEachWorld(() => properties.number('value'))).toEqual([512]);
    expect(inEachWorld(() => read({ Ref: 'Size' }, { Parameters: { Size: { Type: 'Number', AllowedValues: [] } } }).number('value'))).toEqual([UNKNOWN]);
  });

  test('without a type or a proper one are texts', () => {
    const properties = (type: unknown) => read({ Ref: 'Size' }, { Parameters: { Size: { Type: type, Default: 'a,b' } } });

    expect([undefined, 5, ['List<String>'], 'String'].map((type) => assuming(() => properties(type).string('value')).result)).toEqual(['a,b', 'a,b', 'a,b', 'a,b']);
  });

  test('are no more than names if they aren\'t blocks', () => {
    expect([null, 'x', 5].map((parameter) => read({ Ref: 'Size' }, { Parameters: { Size: parameter } }).text('value'))).toEqual(Array(3).fill('${Size in a.json}'));
  });

  test('of a nested stack are those of its template where the parent gives none', () => {
    const parent: Template = { file: 'parent.json', body: { Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Other: 'x' } } } } } };
    const properties = read({ Ref: 'Size' }, SIZE, { nestedIn: { template: parent, logicalId: 'Inner' } });

    expect(assuming(() => properties.number('value')).result).toBe(512);
    expect(read({ Ref: 'Other' }, { Parameters: { Other: { Type: 'String' } } }, { nestedIn: { template: parent, logicalId: 'Inner' } }).string('value')).toBe('x');
  });

  test('may be lists', () => {
    const properties = read({ Ref: 'Subnets' }, { Parameters: { Subnets: { Type: 'List<AWS::EC2::Subnet::Id>', Default: 'subnet-1, subnet-2' } } });

    expect(assuming(() => properties.strings('value')).result).toEqual(['subnet-1', 'subnet-2']);
    expect(properties.strings('value')).toBe(UNKNOWN);
  });
});

describe('conditions', () => {
  const CONDITIONS = {
    Parameters: { Stage: { Type: 'String' } },
    Conditions: {
      IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
      IsDev: { 'Fn::Equals': ['dev', { Ref: 'Stage' }] },
      NotProd: { 'Fn::Not': [{ Condition: 'IsProd' }] },
      Either: { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsDev' }] },
      Both: { 'Fn::And': [{ Condition: 'IsProd' }, { Condition: 'IsDev' }] },
      Loop: { Condition: 'Loop' },
      Wrong: null,
    },
  };
  const worlds = (value: unknown) => {
    const properties = read(value, CONDITIONS);
    return inEachWorld(() => properties.text('value'));
  };

  test.each<[string, unknown, unknown[]]>([
    ['decide between values', { 'Fn::If': ['IsProd', 1, 2] }, ['1', '2']],
    ['decide whether there is one', { 'Fn::If': ['IsProd', 1, { Ref: 'AWS::NoValue' }] }, ['1', undefined]],
    ['agree', { 'Fn::Sub': ['${A}${B}', { A: { 'Fn::If': ['IsProd', 1, 2] }, B: { 'Fn::If': ['NotProd', 2, 1] } }] }, ['11', '22']],
    ['exclude each other', { 'Fn::If': ['IsProd', { 'Fn::If': ['IsDev', 'both', 'prod'] }, { 'Fn::If': ['IsDev', 'dev', 'neither'] }] }, ['prod', 'dev', 'neither']],
    ['are joined by or', { 'Fn::If': ['Either', { Ref: 'Stage' }, 'neither'] }, ['prod', 'dev', 'neither']],
    ['are joined by and', { 'Fn::If': ['Both', 'both', 'not both'] }, ['not both', 'not both']],
    ['tell what a parameter is', { 'Fn::If': ['IsProd', { Ref: 'Stage' }, 'else'] }, ['prod', 'else']],
    ['may lead in a circle', { 'Fn::If': ['Loop', 1, 2] }, ['1', '2']],
    ['may be nonsense', { 'Fn::If': ['Wrong', 1, 2] }, ['1', '2']],
    ['may be unknown', { 'Fn::If': ['Nothing', 1, 2] }, ['1', '2']],
  ])('%s', (_what, value, expected) => {
    expect(worlds(value)).toEqual(expected);
  });

  test('are unknown where they make too many worlds', () => {
    const many = { 'Fn::Join': ['', Array.from({ length: 7 }, (_, index) => ({ 'Fn::If': [`C${index}`, 1, 2] }))] };

    expect(worlds(many)).toEqual([expect.stringContaining('${')]);
  });

  test('leave resources out', () => {
    const body = { Resources: { X: { Type: 'AWS::Lambda::Function', Condition: 'IsProd' } } };
    const [resource] = resourcesOf([{ file: 'a.json', body }]);

    expect(inEachWorld(() => resource.isLeftOut)).toEqual([false, true]);
    expect(resource.isLeftOut).toBe(false);
  });
});

describe('across templates', () => {
  const Fn = { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'orders' } };
  const alias = (value: unknown) => ({ Type: 'AWS::Lambda::Alias', Properties: { FunctionName: value } });
  const functionOf = (...templates: Template[]) => {
    const graph = new ResourceGraph(resourcesOf(templates));
    return graph.ofType('AWS::Lambda::Alias').map((resource) => graph.functionOf(resource)?.logicalId);
  };

  test('follows parameters and outputs of nested stacks', () => {
    const parent: Template = {
      file: 'parent.json',
      body: {
        Resources: {
          Fn,
          Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Name: { Ref: 'Fn' } } } },
          Outside: alias({ 'Fn::GetAtt': ['Inner', 'Outputs.Name'] }),
        },
      },
    };
    const child: Template = {
      file: 'child.json',
      body: { Parameters: { Name: { Type: 'String' } }, Resources: { Inside: alias({ Ref: 'Name' }) }, Outputs: { Name: { Value: { Ref: 'Name' } } } },
      nestedIn: { template: parent, logicalId: 'Inner' },
    };

    expect(functionOf(parent, child)).toEqual(['Fn', 'Fn']);
  });

  test('follows an export whose name is computed', () => {
    const base: Template = {
      file: 'base.json', stackName: 'Base', body: { Resources: { Fn }, Outputs: { Fn: { Value: { Ref: 'Fn' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-fn' } } } } },
    };
    const other: Template = { file: 'other.json', body: { Resources: { X: alias({ 'Fn::ImportValue': { 'Fn::Join': ['-', ['Base', 'fn']] } }) } } };

    expect(functionOf(base, other)).toEqual(['Fn']);
  });

  test.each<[string, unknown]>([
    ['its name', 'orders'],
    ['its name with a version', 'orders:7'],
    ['its ARN', 'arn:aws:lambda:eu-west-1:111111111111:function:orders'],
    ['its ARN out of pieces', { 'Fn::Sub': 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:orders:live' }],
    ['a partial ARN', '111111111111:function:orders'],
  ])('takes %s for the function', (_what, value) => {
    expect(functionOf({ file: 'a.json', region: 'eu-west-1', body: { Resources: { Fn, X: alias(value) } } })).toEqual(['Fn']);
  });

  test('takes the same expression as name for the function', () => {
    const name = { 'Fn::Sub': 'orders-${AWS::StackName}' };

    expect(functionOf({ file: 'a.json', body: { Resources: { Fn: { ...Fn, Properties: { FunctionName: name } }, X: alias(name) } } })).toEqual(['Fn']);
  });

  test.each<[string, unknown]>([
    ['another name', 'payments'],
    ['an ARN in another Region', 'arn:aws:lambda:us-east-1:111111111111:function:orders'],
    ['something else with that name', 'arn:aws:sqs:eu-west-1:111111111111:orders'],
    ['an action on functions', 'arn:aws:scheduler:::aws-sdk:lambda:orders'],
  ])('doesn\'t take %s for the function', (_what, value) => {
    expect(functionOf({ file: 'a.json', region: 'eu-west-1', body: { Resources: { Fn, X: alias(value) } } })).toEqual([undefined]);
  });
});

test('references to what is no resource lead nowhere', () => {
  const body = { Resources: { X: { Type: 'AWS::Lambda::Alias', Properties: { Null: { Ref: 'A' }, Text: { Ref: 'B' } } }, A: null, B: 'x' } };
  const [{ properties }] = resourcesOf([{ file: 'a.json', body }]);

  expect([properties.text('null'), properties.text('text')]).toEqual(['${A in a.json}', '${B in a.json}']);
});

test('references into other stacks lead to their resources before they are exports', () => {
  const neighbour = {};
  const body = { Resources: { X: { Type: 'AWS::Lambda::Alias', Properties: { Ref: { Ref: 'b.json/Fn' }, Arn: { 'Fn::GetAtt': ['b.json/Fn', 'Arn'] }, None: { Ref: 'b.json/No' } } } } };
  const [{ properties }] = resourcesOf([{ file: 'a.json', body }], new Map([['b.json/Fn', neighbour]]));

  expect(properties.reference('ref')).toEqual({ key: neighbour, attribute: 'Ref', text: '' });
  expect(properties.reference('arn')).toEqual({ key: neighbour, attribute: 'Arn', text: '' });
  expect(properties.reference('none')).toBe(UNKNOWN);
});

test.each<[unknown, string | undefined]>([
  ['Stack/Orders/Resource', 'Stack/Orders'],
  ['/Stack/Orders', 'Stack/Orders'],
  ['Stack/Resource/Orders', 'Stack/Resource/Orders'],
  [5, undefined],
  [undefined, undefined],
])('the metadata %p names the construct %p', (path, name) => {
  const resource = { Type: 'AWS::Lambda::Function', Metadata: { 'aws:cdk:path': path } };
  const [view] = resourcesOf([{ file: 'a.json', body: { Resources: { Orders: resource } }, region: 'eu-west-1' }]);

  expect(constructPathOf(resource)).toBe(name);
  expect(view.name).toBe(name ?? 'Orders');
  expect(view.place).toEqual({ account: UNKNOWN, region: 'eu-west-1' });
  expect(shortPath(`/${name}/Resource`)).toBe(`${name}`);
});

test.each<[string, boolean]>([
  ['AWS::Lambda::Function', true],
  ['AWS::EC2::SecurityGroup', true],
  ['AWS::Serverless::Api', true],
  ['AWS::SQS::Queue', false],
  ['My::AWS::Serverless::Api', false],
])('judges a %s: %s', (type, is) => {
  expect(isJudged(type)).toBe(is);
});

describe('survives', () => {
  const BODIES: [string, unknown][] = [
    ['nothing', null],
    ['a text', 'x'],
    ['a list', []],
    ['null resources', { Resources: null }],
    ['a null resource', { Resources: { A: null, B: 5, C: 'x', D: [], E: { Type: null } }, Outputs: { A: null } }],
    ['names that all objects have', JSON.parse('{"Resources":{"__proto__":{"Type":"constructor"},"toString":{"Type":"AWS::Lambda::Alias","Properties":{"FunctionName":{"Ref":"__proto__"}}}}}')],
    ['aliases in a circle', {
      Resources: {
        A: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'B' } } }, B: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'A' } } },
      },
    }],
    ['exports in a circle', {
      Resources: { A: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { 'Fn::ImportValue': 'a' } } } },
      Outputs: { A: { Value: { 'Fn::ImportValue': 'b' }, Export: { Name: 'a' } }, B: { Value: { 'Fn::ImportValue': 'a' }, Export: { Name: 'b' } } },
    }],
    ['functions without arguments', {
      Resources: Object.fromEntries(['Ref', 'Fn::GetAtt', 'Fn::Sub', 'Fn::Join', 'Fn::Split', 'Fn::Select', 'Fn::If', 'Fn::FindInMap', 'Fn::GetAZs', 'Fn::ImportValue', 'Fn::GetStackOutput', 'Fn::Cidr'].flatMap((name) => (
        [null, 5, '', [], {}, [null], [null, null], [{}, {}, {}]].map((argument, index) => (
          [`${name}${index}`.replace(/\W/g, ''), { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { [name]: argument } } }]
        ))
      ))),
    }],
    ['an expression that never ends', {
      Resources: {
        A: {
          Type: 'AWS::Lambda::Alias',
          Properties: {
            FunctionName: Array.from({ length: 3000 }).reduce((inner: unknown) => ({ 'Fn::Join': ['', [inner]] }), 'orders'),
          },
        },
      },
    }],
  ];

  test.each(BODIES)('%s', (_what, body) => {
    const graph = new ResourceGraph(resourcesOf([{ file: 'a.json', body }]));

    expect(graph.resources.map((resource) => graph.functionOf(resource))).toEqual(graph.resources.map(() => undefined));
  });

  test('a text full of openings without end', () => {
    const text = '${'.repeat(200_000);

    expect(read({ 'Fn::Sub': text }).string('value')).toBe(text);
  });
});
