import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lazyModules } from '../../tools/lazy-modules';

const FOLDER = mkdtempSync(join(tmpdir(), 'lazy-modules-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

function lazy(name: string, text: string): string {
  const file = join(FOLDER, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  lazyModules(FOLDER);
  return readFileSync(file, 'utf-8');
}

const IMPORT = 'const a_1 = require("../prices/a");';

test.each([
  ['in a function', 'function f() { return (0, a_1.g)(a_1.H); }', 'function f() { return (0, (a_1 ??= require("../prices/a")).g)((a_1 ??= require("../prices/a")).H); }'],
  ['in an arrow function of a table', 'const ROWS = [{ of: () => a_1.g() }];', 'const ROWS = [{ of: () => (a_1 ??= require("../prices/a")).g() }];'],
  ['in a method', 'class B { m() { return a_1.g; } }', 'class B { m() { return (a_1 ??= require("../prices/a")).g; } }'],
  ['in a field of each object', 'class B { f = a_1.g; }', 'class B { f = (a_1 ??= require("../prices/a")).g; }'],
])('loads a room that not every app uses when it is first used %s', (_where, use, expected) => {
  expect(lazy('functions/b.js', `${IMPORT}\n${use}\n`)).toBe(`let a_1;\n${expected}\n`);
});

test.each([
  ['a constant', 'functions/b.js', IMPORT, 'const B = a_1.g() + 1;'],
  ['a base class', 'functions/b.js', IMPORT, 'class B extends a_1.A { m() { return a_1.g; } }'],
  ['a static field', 'functions/b.js', IMPORT, 'class B { static f = a_1.g; }'],
  ['a decorator', 'functions/b.js', IMPORT, '__decorate([a_1.injectable], B);'],
  ['a function of the same room', 'prices/b.js', 'const a_1 = require("./a");', 'const f = () => a_1.g;'],
  ['a function, of a room that every app uses', 'functions/b.js', 'const a_1 = require("../rules/a");', 'const f = () => a_1.g;'],
  ['a function, of another package', 'functions/b.js', 'const a_1 = require("aws-cdk-lib");', 'const f = () => a_1.g;'],
  ['a function of the command', 'cli/b.js', IMPORT, 'const f = () => a_1.g;'],
])('loads at once what a file uses for %s', (_what, name, load, use) => {
  expect(lazy(name, `${load}\n${use}\n`)).toBe(`${load}\n${use}\n`);
});

test('leaves other things of the same name alone', () => {
  expect(lazy('functions/b.js', `${IMPORT}\nconst f = (a_1, b) => a_1.a + b.a_1 + { a_1: 1 };\nconst g = () => a_1.B;\n`)).toBe(
    'let a_1;\nconst f = (a_1, b) => a_1.a + b.a_1 + { a_1: 1 };\nconst g = () => (a_1 ??= require("../prices/a")).B;\n',
  );
});

test('lets the index load all on first use, by getters that the reader of names doesn\'t see', () => {
  const index = [
    'Object.defineProperty(exports, "__esModule", { value: true });',
    'exports.mixins = exports.A = void 0;',
    'var a_1 = require("./rules/a");',
    'Object.defineProperty(exports, "A", { enumerable: true, get: function () { return a_1.A; } });',
    'exports.mixins = __importStar(require("./mixins"));',
  ];
  expect(lazy('index.js', index.join('\n')).split('\n')).toEqual([
    `${index[0]} const define = (name, getter) => Object.defineProperty(exports, name, getter);`,
    index[1],
    'let a_1;',
    'define("A", { enumerable: true, get: function () { return (a_1 ??= require("./rules/a")).A; } });',
    'define("mixins", { enumerable: true, get: () => require("./mixins") });',
  ]);
});
