import { readFileSync, writeFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { replaceSection } from './generated-section';
import { QuickstartStack } from '../examples/quickstart/quickstart-stack';

/**
 * Writes the plan of the quickstart into the README: `ts-node tools/generate-plan.ts README.md`, after a compile.
 */
const [, , readme] = process.argv;
// The code of the function is not needed.
const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
const plan = new QuickstartStack(app, 'Quickstart', { env: { region: 'us-east-1' } }).fleet.plan().toString();
writeFileSync(readme, replaceSection(readFileSync(readme, 'utf-8'), 'plan', ['```text', plan, '```'].join('\n')));
