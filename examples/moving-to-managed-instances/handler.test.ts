import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { rehearse } from 'cdk-lambda-managed-instances/rehearse';

// As NodejsFunction bundles it.
const code = mkdtempSync(join(tmpdir(), 'orders-'));
beforeAll(() => buildSync({ entryPoints: [`${__dirname}/handler.ts`], bundle: true, platform: 'node', outfile: join(code, 'index.js') }));
afterAll(() => rmSync(code, { recursive: true }));

test('takes many requests at once', async () => {
  const report = await rehearse({
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    code,
    eventSources: ['rest-api'], // or `events`, recorded from your logs
    concurrency: 16,
    client: process.env.RUNTIME_CLIENT, // where aws-lambda-ric is installed, if not here
  });

  expect(report.problems).toEqual([]);
}, 120_000);
