import { readFileSync, writeFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ts from 'typescript';
import { quickstartSteps } from './as-a-user/quickstart';
import { replaceSection } from './generated-section';
import { QuickstartStack } from '../examples/quickstart/quickstart-stack';
import { ManagedInstances } from '../src';

/**
 * Writes the output of the library that pages show, after a compile: `ts-node tools/generate-shown.ts README.md docs/checks.md
 * docs/sizing-and-cost.md`. The README and the page on checks get an error, and the README the tables of the plan that its quickstart prints. The
 * page on cost gets the plan of `examples/quickstart`.
 */
const [, , readme, checksPage, costPage] = process.argv;
const TABLES = ['the whole fleet', 'cost '];

for (const page of [readme, checksPage]) write(page, 'error', anError());
write(readme, 'plan', tablesOf(printedByQuickstart()));
write(costPage, 'plan', quickstartExample().fleet.plan().toString());

/** Returns the error of `addFunction` about a function with two mistakes. */
function anError(): string {
  const stack = quickstartExample();
  const mistaken = new lambda.Function(stack, 'Mistaken', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => 1;'),
    memorySize: 512,
  });
  try {
    new ManagedInstances(stack, 'Other').addFunction(mistaken, { perExecutionEnvironmentMaxConcurrency: 65 });
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('The README shows mistakes that no longer cause an error');
}

/** Runs the code of the README's quickstart unchanged, and returns its output. */
function printedByQuickstart(): string {
  const code = quickstartSteps(readFileSync(readme, 'utf-8'), 'ts').find((step) => 'code' in step)!.code;
  const { outputText } = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const printed: string[] = [];
  new Function('require', 'exports', 'console', outputText)(require, {}, { log: (text: string) => printed.push(text) });
  return printed.join('\n');
}

function tablesOf(plan: string): string {
  const tables = plan.split('\n\n').filter((paragraph) => TABLES.some((start) => paragraph.startsWith(start)));
  if (tables.length < TABLES.length) throw new Error(`The plan no longer has these tables: ${TABLES.join(', ')}`);
  return tables.join('\n\n');
}

function quickstartExample(): QuickstartStack {
  // The function's code isn't needed.
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  return new QuickstartStack(app, 'Quickstart', { env: { region: 'us-east-1' } });
}

function write(page: string, section: string, text: string): void {
  writeFileSync(page, replaceSection(readFileSync(page, 'utf-8'), section, ['```text', text, '```'].join('\n')));
}
