import { UNKNOWN } from '../../src/reading/fact';
import { ResourceGraph } from '../../src/reading/resource-graph';
import { resourcesOf, TemplateResource } from '../../src/reading/templates/templates';
import { inEachWorld } from '../../src/reading/worlds';

const resource = (type: string, properties: object, rest: object = {}) => ({ Type: type, Properties: properties, ...rest });
const provider = resource('AWS::Lambda::CapacityProvider', { CapacityProviderName: 'fleet' });
const managed = (arn: unknown, rest: object = {}) => resource('AWS::Lambda::Function', {
  CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: arn } },
}, rest);
const version = (fn: unknown, rest: object = {}) => resource('AWS::Lambda::Version', { FunctionName: fn }, rest);
const alias = (fn: unknown, of: unknown = '1') => resource('AWS::Lambda::Alias', { FunctionName: fn, FunctionVersion: of });
const scaling = (input: object | string, rest: object = {}) => resource('AWS::Scheduler::Schedule', {
  Target: { Arn: 'arn:aws:scheduler:::aws-sdk:lambda:putFunctionScalingConfig', Input: typeof input === 'string' ? input : { 'Fn::ToJsonString': input } },
}, rest);
const role = (statement: unknown) => resource('AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: statement } });

function graphOf(resources: object) {
  const views = resourcesOf([{ file: 'a.json', body: { Resources: resources } }]);
  return { graph: new ResourceGraph(views), of: (id: string) => views.find(({ logicalId }) => logicalId === id)! };
}
const ids = (views: readonly TemplateResource[]) => views.map(({ logicalId }) => logicalId);

test('knows resources by key and by type', () => {
  const { graph, of } = graphOf({ A: provider, B: version('x'), C: version('y') });

  expect([graph.has(of('A').key), graph.has({})]).toEqual([true, false]);
  expect(graph.resource(of('B').key)).toBe(of('B'));
  expect([graph.resource({}), graph.resource(undefined)]).toEqual([undefined, undefined]);
  expect([ids(graph.ofType('AWS::Lambda::Version')), ids(graph.ofType('AWS::SNS::Topic'))]).toEqual([['B', 'C'], []]);
});

test('leads from functions to their provider and back', () => {
  const { graph, of } = graphOf({
    Fleet: provider,
    Other: { ...provider },
    ByRef: managed({ Ref: 'Fleet' }),
    ByArn: managed({ 'Fn::GetAtt': 'Fleet.Arn' }),
    ByRole: managed({ Ref: 'Role' }),
    Role: role([]),
    Imported: managed('arn:aws:lambda:eu-west-1:111111111111:capacity-provider:other'),
    Either: managed({ 'Fn::If': ['IsProd', { Ref: 'Fleet' }, { Ref: 'Other' }] }),
    Sometimes: managed({ Ref: 'Fleet' }, { Condition: 'IsProd' }),
    Standard: resource('AWS::Lambda::Function', {}),
  });

  expect(['ByRef', 'ByArn', 'ByRole', 'Imported', 'Standard'].map((id) => graph.providerOf(of(id))?.logicalId)).toEqual(['Fleet', 'Fleet', undefined, undefined, undefined]);
  expect(ids(graph.functionsOn(of('Fleet')))).toEqual(['ByRef', 'ByArn', 'Sometimes']);
  expect(inEachWorld(() => [graph.providerOf(of('Either')), ...graph.functionsOn(of('Fleet'))].map((view) => view?.logicalId))).toEqual([
    ['Fleet', 'ByRef', 'ByArn', 'Either', 'Sometimes'], ['Other', 'ByRef', 'ByArn'],
  ]);
  expect(ids(graph.functionsOn(of('Role')))).toEqual([]);
});

test('leads from versions and aliases to their function', () => {
  const { graph, of } = graphOf({
    Fn: managed({ Ref: 'Fleet' }),
    Standard: resource('AWS::Lambda::Function', {}),
    V1: version({ Ref: 'Fn' }),
    V2: version({ Ref: 'Fn' }, { Condition: 'IsProd' }),
    VOfAlias: version({ Ref: 'A1' }),
    VOther: version({ Ref: 'Standard' }),
    A1: alias({ Ref: 'V1' }),
    A2: alias({ Ref: 'A1' }),
    A3: alias({ Ref: 'A2' }),
    A4: alias({ Ref: 'A3' }),
    AOfRole: alias({ Ref: 'Role' }),
    Role: role([]),
    Url: resource('AWS::Lambda::Url', { TargetFunctionArn: { Ref: 'A1' } }),
    Scalable: resource('AWS::ApplicationAutoScaling::ScalableTarget', { ResourceId: { 'Fn::Sub': 'function:${Fn}:live' } }),
  });

  expect(['V1', 'A1', 'A2', 'A3', 'A4', 'AOfRole', 'Url', 'Scalable'].map((id) => graph.functionOf(of(id))?.logicalId)).toEqual(
    ['Fn', 'Fn', 'Fn', 'Fn', undefined, undefined, 'Fn', 'Fn'],
  );
  expect(ids(graph.numberedVersionsOf(of('Fn')))).toEqual(['V1', 'V2', 'VOfAlias']);
  expect(inEachWorld(() => ids(graph.numberedVersionsOf(of('Fn'))))).toEqual([['V1', 'V2', 'VOfAlias'], ['V1', 'VOfAlias']]);
  expect([of('V1'), of('VOther')].map((view) => graph.managedFunctionOf(view)?.logicalId)).toEqual(['Fn', undefined]);
});

test('finds the schedules that scale a function', () => {
  const { graph, of } = graphOf({
    Fn: managed({ Ref: 'Fleet' }),
    Other: managed({ Ref: 'Fleet' }),
    Up: scaling({ FunctionName: { Ref: 'Fn' } }),
    Down: scaling({ FunctionName: { 'Fn::GetAtt': 'Fn.Arn' } }, { Condition: 'IsProd' }),
    OfOther: scaling({ FunctionName: { Ref: 'Other' } }),
    Unread: scaling('{'),
    Call: resource('AWS::Scheduler::Schedule', { Target: { Arn: { 'Fn::GetAtt': 'Fn.Arn' }, Input: '{}' } }),
  });

  expect(ids(graph.scalingSchedulesOf(of('Fn')))).toEqual(['Up', 'Down']);
  expect(inEachWorld(() => ids(graph.scalingSchedulesOf(of('Fn'))))).toEqual([['Up', 'Down'], ['Up']]);
  expect(graphOf({ Fn: managed('x') }).graph.scalingSchedulesOf(of('Fn'))).toEqual([]);
});

test('reads what may scale functions among the resources, unless it is read elsewhere', () => {
  const { graph, of } = graphOf({ Fn: managed('x'), Role: role([]), Policy: resource('AWS::IAM::Policy', {}), Topic: resource('AWS::SNS::Topic', {}) });

  expect(ids(graph.scalers)).toEqual(['Role', 'Policy']);
  expect(ids(new ResourceGraph([of('Fn')], () => [of('Topic')]).scalers)).toEqual(['Topic']);
});

test.each<[string, unknown, unknown]>([
  ['a list with it', [{ Principal: { Service: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'] } }], true],
  ['it alone', [{ Principal: { Service: 'lambda.amazonaws.com' } }, { Principal: { Service: 'edgelambda.amazonaws.com' } }], true],
  ['others', [{ Principal: { Service: 'lambda.amazonaws.com' } }, { Principal: { Service: ['lambda.amazonaws.com'] } }], false],
  ['nobody', [], false],
  ['whoever', { Ref: 'Parameter' }, UNKNOWN],
])('knows whether Lambda@Edge can assume a role for %s', (_what, statement, expected) => {
  const { graph, of } = graphOf({ Fn: resource('AWS::Lambda::Function', { Role: { 'Fn::GetAtt': 'Role.Arn' } }), Role: role(statement), Other: resource('AWS::Lambda::Function', { Role: 'arn' }) });

  expect(graph.runsAtEdge(of('Fn'))).toBe(expected);
  expect(graph.runsAtEdge(of('Other'))).toBe(UNKNOWN);
  expect(graphOf({ Fn: resource('AWS::Lambda::Function', {}) }).graph.runsAtEdge(of('Fn'))).toBe(UNKNOWN);
});

test('finds what a reference points to, but nothing by name', () => {
  const { graph, of } = graphOf({ Fn: managed({ Ref: 'Fleet' }), Fleet: provider });

  expect(graph.target({ key: of('Fleet').key, text: '' })).toBe(of('Fleet'));
  expect([graph.target({ text: 'fleet' }), graph.target(UNKNOWN), graph.target(undefined)]).toEqual([undefined, undefined, undefined]);
});
