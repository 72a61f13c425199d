import { findReference } from '../../../src/reading/templates/template-references';

const Orders = { Type: 'AWS::Lambda::Function' };
const elsewhere = {};
const SCOPE = {
  resources: { Orders },
  parameter: (name: string) => (name === 'OrdersArn' ? { key: elsewhere, text: '' } : undefined),
  output: (stack: string, name: string, region?: string) => (
    stack === 'Base' && name === 'OrdersArn' && [undefined, 'eu-west-1'].includes(region) ? { key: elsewhere, text: '' } : undefined
  ),
  exported: (name: string) => (name === 'Base:OrdersArn' ? { key: elsewhere, text: '' } : undefined),
};

test.each([
  [{ Ref: 'Orders' }, { key: Orders, text: '' }],
  [{ Ref: 'OrdersArn' }, { key: elsewhere, text: '' }],
  [{ Ref: 'AWS::Region' }, undefined],
  [{ 'Fn::GetAtt': ['Orders', 'Arn'] }, { key: Orders, text: '' }],
  [{ 'Fn::GetAtt': 'Orders.Arn' }, { key: Orders, text: '' }],
  [{ 'Fn::GetAtt': ['Nothing', 'Arn'] }, undefined],
  [{ 'Fn::ImportValue': 'Base:OrdersArn' }, { key: elsewhere, text: '' }],
  [{ 'Fn::ImportValue': { 'Fn::Sub': '${Base}:OrdersArn' } }, undefined],
  [{ 'Fn::GetStackOutput': { StackName: 'Base', OutputName: 'OrdersArn' } }, { key: elsewhere, text: '' }],
  [{ 'Fn::GetStackOutput': { StackName: 'Base', OutputName: 'OrdersArn', Region: { Ref: 'AWS::Region' } } }, { key: elsewhere, text: '' }],
  [{ 'Fn::GetStackOutput': { StackName: 'Base', OutputName: 'OrdersArn', Region: 'eu-west-1' } }, { key: elsewhere, text: '' }],
  [{ 'Fn::GetStackOutput': { StackName: 'Base', OutputName: 'OrdersArn', Region: 'us-east-1' } }, undefined],
  [{ 'Fn::GetStackOutput': { StackName: 'Base', OutputName: 'OrdersArn', Region: { Ref: 'Where' } } }, undefined],
  [{ 'Fn::GetStackOutput': { StackName: { Ref: 'Base' }, OutputName: 'OrdersArn' } }, undefined],
  [{ 'Fn::GetStackOutput': { StackName: 'Base', OutputName: { Ref: 'Name' } } }, undefined],
  [{ 'Fn::GetStackOutput': null }, undefined],
  [{ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Orders', 'Arn'] }, ':$LATEST']] }, { key: Orders, text: ':$LATEST' }],
  [{ 'Fn::Join': [':', [{ Ref: 'Orders' }, '7']] }, { key: Orders, text: ':7' }],
  [{ 'Fn::Join': ['', [{ Ref: 'Orders' }, { Ref: 'Orders' }]] }, undefined],
  [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }]] }, undefined],
  [{ 'Fn::Join': ['', ['a', 'b']] }, undefined],
  [{ 'Fn::Join': ['', { Ref: 'List' }] }, undefined],
  [{ 'Fn::Sub': '${Orders.Arn}:$LATEST' }, { key: Orders, text: ':$LATEST' }],
  [{ 'Fn::Sub': '${Orders}' }, { key: Orders, text: '' }],
  [{ 'Fn::Sub': '${!Literal}' }, undefined],
  [{ 'Fn::Sub': ['${X}', { X: 'y' }] }, undefined],
  [{ 'Fn::If': ['A', { Ref: 'Orders' }, { Ref: 'Orders' }] }, undefined],
  [undefined, undefined],
  ['text', undefined],
])('finds what %j refers to', (expression, expected) => {
  expect(findReference(expression, SCOPE)).toEqual(expected);
});
