import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { inShort, rehearseNode } from './rehearse-fixture';

jest.setTimeout(180_000);

const code = mkdtempSync(join(tmpdir(), 'examples-'));
afterAll(() => rmSync(code, { recursive: true }));

/** What users copy must be ready. */
test.concurrent.each(readdirSync('examples').filter((name) => existsSync(`examples/${name}/handler.ts`)))('the handler of %s takes many requests at once', async (example) => {
  buildSync({ entryPoints: [`examples/${example}/handler.ts`], bundle: true, platform: 'node', outfile: join(code, example, 'index.js'), logLevel: 'error' });

  const report = await rehearseNode('index.handler', { code: join(code, example), events: undefined, eventSources: ['http-api'], concurrency: 16, timeout: 30 });

  expect(inShort(report)).toEqual([]);
});
