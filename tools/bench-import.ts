import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { calledFunctions, sumOfCalls } from './counted-calls';

/**
 * Says what importing the compiled package costs, after what any app imports that writes a fleet by hand: calls of its own
 * functions, and milliseconds. For `tools/bench.ts`, in a process of its own, since a second import is free.
 *
 * The calls by which Node.js finds the package are left out: they grow with the depth of the folder that it stands in.
 */
const PACKAGE = 'cdk-lambda-managed-instances';
const load = createRequire(__filename);
const MODULES = ['constructs', 'aws-cdk-lib', ...['cloudwatch', 'ec2', 'iam', 'lambda', 'logs'].map((name) => `aws-cdk-lib/aws-${name}`)];

MODULES.forEach((name) => load(name));
if (process.argv.includes('--calls')) {
  const own = pathToFileURL(dirname(load.resolve(PACKAGE))).href;
  console.log(sumOfCalls(calledFunctions(importPackage).filter(({ script }) => script.startsWith(own))));
} else {
  const start = performance.now();
  importPackage();
  console.log(performance.now() - start);
}

function importPackage(): void {
  load(PACKAGE);
}
