import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, AppProps, Stack, StackProps } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** Returns a stack that synthesises without lookups. */
export function testStack(props?: StackProps, appProps?: AppProps): Stack {
  return new Stack(new App(appProps), 'Stack', props);
}

/** Creates a function without mistakes. Each test changes the props that it is about. */
export function testFunction(scope: Construct, id: string = 'Function', props: Partial<lambda.FunctionProps> = {}): lambda.Function {
  return new lambda.Function(scope, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
    ...props,
  });
}

/** Returns the properties of the only resource of a type. */
export function onlyResource(stack: Stack, type: string): any {
  const resources = Object.values(Template.fromStack(stack).findResources(type));
  expect(resources).toHaveLength(1);
  return resources[0];
}

/** Returns the warnings that a synthesis of the stack prints. */
export function warningsOf(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

/** Returns the errors with which a synthesis of the stack ends. */
export function synthErrorOf(stack: Stack): string {
  try {
    Template.fromStack(stack);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

/** Creates a folder with the handler of a custom resource. */
export function customHandler(): string {
  const folder = mkdtempSync(join(tmpdir(), 'handler-'));
  writeFileSync(join(folder, 'index.js'), 'exports.handler = async () => {};\n');
  return folder;
}
