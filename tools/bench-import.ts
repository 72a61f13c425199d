import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { calledFunctions, sumOfCalls } from './counted-calls';

/**
 * Says what importing the compiled package costs, after what any app imports that writes a fleet by hand: calls, and
 * milliseconds. For `tools/bench.ts`, in a process of its own, since a second import is free.
 */
const load = createRequire(__filename);
const MODULES = ['constructs', 'aws-cdk-lib', ...['cloudwatch', 'ec2', 'iam', 'lambda', 'logs'].map((name) => `aws-cdk-lib/aws-${name}`)];

MODULES.forEach((name) => load(name));
if (process.argv.includes('--calls')) {
  console.log(sumOfCalls(calledFunctions(importPackage)));
} else {
  const start = performance.now();
  importPackage();
  console.log(performance.now() - start);
}

function importPackage(): void {
  load('cdk-lambda-managed-instances');
}
