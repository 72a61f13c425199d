import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundleCore } from '../../tools/bundle-core';

const FOLDER = mkdtempSync(join(tmpdir(), 'bundle-core-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

const FILES = {
  'fleet.js': '"use strict";\nlet plan_1;\nconst { rule } = require("./rules/rule");\nexports.fleet = () => [rule(), (plan_1 ??= require("./planning/plan")).plan()];\n',
  'rules/rule.js': '"use strict";\nconst path = require("path");\nconst { limit } = require("../service");\nexports.rule = () => {\n\tif (limit > 9) throw new Error(path.sep);\n\treturn limit;\n};\n',
  'planning/plan.js': '"use strict";\nconst { rule } = require("../rules/rule");\nexports.plan = () => rule() + 1;\n',
  'service.js': '"use strict";\nglobalThis.runs = (globalThis.runs ?? 0) + 1;\nexports.limit = Number(process.env.LIMIT);\n',
};

beforeEach(() => {
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(FOLDER, name)), { recursive: true });
    writeFileSync(join(FOLDER, name), text);
  }
  bundleCore(FOLDER, ['fleet.js']);
});

function evaluate(expression: string, limit = 7): string {
  return execFileSync('node', ['-p', expression], { cwd: FOLDER, encoding: 'utf-8', env: { ...process.env, LIMIT: String(limit) } }).trim();
}

const LOADED = 'Object.keys(require.cache).map((file) => path.relative(process.cwd(), file)).sort().join()';

test('loads one file instead of those that are always loaded together', () => {
  expect(evaluate(`require("./fleet"); ${LOADED}`)).toBe('core.js,fleet.js');
  expect(readdirSync(FOLDER).sort()).toEqual(['core.js', 'fleet.js', 'planning', 'rules', 'service.js']);
});

test('does what the files did, once each, and loads the others on first use', () => {
  expect(evaluate('JSON.stringify([require("./fleet").fleet(), require("./planning/plan").plan(), runs])')).toBe('[[7,8],8,1]');
  expect(evaluate(`require("./fleet").fleet(); ${LOADED}`)).toBe('core.js,fleet.js,planning/plan.js,rules/rule.js');
});

test('gives the same to those who require a file of it', () => {
  expect(evaluate('const { limit } = require("./service"); [limit, require("./rules/rule").rule === require("./rules/rule").rule, runs].join()')).toBe('7,true,1');
});

test('loads nothing before a file that needs it runs', () => {
  expect(evaluate('require("./service"); runs')).toBe('1');
  expect(evaluate('const Module = require("module"); const seen = []; const load = Module._load; Module._load = (name, ...rest) => { seen.push(name); return load(name, ...rest); }; require("./service"); seen.join()'))
    .toBe('./service,./core');
});

test('keeps the lines of a file, to which a stack trace leads', () => {
  const [, line] = /core\.js:(\d+):/.exec(evaluate('try { require("./fleet").fleet() } catch ({ stack }) { stack }', 10))!;

  expect(readFileSync(join(FOLDER, 'core.js'), 'utf-8').split('\n')[Number(line) - 1]).toContain('throw new Error(path.sep)');
});
