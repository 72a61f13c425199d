import { App, CfnResource, CustomResourceProvider, CustomResourceProviderRuntime, Stack, Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import {
  acknowledgement, cdkClassOf, fragmentOf, isOverridden, lastSynthesisOf, lit, propertyInjectable, rawPropertiesOf,
} from '../../src/reading/constructs/cdk-internals';
import { customHandler, testFunction, testStack, warningsOf } from '../util';

/** What CDK doesn't promise: each of these fails where a release closes the door. */

test('a class of ours can be given other props by an injector', () => {
  @propertyInjectable
  class Ours extends Construct {
    public static readonly PROPERTY_INJECTION_ID: string = 'test.Ours';
    constructor(scope: Construct, id: string, public readonly props: { readonly value?: number } = {}) {
      super(scope, id);
    }
  }
  const app = new App({ propertyInjectors: [{ constructUniqueId: 'test.Ours', inject: (props) => ({ ...props, value: 7 }) }] });

  expect(new Ours(app, 'Ours').props).toEqual({ value: 7 });
});

test('a literal is marked as one', () => {
  expect(lit`Some`).toBe('Some');
});

test('a resource says what it adds to the template', () => {
  const stack = testStack();
  const resource = new CfnResource(stack, 'Resource', { type: 'A::B::C', properties: { Size: 1 } });

  expect(stack.resolve(fragmentOf(resource))).toEqual({ Resources: { Resource: { Type: 'A::B::C', Properties: { Size: 1 } } } });
});

test('a resource without an L1 of its own says what it was given', () => {
  const stack = testStack();

  expect(rawPropertiesOf(new CfnResource(stack, 'Raw', { type: 'A::B::C', properties: { Size: 1 } }))).toEqual({ Size: 1 });
  expect(rawPropertiesOf(new CfnResource(stack, 'Empty', { type: 'A::B::C' }))).toEqual({});
  expect(rawPropertiesOf(testFunction(stack).node.defaultChild as lambda.CfnFunction)).toBeUndefined();
});

test('a construct says which class of CDK it is of, unless it is of a subclass', () => {
  class Own extends lambda.SingletonFunction {}
  const stack = testStack();
  const props = { uuid: 'a', runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('x') };

  expect(cdkClassOf(new lambda.SingletonFunction(stack, 'Theirs', props))).toBe('aws-cdk-lib.aws_lambda.SingletonFunction');
  expect(cdkClassOf(new Own(stack, 'Own', { ...props, uuid: 'b' }))).toBeUndefined();
  expect(cdkClassOf(new Construct(stack, 'Construct'))).toBeUndefined();
  expect(cdkClassOf(stack)).toBe('aws-cdk-lib.Stack');
});

test('a warning ends in how it is acknowledged', () => {
  const stack = testStack();
  Validations.of(stack).addWarning('a::B', 'Text.');

  expect(warningsOf(stack)).toEqual([expect.stringContaining(`${acknowledgement('a::B')}]`)]);
});

test('an override is seen', () => {
  const fn = testFunction(testStack()).node.defaultChild as lambda.CfnFunction;
  expect(isOverridden(fn, 'LoggingConfig', 'LogGroup')).toBe(false);

  fn.addPropertyOverride('LoggingConfig.LogGroup', 'other');
  expect(isOverridden(fn, 'LoggingConfig', 'LogGroup')).toBe(true);
  expect(isOverridden(fn, 'LoggingConfig', 'LogFormat')).toBe(false);
});

test('the handler of a custom resource is a raw resource', () => {
  const stack = new Stack(new App(), 'Stack');
  CustomResourceProvider.getOrCreateProvider(stack, 'Custom::Thing', { codeDirectory: customHandler(), runtime: CustomResourceProviderRuntime.NODEJS_22_X });
  const raw = stack.node.findAll().filter((construct) => lambda.CfnFunction.isCfnFunction(construct));

  expect(raw).toHaveLength(1);
  expect('capacityProviderConfig' in raw[0]).toBe(false);
});

test('what a synthesis made is there when it is over, and replaced by the next', () => {
  const app = new App();
  const during: unknown[] = [];
  new Stack(app, 'Stack').node.addValidation({ validate: () => { during.push(lastSynthesisOf(app)); return []; } });

  const assemblies = [app.synth(), app.synth({ force: true })];

  expect(during).toEqual([undefined, assemblies[0]]);
  expect(lastSynthesisOf(app)).toBe(assemblies[1]);
});
