import { Template } from '../../../src/reading/templates/template';
import { resourcesOf } from '../../../src/reading/templates/templates';

const FN = { Type: 'AWS::Lambda::Function', Properties: {} };
const exporting = (file: string, rest: Partial<Template> = {}, value: unknown = `of ${file}`): Template => (
  { file, body: { Outputs: { Fn: { Value: value, Export: { Name: 'fn' } }, Second: { Value: 'second', Export: { Name: 'second' } } } }, ...rest }
);
/** What a template reads in other templates. */
function read(expression: unknown, asking: Partial<Template>, ...templates: Template[]): unknown {
  const reader: Template = { file: 'out/reader.json', ...asking, body: { Resources: { X: { ...FN, Properties: { Value: expression } } } } };
  return resourcesOf([...templates, reader]).find(({ logicalId }) => logicalId === 'X')!.properties.text('value');
}
const IMPORT = { 'Fn::ImportValue': 'fn' };
const OPEN = '${import of fn}';
const [EU, US] = ['eu-west-1', 'us-east-1'];

test.each<[string, Partial<Template>, Template[], string]>([
  ['the only one', {}, [exporting('out/a.json')], 'of out/a.json'],
  ['none', {}, [], OPEN],
  ['one of two places', {}, [exporting('out/a.json'), exporting('out/b.json')], OPEN],
  ['the one of the same folder', {}, [exporting('out/a.json'), exporting('other/b.json')], 'of out/a.json'],
  ['the only one, in another folder', {}, [exporting('other/b.json')], 'of other/b.json'],
  ['none of two in another folder', {}, [exporting('other/a.json'), exporting('other/b.json')], OPEN],
  ['the one in its Region', { region: EU }, [exporting('out/a.json', { region: US }), exporting('out/b.json', { region: EU })], 'of out/b.json'],
  ['none in another Region', { region: EU }, [exporting('out/a.json', { region: US })], OPEN],
  ['one in an unknown Region', { region: EU }, [exporting('out/a.json')], 'of out/a.json'],
  ['one from an unknown Region', {}, [exporting('out/a.json', { region: US })], 'of out/a.json'],
  ['the one in its account', { account: '1' }, [exporting('out/a.json', { account: '2' }), exporting('out/b.json', { account: '1' })], 'of out/b.json'],
  ['none in another account', { account: '1', region: EU }, [exporting('out/a.json', { account: '2', region: EU })], OPEN],
])('an import finds %s', (_what, asking, templates, expected) => {
  expect(read(IMPORT, asking, ...templates)).toBe(expected);
});

test('a stack output is found by the names of its stack and its own, and by Region', () => {
  const output = (region?: string, stackName = 'Base') => ({ 'Fn::GetStackOutput': { StackName: stackName, OutputName: 'Fn', Region: region } });
  const templates = [exporting('out/a.json', { stackName: 'Base', region: EU }), exporting('out/b.json', { stackName: 'Base', region: US }), exporting('out/c.json')];

  expect(read(output(), { region: EU }, ...templates)).toBe('of out/a.json');
  expect(read(output(US), { region: EU }, ...templates)).toBe('of out/b.json');
  expect(read(output('eu-north-1'), { region: EU }, ...templates)).toBe('${Fn of Base in eu-north-1}');
  expect(read(output(undefined, 'Other'), { region: EU }, ...templates)).toBe('${Fn of Other in its own Region}');
  expect(read(output(undefined, 'undefined'), { region: EU }, ...templates)).toBe('${Fn of undefined in its own Region}');
});

test('an export without a name isn\'t imported under any', () => {
  const template: Template = { file: 'out/a.json', body: { Outputs: { Fn: { Value: 'x' }, Other: { Value: 'y', Export: { Name: ['fn'] } } } } };

  expect(read({ 'Fn::ImportValue': 'undefined' }, {}, template)).toBe('${import of undefined}');
  expect(read({ 'Fn::ImportValue': 'fn' }, {}, template)).toBe(OPEN);
});

test('an output of a nested stack is found if its template is given', () => {
  const resources = { Inner: { Type: 'AWS::CloudFormation::Stack' }, Outer: FN, X: { ...FN, Properties: { Value: { 'Fn::GetAtt': 'Inner.Outputs.Fn' }, Missing: { 'Fn::GetAtt': 'Inner.Outputs.None' }, Other: { 'Fn::GetAtt': 'Inner.Arn' } } } };
  const parent: Template = { file: 'parent.json', body: { Resources: resources } };
  const nested: Template[] = ['Inner', 'Second'].map((logicalId) => ({ file: `${logicalId}.json`, nestedIn: { template: parent, logicalId }, body: { Outputs: { Fn: { Value: `of ${logicalId}` } } } }));
  const properties = resourcesOf([parent, ...nested]).find(({ logicalId }) => logicalId === 'X')!.properties;

  expect(['value', 'missing', 'other'].map((name) => properties.text(name))).toEqual(['of Inner', '${parent.json.Inner#Outputs.None}', '${parent.json.Inner#Arn}']);
});
