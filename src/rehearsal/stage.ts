/**
 * The target of a rehearsal's requests: an execution environment that is started again after a request has ended it.
 */
import { Crash, Ending, ExecutionEnvironment } from './execution-environment';
import { Invocation } from './invocation';
import { TouchedFile } from './private-tmp';
import { CpuTime, Usage } from './process-usage';
import { InitError, Sending } from './runtime-api';
import { Topology } from './runtime-client';
import { Line, Observer } from './sightings';

/** The outcome of some requests that were sent together. */
export interface Sent {
  readonly invocations: readonly Invocation[];
  readonly lines: readonly Line[];
  readonly crashes: readonly Crash[];
  readonly touched: readonly TouchedFile[];
  /** How the process ended; absent if it still runs. */
  readonly ending?: Ending;
  /** The number of processes that ended while the others went on. */
  readonly missingWorkers: number;
  /** The highest usage that was measured meanwhile. */
  readonly usage?: Usage;
  /** Whether a worker or process has ended or doesn't answer. The next requests are then sent to a new environment. */
  readonly isDamaged: boolean;
}

export interface StageOptions {
  readonly start: () => Promise<ExecutionEnvironment>;
  readonly topology: Topology;
  readonly observer: Observer;
  /** Whether to look for processes that ended while their siblings went on. */
  readonly countsWorkers: boolean;
  readonly timeoutMs: number;
}

const SAMPLE_MS = 150;
/** The shortest time without any answer after which the requests in flight count as lost, in milliseconds. */
const MIN_IDLE_MS = 4000;
/** The factor by which a request may be slower than alone before it counts as lost. */
const IDLE_FACTOR = 20;
/** The time from the answer to a request that is alone until its files and crashes are read. */
const ALONE_SETTLE_MS = 12;

/** The error if the handler can't be loaded, or if the process ends before it takes an event. */
export class StartFailure extends Error {
  constructor(public readonly cause: InitError | Ending | undefined, public readonly logs: readonly string[]) {
    super('the environment did not start');
  }
}

export class Stage {
  public static async open(options: StageOptions): Promise<Stage> {
    const stage = new Stage(options);
    await stage.environment();
    return stage;
  }

  public readonly topology: Topology;
  private current?: ExecutionEnvironment;
  private slowestMs = 0;

  private constructor(private readonly options: StageOptions) {
    this.topology = options.topology;
  }

  /** Sends one request, and waits for the logs and files after its answer. */
  public async sendAlone(invocation: Invocation, sameWorker: boolean): Promise<Sent> {
    const sent = await this.send([invocation], { concurrency: 1, sameWorker }, ALONE_SETTLE_MS);
    if (invocation.outcome?.kind !== 'lost') this.slowestMs = Math.max(this.slowestMs, invocation.wallMs ?? 0);
    return sent;
  }

  /** Sends many requests at once, and waits for their logs. */
  public async sendTogether(invocations: readonly Invocation[], concurrency: number, onOutcome?: (invocation: Invocation) => void): Promise<Sent> {
    return this.send(invocations, { concurrency, onOutcome });
  }

  /** Returns the lines and segments that arrived after the last answer. */
  public async takeLate(): Promise<Line[]> {
    await this.current?.settle();
    return this.current === undefined ? [] : this.linesOf(this.current);
  }

  public async usage(): Promise<Usage | undefined> {
    return (await this.environment()).usage();
  }

  public async cpuTime(): Promise<CpuTime | undefined> {
    return (await this.environment()).cpuTime();
  }

  /** Continues in a new environment, which has seen no event. */
  public async restart(): Promise<void> {
    await this.close();
    await this.environment();
  }

  public async close(): Promise<void> {
    const { current } = this;
    this.current = undefined;
    await current?.stop();
  }

  private async send(
    invocations: readonly Invocation[], sending: Pick<Sending, 'concurrency' | 'sameWorker' | 'onOutcome'>, settleMs?: number,
  ): Promise<Sent> {
    const environment = await this.environment();
    this.options.observer.register(invocations);
    let usage: Usage | undefined;
    const sampling = settleMs === undefined ? setInterval(() => usage = most(usage, environment.usage()), SAMPLE_MS) : undefined;
    await environment.send([...invocations], {
      ...sending,
      timeoutMs: this.options.timeoutMs,
      idleTimeoutMs: sending.concurrency === 1 ? this.options.timeoutMs : Math.max(MIN_IDLE_MS, IDLE_FACTOR * this.slowestMs),
    });
    clearInterval(sampling);
    await environment.settle(settleMs);
    const missingWorkers = settleMs === undefined && this.options.countsWorkers ? await environment.missingWorkers() : 0;
    const crashes = environment.takeCrashes();
    const { ending } = environment;
    const sent = {
      invocations,
      lines: this.linesOf(environment),
      crashes,
      touched: environment.takeTouched(),
      ending,
      missingWorkers,
      usage: settleMs === undefined ? most(usage, environment.usage()) : undefined,
      isDamaged: crashes.length > 0 || ending !== undefined || missingWorkers > 0 || invocations.some(({ outcome }) => outcome?.kind === 'lost'),
    };
    if (sent.isDamaged) await this.close();
    return sent;
  }

  private linesOf(environment: ExecutionEnvironment): Line[] {
    const { observer } = this.options;
    return [
      ...environment.takeLogs().map((text) => observer.line(text, 'log')),
      ...environment.takeTraces().map((text) => observer.line(text, 'trace')),
    ];
  }

  private async environment(): Promise<ExecutionEnvironment> {
    if (this.current === undefined) {
      this.current = await this.options.start();
      const { initError, ending, isReady } = this.current;
      if (!isReady) {
        const logs = this.current.takeLogs();
        await this.close();
        throw new StartFailure(initError ?? ending, logs);
      }
      // The client itself writes these lines when it starts.
      await this.current.settle();
      this.current.takeTouched();
    }
    return this.current;
  }
}

function most(a: Usage | undefined, b: Usage | undefined): Usage | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    cpuMs: Math.max(a.cpuMs, b.cpuMs),
    memoryMb: Math.max(a.memoryMb, b.memoryMb),
    descriptors: Math.max(a.descriptors, b.descriptors),
    processes: Math.max(a.processes, b.processes),
  };
}
