import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as ts from 'typescript';
import { slimCode } from '../../tools/slim-code';
import { slimTypes } from '../../tools/slim-types';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'slim-')); });
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** As jsii compiles. */
function compile(files: Record<string, string>): void {
  const compiled = Object.entries(files).map(([name, text]) => [`${name}.js`, ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  }).outputText]);
  write(Object.fromEntries(compiled));
}

const read = (file: string) => readFileSync(join(folder, file), 'utf-8');
const evaluate = (expression: string) => execFileSync('node', ['-p', expression], { cwd: folder, encoding: 'utf-8' }).trim();

describe('the code of the package', () => {
  const TEXT = 'export const figure = (value: number) => `<${value}>`;\nexport enum Level { HIGH = \'high\' }\nexport const limits = { most: 3 };';

  test('takes names from other files once, and does what it did', () => {
    // GIVEN
    compile({
      text: TEXT,
      main: '/** Says it. */\nimport { figure as written, Level, limits } from \'./text\';\nexport const say = () => [written(1), Level.HIGH, { limits }, `a\n  b`];',
    });
    const before = evaluate('JSON.stringify(require("./main").say())');

    // WHEN
    slimCode(folder);

    // THEN
    expect(read('main.js')).toContain('const { Level, figure, limits } = require("./text");\nconst say = () => [figure(1), Level.HIGH, { limits }, `a\n  b`];');
    expect(read('main.js')).not.toContain('Says it');
    expect(evaluate('JSON.stringify(require("./main").say())')).toBe(before);
  });

  test('keeps the module where a name means something else', () => {
    // GIVEN
    compile({
      text: TEXT,
      main: 'import { figure as written, limits as known } from \'./text\';\nexport const say = (figure: string) => written(Number(figure)) + known.most;',
    });

    // WHEN
    slimCode(folder);

    // THEN
    expect(read('main.js')).toContain('const text_1 = require("./text");\nconst { limits } = require("./text");\nconst say = (figure) => (0, text_1.figure)(Number(figure)) + limits.most;');
    expect(evaluate('require("./main").say("4")')).toBe('<4>3');
  });

  test('needs no helper for a namespace, and keeps the line of an error', () => {
    // GIVEN
    compile({
      text: `Object.defineProperty(exports, '__esModule', { value: true });\n${TEXT}`,
      main: 'import * as text from \'./text\';\nexport function fail() {\n  text.figure(1);\n  throw new Error(\'no\');\n}',
    });

    // WHEN
    slimCode(folder);

    // THEN
    expect(read('main.js')).not.toContain('__importStar');
    const line = Number(evaluate('try { require("./main").fail() } catch (error) { /fail .*main.js:(\\d+)/.exec(error.stack)[1] }'));
    expect(read('main.js').split('\n')[line - 1]).toBe('\tthrow new Error("no");');
  });

  test('has no texts that only the table of rules needs', () => {
    // GIVEN
    compile({ main: 'const rule = { what: \'It is \' + \'so.\', level: 1, why: \'Else no.\', check: () => 2 };\nexport const all = [rule, { what: 3 }, { why: \'because\' }];' });

    // WHEN
    slimCode(folder);

    // THEN
    expect(evaluate('JSON.stringify(require("./main").all)')).toBe('[{"level":1},{"what":3},{"why":"because"}]');
  });
});

describe('the declarations of the package', () => {
  const INDEX = { 'index.d.ts': 'export { Fleet } from \'./fleet\';\nexport * as mixins from \'./mixins\';\n', 'rehearsal/index.d.ts': 'export {};\n' };

  test('hold what is exported and the types that this mentions, and nothing else', () => {
    // GIVEN
    write({
      ...INDEX,
      'fleet.d.ts': [
        'import { Facts, Options, Unused } from \'./facts\';',
        '/** A fleet. */',
        'export declare class Fleet {',
        '    /**',
        '     * Its facts.',
        '     *',
        '     * @internal',
        '     */',
        '    readonly _facts: Facts;',
        '    /** Starts. */',
        '    start(options: Options): void;',
        '}',
        '/** Helps. */',
        'export declare function help(fleet: Fleet): Unused;',
        '',
      ].join('\n'),
      'facts.d.ts': 'export interface Facts {\n    readonly one: 1;\n}\nexport interface Options {\n    readonly two: 2;\n}\nexport interface Unused {\n}\n',
      'mixins/index.d.ts': 'export * from \'./mixin\';\n',
      'mixins/mixin.d.ts': 'export declare class Mixin {\n}\n',
      'other.d.ts': 'export interface Other {\n}\n',
    });

    // WHEN
    slimTypes(folder);

    // THEN
    expect(read('fleet.d.ts')).toBe([
      'import { Options } from \'./facts\';',
      '/** A fleet. */',
      'export declare class Fleet {',
      '\t/** Starts. */',
      '\tstart(options: Options): void;',
      '}',
      '',
    ].join('\n'));
    expect(read('facts.d.ts')).toBe('export interface Options {\n\treadonly two: 2;\n}\n');
    expect(read('index.d.ts')).toBe(INDEX['index.d.ts']);
    expect(read('mixins/mixin.d.ts')).toContain('Mixin');
    expect(existsSync(join(folder, 'other.d.ts'))).toBe(false);
  });
});
