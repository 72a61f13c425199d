/**
 * Runs the tests of one file in this process, in which aws-cdk-lib stays loaded: jest starts afresh for each file, and that takes longer than most tests.
 * The project's own modules are loaded anew each time, from disk.
 */
import { readFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { jestExpect } from '@jest/expect';
import { ModernFakeTimers } from '@jest/fake-timers';
import type { Circus } from '@jest/types';
import * as circus from 'jest-circus';
import { ModuleMocker } from 'jest-mock';
import { SnapshotState } from 'jest-snapshot';
import * as ts from 'typescript';

/** What became of a test that was to run, by its place in the file. */
export interface TestRun {
  readonly index: number;
  /** Of CPU in this process, which doesn't depend on what else the machine does. */
  readonly cpuSeconds: number;
  readonly seconds: number;
  /** Why it failed, if it did. */
  readonly error?: string;
  /** It runs beside others, so nobody can say what it alone did. */
  readonly isConcurrent: boolean;
}

/** What came of a file: the first test that fails is the last to run. */
export interface SuiteRun {
  /** Of CPU, until the tests were known. */
  readonly loadSeconds: number;
  readonly tests: readonly TestRun[];
  /** Why the file could not be loaded, or what failed outside of a test. */
  readonly error?: string;
}

export interface SuiteOptions {
  /** The places in the file of the tests to run. @default all of them */
  readonly only?: readonly number[];
  /** Is told which test begins. */
  readonly onTest?: (index: number) => void;
  /** Changes a source before it is compiled. */
  readonly rewrite?: (file: string, text: string) => string;
}

/** As jest does, with `src` under the package's name. */
const NAMES: Record<string, string> = { 'cdk-lambda-managed-instances': 'src/index.ts', 'cdk-lambda-managed-instances/rehearse': 'src/rehearsal/index.ts' };
const TIMEOUT = Symbol.for('TEST_TIMEOUT_SYMBOL');
const root = process.cwd();
const mocker = new ModuleMocker(globalThis);
const timers = new ModernFakeTimers({ config: { fakeTimers: {}, rootDir: root } as never, global: globalThis });
const { config } = ts.readConfigFile('tsconfig.dev.json', ts.sys.readFile);
const { options: compilerOptions } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, root);
const scripts = new Map<string, { readonly text: string; readonly script: Script }>();
const mocks = new Map<string, () => unknown>();
let rewrite: SuiteOptions['rewrite'];

prepareModules();
Object.assign(globalThis, {
  ...circus.default,
  ...{ beforeAll: circus.beforeAll, beforeEach: circus.beforeEach, afterAll: circus.afterAll, afterEach: circus.afterEach },
  expect: jestExpect,
  __jest: jestOf,
});

/** Runs the tests of a file, those that are asked for, until one fails. */
export async function runSuite(file: string, options: SuiteOptions = {}): Promise<SuiteRun> {
  const begin = cpuSeconds();
  rewrite = options.rewrite;
  circus.resetState();
  delete (globalThis as Record<symbol, unknown>)[TIMEOUT];
  forget();
  mocks.clear();
  let loadSeconds = 0;
  const tests: TestRun[] = [];
  const handler = watcher(file, options, tests);
  try {
    createRequire(join(root, 'index.js'))('./test/jest-setup.ts');
    createRequire(join(root, 'index.js'))(`./${file}`);
    loadSeconds = cpuSeconds() - begin;
    circus.addEventHandler(handler);
    const { unhandledErrors } = await circus.run();
    return { loadSeconds, tests, error: unhandledErrors[0] };
  } catch (error) {
    return { loadSeconds, tests, error: String((error as Error)?.stack ?? error) };
  } finally {
    circus.removeEventHandler(handler);
    timers.useRealTimers();
    mocker.restoreAllMocks();
  }
}

/** Chooses the tests, tells who runs, and stops after the first that fails. */
function watcher(file: string, { only, onTest }: SuiteOptions, runs: TestRun[]): Circus.EventHandler {
  const places = new Map<Circus.TestEntry, number>();
  const snapshotState = new SnapshotState(join(dirname(file), '__snapshots__', `${basename(file)}.snap`), {
    updateSnapshot: 'none', snapshotFormat: { escapeString: false, printBasicPrototype: false }, prettierPath: null, rootDir: root,
  });
  let failed = false;
  let begin = 0;
  return (event) => {
    if (event.name === 'run_start') {
      testsOf(circus.getState().rootDescribeBlock).forEach((test, index) => {
        places.set(test, index);
        if (only && !only.includes(index)) test.mode = 'skip';
      });
    } else if (event.name === 'test_start') {
      if (failed) event.test.mode = 'skip';
      if (event.test.mode === 'skip') return;
      mocker.clearAllMocks();
      jestExpect.setState({ snapshotState, testPath: join(root, file), currentTestName: nameOf(event.test) } as never);
      onTest?.(places.get(event.test)!);
      begin = cpuSeconds();
    } else if (event.name === 'test_done') {
      const [error] = event.test.errors;
      failed ||= error !== undefined;
      runs.push({
        index: places.get(event.test)!,
        cpuSeconds: cpuSeconds() - begin,
        seconds: (event.test.duration ?? 0) / 1000,
        error: error && String([error].flat().find(Boolean)),
        isConcurrent: event.test.concurrent,
      });
    }
  };
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function testsOf(block: Circus.DescribeBlock): Circus.TestEntry[] {
  return block.children.flatMap((child) => (child.type === 'test' ? [child] : testsOf(child)));
}

function nameOf({ name, parent }: Circus.TestEntry): string {
  const names = [name];
  for (let block: Circus.DescribeBlock | undefined = parent; block?.parent; block = block.parent) names.unshift(block.name);
  return names.join(' ');
}

/** TypeScript is compiled without a look at its types, and once for each text. */
function prepareModules(): void {
  const internals = Module as unknown as {
    _extensions: Record<string, (module: NodeModule, file: string) => void>;
    _resolveFilename: (name: string, ...rest: unknown[]) => string;
    _load: (name: string, parent: NodeModule, ...rest: unknown[]) => unknown;
  };
  const [resolve, load] = [internals._resolveFilename, internals._load];
  internals._resolveFilename = (name, ...rest) => (name in NAMES ? join(root, NAMES[name]) : resolve(name, ...rest));
  internals._load = (name, parent, ...rest) => {
    const mock = mocks.size > 0 && !name.startsWith('node:') ? mocks.get(internals._resolveFilename(name, parent)) : undefined;
    return mock ? mock() : load(name, parent, ...rest);
  };
  internals._extensions['.ts'] = (module, file) => {
    const require = Object.assign((name: string) => module.require(name), { cache: createRequire(file).cache, resolve: createRequire(file).resolve });
    compiled(file).runInThisContext().call(module.exports, module.exports, require, module, file, dirname(file));
  };
}

function compiled(file: string): Script {
  const source = readFileSync(file, 'utf-8');
  const text = rewrite ? rewrite(file, source) : source;
  const known = scripts.get(file);
  if (known?.text === text) return known.script;
  const options = { ...compilerOptions, sourceMap: false, inlineSourceMap: false, declaration: false };
  const { outputText } = ts.transpileModule(text, { compilerOptions: options, fileName: file });
  const script = new Script(`(function (exports, require, module, __filename, __dirname) { const jest = __jest(__filename); ${outputText}\n})`, { filename: file });
  scripts.set(file, { text, script });
  return script;
}

/** As much of jest as the tests use. */
function jestOf(file: string) {
  const require = createRequire(file);
  return {
    fn: mocker.fn.bind(mocker),
    spyOn: mocker.spyOn.bind(mocker),
    restoreAllMocks: () => mocker.restoreAllMocks(),
    useFakeTimers: (timersConfig?: object) => timers.useFakeTimers(timersConfig),
    useRealTimers: () => timers.useRealTimers(),
    setTimeout: (ms: number) => Object.assign(globalThis, { [TIMEOUT]: ms }),
    retryTimes: () => undefined,
    requireActual: (name: string) => {
      const path = require.resolve(name);
      const mock = mocks.get(path);
      mocks.delete(path);
      try {
        return require(name);
      } finally {
        if (mock) mocks.set(path, mock);
      }
    },
    doMock: (name: string, factory: () => unknown) => mocks.set(require.resolve(name), factory),
    isolateModules: (run: () => void) => {
      const before = { ...require.cache };
      Object.keys(require.cache).forEach((key) => delete require.cache[key]);
      try {
        run();
      } finally {
        Object.keys(require.cache).forEach((key) => delete require.cache[key]);
        Object.assign(require.cache, before);
      }
    },
  };
}

/** What is the project's own is loaded anew: a broken source must not stay, nor what a test left in a module. */
function forget(): void {
  const { cache } = createRequire(join(root, 'index.js'));
  Object.keys(cache).filter((file) => file.startsWith(root) && !file.includes('/node_modules/') && !file.includes('/tools/mutation/')).forEach((file) => delete cache[file]);
}
