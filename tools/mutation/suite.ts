/**
 * Runs the tests of a file in this process, as often as needed. jest starts a new environment for each file, which takes longer than most tests.
 * Here, aws-cdk-lib stays loaded. The project's own modules are loaded once for each test file.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { Script } from 'node:vm';
import { jestExpect } from '@jest/expect';
import { ModernFakeTimers } from '@jest/fake-timers';
import type { Circus } from '@jest/types';
import * as circus from 'jest-circus';
import { ModuleMocker } from 'jest-mock';
import { SnapshotState } from 'jest-snapshot';
import * as ts from 'typescript';
import { mutantsOf, switched } from './mutants';
import { Switch } from './switch';

/** The result of a test. */
export interface TestRun {
  /** The test's place in the file. */
  readonly index: number;
  /** The seconds of CPU in this process, which don't depend on other processes. */
  readonly cpuSeconds: number;
  readonly seconds: number;
  /** The reason why it failed, if it failed. */
  readonly error?: string;
  /** Whether it runs at the same time as other tests. */
  readonly isConcurrent: boolean;
}

/** The results of a run. The run ends with the first test that fails. */
export interface SuiteRun {
  readonly tests: readonly TestRun[];
  /** The reason why the file couldn't be loaded, or the error outside of a test. */
  readonly error?: string;
}

export interface RunOptions {
  /** The places of the tests to run. @default - all tests */
  readonly only?: readonly number[];
  /** Called with the place of each test that begins. */
  readonly onTest?: (index: number) => void;
}

/** The names under which tests import `src`, as in jest's configuration. */
const NAMES: Record<string, string> = { 'cdk-lambda-managed-instances': 'src/index.ts', 'cdk-lambda-managed-instances/rehearse': 'src/rehearsal/index.ts' };
/** The folder in which processes share compiled files. */
const COMPILED = process.env.COMPILED_CACHE ?? join(tmpdir(), 'compiled-mutants');
const TIMEOUT = Symbol.for('TEST_TIMEOUT_SYMBOL');
const root = process.cwd();
const mocker = new ModuleMocker(globalThis);
const timers = new ModernFakeTimers({ config: { fakeTimers: {}, rootDir: root } as never, global: globalThis });
const { config } = ts.readConfigFile('tsconfig.dev.json', ts.sys.readFile);
const { options: compilerOptions } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, root);
const scripts = new Map<string, Script>();
const switches = new Map<string, Switch>();
/** The mocks of the test file that runs. */
let mocks = new Map<string, () => unknown>();

prepareModules();
Object.assign(globalThis, {
  ...circus.default,
  ...{ beforeAll: circus.beforeAll, beforeEach: circus.beforeEach, afterAll: circus.afterAll, afterEach: circus.afterEach },
  expect: jestExpect,
  __jest: jestOf,
});

/** A test file, loaded with its own instances of the project's modules. */
export class Suite {
  /** The seconds of CPU to load the file. */
  public readonly loadSeconds: number;
  private readonly tests: { readonly test: Circus.TestEntry; readonly mode: Circus.TestMode }[] = [];
  private readonly root: Circus.DescribeBlock;
  private readonly mocks = mocks = new Map();
  private readonly timeout: unknown;
  private readonly error?: string;
  private readonly snapshotState: SnapshotState;
  private modules: NodeJS.Dict<NodeModule> = {};

  public constructor(private readonly file: string) {
    const begin = cpuSeconds();
    circus.resetState();
    const symbols = globalThis as Record<symbol, unknown>;
    delete symbols[TIMEOUT];
    forgetModules();
    try {
      createRequire(join(root, 'index.js'))('./test/jest-setup.ts');
      createRequire(join(root, 'index.js'))(`./${file}`);
    } catch (error) {
      this.error = String((error as Error)?.stack ?? error);
    }
    const { rootDescribeBlock, unhandledErrors } = circus.getState();
    this.error ??= unhandledErrors[0];
    this.root = rootDescribeBlock;
    this.tests = testsOf(rootDescribeBlock).map((test) => ({ test, mode: test.mode }));
    this.timeout = symbols[TIMEOUT];
    this.modules = forgetModules();
    this.snapshotState = new SnapshotState(join(dirname(file), '__snapshots__', `${basename(file)}.snap`), {
      updateSnapshot: 'none', snapshotFormat: { escapeString: false, printBasicPrototype: false }, prettierPath: null, rootDir: root,
    });
    this.loadSeconds = cpuSeconds() - begin;
  }

  /** Runs tests until one fails. */
  public async run(options: RunOptions = {}): Promise<SuiteRun> {
    if (this.error !== undefined) return { tests: [], error: this.error };
    this.prepare(options.only);
    const runs: TestRun[] = [];
    const handler = this.watcher(options, runs);
    circus.addEventHandler(handler);
    try {
      const { unhandledErrors } = await circus.run();
      return { tests: runs, error: unhandledErrors[0] };
    } finally {
      circus.removeEventHandler(handler);
      timers.useRealTimers();
      mocker.restoreAllMocks();
      this.modules = forgetModules();
    }
  }

  /** Restores the state of this file from before its tests ran. */
  private prepare(only: readonly number[] | undefined): void {
    circus.resetState();
    circus.getState().rootDescribeBlock = this.root;
    Object.assign(globalThis, { [TIMEOUT]: this.timeout });
    forgetModules();
    Object.assign(moduleCache(), this.modules);
    mocks = this.mocks;
    this.snapshotState.clear();
    this.tests.forEach(({ test, mode }, index) => {
      Object.assign(test, { errors: [], status: null, mode: !only || only.includes(index) ? mode : 'skip' });
    });
  }

  /** Records the results, and skips all tests after the first failure. */
  private watcher({ onTest }: RunOptions, runs: TestRun[]): Circus.EventHandler {
    const places = new Map(this.tests.map(({ test }, index) => [test, index]));
    let failed = false;
    let begin = 0;
    return (event) => {
      if (event.name === 'test_start') {
        if (failed) event.test.mode = 'skip';
        if (event.test.mode === 'skip') return;
        mocker.clearAllMocks();
        jestExpect.setState({ snapshotState: this.snapshotState, testPath: join(root, this.file), currentTestName: nameOf(event.test) } as never);
        onTest?.(places.get(event.test)!);
        begin = cpuSeconds();
      } else if (event.name === 'test_done') {
        // The matchers of snapshots don't throw, but leave their errors here, as jest expects them to.
        const { suppressedErrors = [] } = jestExpect.getState();
        jestExpect.setState({ suppressedErrors: [] });
        const [error] = [...event.test.errors, ...suppressedErrors];
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

/** Makes `require` compile TypeScript, without type checks, and return mocks. */
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
    compiled(file).runInThisContext().call(module.exports, module.exports, require, module, file, dirname(file), switchOf(relative(root, file)).isOn);
  };
}

/** Compiles a file; a source with all its mutants. The result is kept on disk, because processes end often. */
function compiled(file: string): Script {
  const known = scripts.get(file);
  if (known) return known;
  const source = readFileSync(file, 'utf-8');
  const name = relative(root, file);
  const text = name.startsWith('src/') ? switched(source, mutantsOf(name, source), '__isOn') : source;
  const kept = join(COMPILED, createHash('sha256').update(text).digest('hex'));
  if (!existsSync(kept)) {
    const options = { ...compilerOptions, sourceMap: false, inlineSourceMap: false, declaration: false };
    mkdirSync(COMPILED, { recursive: true });
    const whole = `${kept}.${process.pid}`; // another process must not read a file that is only partly written
    writeFileSync(whole, ts.transpileModule(text, { compilerOptions: options, fileName: file }).outputText);
    renameSync(whole, kept);
  }
  const head = '(function (exports, require, module, __filename, __dirname, __isOn) { const jest = __jest(__filename);';
  // A command begins with `#!`, which only the first line of a script may have.
  const script = new Script(`${head} ${readFileSync(kept, 'utf-8').replace(/^#!/, '//')}\n})`, { filename: file });
  scripts.set(file, script);
  return script;
}

/** Returns the switch of a source's mutants. */
export function switchOf(name: string): Switch {
  return switches.get(name) ?? switches.set(name, new Switch(name)).get(name)!;
}

/** Returns the functions of `jest` that the tests use. */
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

function moduleCache(): NodeJS.Dict<NodeModule> {
  return createRequire(join(root, 'index.js')).cache;
}

/** Removes the project's own modules from the cache, and returns them. */
function forgetModules(): NodeJS.Dict<NodeModule> {
  const cache = moduleCache();
  const own = Object.entries(cache).filter(([file]) => file.startsWith(root) && !file.includes('/node_modules/') && !file.includes('/tools/mutation/'));
  own.forEach(([file]) => delete cache[file]);
  return Object.fromEntries(own);
}
