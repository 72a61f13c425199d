/**
 * AWS's runtime client for Node.js, `aws-lambda-ric`. It has worker threads that take many requests each.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { FunctionDescription } from './function-description';
import { ClientSearch, Launch, LaunchContext, RuntimeClient, Topology } from './runtime-client';
import { RehearsalUsageError } from './usage-error';

const PACKAGE = 'aws-lambda-ric';
const NATIVE_PART = 'rapid-client.node';
/** The first major release that takes several requests at once. */
const FIRST_MAJOR = 4;
/** Names the release, because npm chooses an older one on Node.js 20, where the client works as well. */
const INSTALL = `npm install --save-dev ${PACKAGE}@${FIRST_MAJOR}`;
/** The number of worker threads that the client starts for each vCPU. */
const WORKERS_PER_VCPU = 8;
/** The threads of libuv's pool that are left for the handler while each worker polls. */
const SPARE_POOL_THREADS = 8;
const PRELOAD = join(__dirname, '..', '..', 'assets', 'rehearsal', 'node-preload.cjs');

export class NodeClient implements RuntimeClient {
  public static find({ function: fn, clientDirectory, interpreter = process.execPath }: ClientSearch, standIn = false): NodeClient {
    const directory = packageDirectory([...clientDirectory === undefined ? [] : [clientDirectory], fn.codeDirectory, process.cwd()]);
    if (directory === undefined) {
      throw new RehearsalUsageError(`AWS's runtime client for Node.js is not installed: run "${INSTALL}", with "--ignore-scripts" if that fails to compile its native part.`);
    }
    const { version } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf-8')) as { version: string };
    if (Number.parseInt(version) < FIRST_MAJOR) {
      throw new RehearsalUsageError(`${PACKAGE} ${version} takes one request at a time: install release ${FIRST_MAJOR} or later with "${INSTALL}".`);
    }
    const found = spawnSync(interpreter, ['--version'], { encoding: 'utf-8' });
    if (found.status !== 0) throw new RehearsalUsageError(`Node.js can't be started as "${interpreter}": name another program with --interpreter.`);
    return new NodeClient(directory, version, interpreter, found.stdout.trim(), standIn || !existsSync(join(directory, NATIVE_PART)), fn);
  }

  public readonly language = 'Node.js';
  public readonly sharesThread = true;
  public readonly name: string;
  public readonly notes: readonly string[];

  private constructor(
    private readonly directory: string,
    version: string,
    private readonly interpreter: string,
    interpreterVersion: string,
    private readonly standsIn: boolean,
    fn: FunctionDescription,
  ) {
    this.name = `${PACKAGE} ${version}`;
    const [, wanted] = /^nodejs(\d+)/.exec(fn.runtime) ?? [];
    const [, major] = /^v(\d+)/.exec(interpreterVersion) ?? [];
    this.notes = [
      ...wanted === major ? [] : [`The handler ran on Node.js ${interpreterVersion.slice(1)}; the function's runtime is ${fn.runtime}.`],
      ...standsIn ? [`The native part of ${PACKAGE} isn't compiled here, so JavaScript stood in for it. Crashes end one worker here, but the whole environment where it is compiled.`] : [],
      ...poolNote(fn, standsIn),
    ];
  }

  public topologies({ vCpus, maxConcurrency }: FunctionDescription): readonly Topology[] {
    return [1, WORKERS_PER_VCPU * vCpus].map((workers) => ({ name: `${workers} worker${workers === 1 ? '' : 's'}`, workers, concurrency: maxConcurrency }));
  }

  public launch({ function: fn, topology: { workers }, reports }: LaunchContext): Launch {
    return {
      command: [this.interpreter, '--require', PRELOAD, join(this.directory, 'index.mjs')],
      environment: {
        AWS_LAMBDA_NODEJS_WORKER_COUNT: String(workers),
        // The native client waits for events in this pool, which has four threads, and takes it from the handler's files, DNS and crypto.
        UV_THREADPOOL_SIZE: fn.environment.UV_THREADPOOL_SIZE ?? String(workers + SPARE_POOL_THREADS),
        // On Lambda, the modules of layers are found there.
        NODE_PATH: [fn.environment.NODE_PATH, '/opt/nodejs/node_modules'].filter((path) => path !== undefined).join(delimiter),
        REHEARSAL_REPORTS: reports,
        REHEARSAL_STAND_IN: this.standsIn ? '1' : '0',
      },
      usesLogSocket: false,
      visible: [this.directory, join(this.directory, '..'), dirname(PRELOAD), join(dirname(this.interpreter), '..')],
      // With a small pool, not all workers can poll.
      polls: this.standsIn ? workers : Math.min(workers, Number(fn.environment.UV_THREADPOOL_SIZE ?? workers)),
    };
  }
}

/** Returns a note about the pool, of which the native client occupies a thread for each worker. */
function poolNote({ environment: { UV_THREADPOOL_SIZE: size }, vCpus }: FunctionDescription, standsIn: boolean): string[] {
  const workers = WORKERS_PER_VCPU * vCpus;
  if (size === undefined || Number(size) >= workers + SPARE_POOL_THREADS) return [];
  return [
    `UV_THREADPOOL_SIZE is ${size}, but the client's ${workers} workers occupy a thread each, so files, DNS and crypto of the handler may stall. Set it to ${workers + SPARE_POOL_THREADS} or more.`
    + (standsIn ? ' The JavaScript that stood in for the native part doesn\'t show that.' : ''),
  ];
}

/** Returns the folder in which Node.js would find the client from these folders. */
function packageDirectory(from: readonly string[]): string | undefined {
  for (const start of from.map((directory) => resolve(directory))) {
    for (let directory = start; ; directory = dirname(directory)) {
      const found = [join(directory, 'node_modules', PACKAGE), ...directory.endsWith(PACKAGE) ? [directory] : []].find((one) => existsSync(join(one, 'package.json')));
      if (found !== undefined) return found;
      if (directory === dirname(directory)) break;
    }
  }
  return undefined;
}
