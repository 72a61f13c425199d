/**
 * An execution environment on this machine: AWS's runtime client in its own process group, with a runtime API, a `/tmp`, logs and traces. It ends
 * with `stop()`, and with this process in any case.
 */
import { ChildProcess, spawn } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FunctionDescription } from './function-description';
import { Invocation } from './invocation';
import { LogCollector } from './log-collector';
import { PrivateTmp, TouchedFile } from './private-tmp';
import { endProcesses } from './process-tree';
import { CpuTime, cpuTimeOf, Usage, usageOf } from './process-usage';
import { InitError, RuntimeApi, Sending } from './runtime-api';
import { Launch, RuntimeClient, Topology } from './runtime-client';
import { TraceListener } from './trace-listener';
import { Watchdog } from './watchdog';

/** The reason why a Node.js worker ended, as seen from inside. */
export interface Crash {
  readonly kind: 'uncaught' | 'exit';
  /** The request in whose context the worker ended, if there was one. */
  readonly requestId?: string;
  readonly type?: string;
  readonly message?: string;
  readonly stack?: string;
  readonly code?: number;
}

/** The way in which a process ended that should have kept running. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface EnvironmentOptions {
  readonly function: FunctionDescription;
  readonly client: RuntimeClient;
  readonly topology: Topology;
  /** Whether to try to give the environment its own `/tmp`. */
  readonly mounts?: boolean;
  readonly startTimeoutMs: number;
}

/** The time to wait for logs and metrics after an answer, in milliseconds. */
const SETTLE_MS = 60;
/** The longest time, in milliseconds, until workers that have answered poll again. */
const POLL_AGAIN_MS = 500;
/** The interval, in milliseconds, at which crashes are looked for. */
const WATCH_MS = 100;
const ACCOUNT_AND_REGION = 'us-east-1:123456789012';

/** The running environments. They end with this process. */
const running = new Set<ExecutionEnvironment>();
const SIGNALS: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

function endAll(): void {
  running.forEach((environment) => environment.abort());
}

/** Ends all environments, then ends this process with the signal, as without a signal handler. */
function endBySignal(signal: NodeJS.Signals): void {
  endAll();
  stopListening();
  process.kill(process.pid, signal);
}

function listen(): void {
  process.on('exit', endAll);
  SIGNALS.forEach((signal) => process.on(signal, endBySignal));
}

function stopListening(): void {
  process.off('exit', endAll);
  SIGNALS.forEach((signal) => process.off(signal, endBySignal));
}

export class ExecutionEnvironment {
  /** Starts an environment, and waits until it takes events, reports an error or ends. */
  public static async start(options: EnvironmentOptions): Promise<ExecutionEnvironment> {
    const { function: fn, client, topology } = options;
    const api = await RuntimeApi.start(`arn:aws:lambda:${ACCOUNT_AND_REGION}:function:${fn.name}`);
    const traces = await TraceListener.start();
    const launched = client.launch({ function: fn, topology, reports: 'unknown' });
    const tmp = await PrivateTmp.create([fn.codeDirectory, ...launched.visible], options.mounts);
    const logs = await LogCollector.start(tmp.workDirectory);
    const reports = join(tmp.workDirectory, 'reports.jsonl');
    const launch = client.launch({ function: fn, topology, reports });
    const environment = new ExecutionEnvironment(options, launch, api, traces, tmp, logs, reports);
    await environment.ready();
    return environment;
  }

  public readonly topology: Topology;
  public ending?: Ending;
  private readonly child: ChildProcess;
  private readonly watchdog?: Watchdog;
  private readonly firstSent = new Map<number, number>();
  private sent = 0;
  private crashesRead = 0;

  private constructor(
    private readonly options: EnvironmentOptions,
    private readonly launch: Launch,
    private readonly api: RuntimeApi,
    private readonly traces: TraceListener,
    private readonly tmp: PrivateTmp,
    private readonly logs: LogCollector,
    private readonly reports: string,
  ) {
    const { function: fn, topology } = options;
    this.topology = topology;
    const directory = realpathSync(fn.codeDirectory);
    const [program, ...args] = tmp.wrap(launch.command, directory);
    this.child = spawn(program, args, {
      cwd: directory,
      detached: true,
      env: { ...lambdaEnvironment(fn, topology), ...fn.environment, ...launch.environment, ...this.addresses() },
      stdio: ['ignore', logs.descriptor, logs.descriptor],
    });
    if (running.size === 0) listen();
    running.add(this);
    this.child.on('error', () => this.end({ code: 127, signal: null }));
    this.child.on('exit', (code, signal) => this.end({ code, signal }));
    this.watchdog = this.child.pid === undefined ? undefined : new Watchdog(this.child.pid, tmp.folder, tmp.home);
  }

  /** Whether a worker polls for events. */
  public get isReady(): boolean {
    return this.initError === undefined && this.ending === undefined && this.api.openPolls > 0;
  }

  public get initError(): InitError | undefined {
    return this.api.initErrors[0];
  }

  /** Whether the environment has its own `/tmp`. */
  public get ownsTmp(): boolean {
    return this.tmp.isOwn;
  }

  /** Returns the number of workers or processes that no longer take events. */
  public async missingWorkers(): Promise<number> {
    const missing = () => Math.max(0, this.launch.polls - this.api.openPolls);
    for (let waited = 0; missing() > 0 && waited < POLL_AGAIN_MS; waited += 20) await delay(20);
    return missing();
  }

  /** Sends the requests, and waits until all have an outcome and their logs have arrived. */
  public async send(invocations: Invocation[], sending: Sending): Promise<void> {
    invocations.forEach((invocation) => {
      invocation.sequence = this.sent++;
      invocation.firstSent = this.firstSent;
      if (!this.firstSent.has(invocation.event)) this.firstSent.set(invocation.event, invocation.sequence);
    });
    const sent = this.api.send(invocations, sending);
    if (this.ending !== undefined) this.api.abandon('the process had ended');
    // If its only worker has ended, the process may wait forever.
    const watching = this.topology.workers > 1 ? undefined : setInterval(() => {
      if (readLines(this.reports).length > this.crashesRead) this.api.abandon('the worker ended');
    }, WATCH_MS);
    await sent;
    clearInterval(watching);
  }

  /** Lets logs, traces and changes of files arrive. */
  public async settle(ms = SETTLE_MS): Promise<void> {
    await delay(ms);
  }

  public takeLogs(): string[] {
    return this.logs.take();
  }

  public takeTraces(): string[] {
    return this.traces.take();
  }

  public takeTouched(): TouchedFile[] {
    return this.tmp.takeTouched();
  }

  /** Returns the crashes of workers since the last call. */
  public takeCrashes(): Crash[] {
    const lines = readLines(this.reports);
    const crashes = lines.slice(this.crashesRead).map((line) => JSON.parse(line) as Crash);
    this.crashesRead = lines.length;
    return crashes;
  }

  public usage(): Usage | undefined {
    const usage = this.child.pid === undefined ? undefined : usageOf(this.child.pid);
    // Connections to the runtime API are not the handler's.
    return usage && { ...usage, descriptors: Math.max(0, usage.descriptors - this.api.connections) };
  }

  public cpuTime(): CpuTime | undefined {
    return this.child.pid === undefined ? undefined : cpuTimeOf(this.child.pid);
  }

  /** Ends all processes of the environment. No other process has its home directory. */
  private kill(): void {
    if (this.child.pid !== undefined) endProcesses(this.child.pid, `HOME=${this.tmp.home}`);
  }

  /** Ends the environment without waiting, because this process ends. */
  public abort(): void {
    this.kill();
    this.tmp.close();
    this.watchdog?.dismiss();
  }

  public async stop(): Promise<void> {
    this.kill();
    running.delete(this);
    if (running.size === 0) stopListening();
    while (this.ending === undefined) await delay(5);
    await this.api.close();
    this.traces.close();
    this.logs.close();
    this.tmp.close();
    this.watchdog?.dismiss();
  }

  private async ready(): Promise<void> {
    const until = Date.now() + this.options.startTimeoutMs;
    while (this.api.openPolls < this.launch.polls && this.initError === undefined && this.ending === undefined && Date.now() < until) await delay(5);
    // Logs of a failed start come a moment later.
    if (this.api.openPolls < this.launch.polls) await this.settle();
  }

  private end(ending: Ending): void {
    this.ending = ending;
    this.kill();
    this.api.abandon('the process ended');
  }

  private addresses(): Record<string, string> {
    return {
      AWS_LAMBDA_RUNTIME_API: this.api.address,
      AWS_XRAY_DAEMON_ADDRESS: this.traces.address,
      _AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1',
      _AWS_XRAY_DAEMON_PORT: this.traces.address.split(':')[1],
      HOME: this.tmp.home,
      ...this.launch.usesLogSocket ? { _LAMBDA_TELEMETRY_LOG_FD_PROVIDER_SOCKET: this.logs.socketPath } : {},
    };
  }
}

/** Returns the environment variables that Lambda gives to client and handler, without credentials, because a rehearsal doesn't reach AWS. */
function lambdaEnvironment(fn: FunctionDescription, { concurrency }: Topology): Record<string, string> {
  const { name, handler, codeDirectory, memorySize, runtime } = fn;
  return {
    PATH: process.env.PATH ?? '',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    _HANDLER: handler,
    LAMBDA_TASK_ROOT: realpathSync(codeDirectory),
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '1',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySize),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'rehearsal',
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_LAMBDA_MAX_CONCURRENCY: String(concurrency),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'lambda-managed-instances',
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf-8').split('\n').filter((line) => line !== '');
  } catch {
    return [];
  }
}
