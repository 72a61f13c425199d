/**
 * Runs a rehearsal: each event alone, then all at once, first in the layout in which shared state shows most and then in the deployed one.
 */
import { Alone } from './alone';
import { ExecutionEnvironment } from './execution-environment';
import { isProblem, RehearsalFinding, shorten, summarised } from './findings';
import { FunctionDescription, RehearsalEvent } from './function-description';
import { Invocation } from './invocation';
import { Markers, MIN_DIGITS, MIN_LENGTH } from './markers';
import { Measurement } from './measurement';
import { Reference } from './reference';
import { Progress, RehearsalResult } from './rehearsal-result';
import { RuntimeClient, Topology } from './runtime-client';
import { Observer } from './sightings';
import { Sent, Stage, StartFailure } from './stage';
import { found } from './texts';
import { Together } from './together';
import { MemoryUse, whatToSet } from './what-to-set';

export interface RehearsalPlan {
  readonly function: FunctionDescription;
  readonly client: RuntimeClient;
  readonly events: readonly RehearsalEvent[];
  readonly ignore: readonly string[];
  readonly mounts?: boolean;
  readonly onProgress?: (progress: Progress) => void;
}

const START_TIMEOUT_MS = 60_000;
/** The approximate time, in milliseconds, that a level of concurrency may take. */
const LEVEL_MS = 3000;
const MIN_REQUESTS = 32;
/** The duration above which handlers are rehearsed at fewer levels of concurrency, in milliseconds. */
const SLOW_MS = 500;
/** The share of its time on the CPU from which a handler keeps other requests waiting, if it takes at least `BLOCKING_MS`. */
const BLOCKING_SHARE = 0.5;
const BLOCKING_MS = 10;
/** The mean number of descriptors that a request may leave open. */
const LEAKED_DESCRIPTORS = 0.5;

export class Rehearsal {
  private readonly findings: RehearsalFinding[] = [];
  private readonly payloads: readonly string[];
  private readonly markers: Markers;
  private readonly observer: Observer;
  private readonly alone: Alone;
  private readonly reference: Reference;
  private readonly random = randomNumbers();
  private requests = 0;
  private phase = 'start';
  private measurement?: Measurement;
  private memory: MemoryUse = {};
  private ownsTmp = true;

  constructor(private readonly plan: RehearsalPlan) {
    const { function: fn, events, ignore } = plan;
    this.payloads = events.map(({ value }) => JSON.stringify(value));
    this.markers = new Markers(events.map(({ value }) => value));
    this.observer = new Observer(this.markers);
    this.reference = new Reference(ignore);
    this.alone = new Alone({
      function: fn,
      events,
      payloads: this.payloads,
      observer: this.observer,
      markers: this.markers,
      reference: this.reference,
      onRequest: () => this.count(),
    });
  }

  public async run(): Promise<RehearsalResult> {
    const { client, function: fn, events } = this.plan;
    try {
      for (const topology of client.topologies(fn)) {
        await this.rehearseIn(topology);
        if (this.alone.isHopeless) break;
      }
    } catch (error) {
      if (!(error instanceof StartFailure)) throw error;
      this.findings.push(notLoaded(error, fn));
    }
    const { measurement } = this;
    return {
      findings: summarised([...this.findings, ...this.alone.findings]),
      requests: this.requests,
      measurement,
      whatToSet: measurement && whatToSet({
        function: fn,
        language: client.language,
        alone: measurement,
        memory: this.memory,
        concurrency: fn.maxConcurrency,
      }),
      notes: [
        ...client.notes,
        ...this.markers.distinguish ? [] : [
          events.length === 1
            ? 'There is only one event: give two or more that differ, or answers can be judged only by request ids and errors.'
            : `Fewer than two events have a text of ${MIN_LENGTH} letters or a number of ${MIN_DIGITS} digits of their own, so their data isn't recognised in log lines, metrics and traces: use longer names and ids.`,
        ],
        ...this.ownsTmp ? [] : ['The handler uses this machine\'s /tmp, because no separate one can be mounted: it may contain files of other programs, and rehearsals wait for each other.'],
      ],
    };
  }

  private async rehearseIn(topology: Topology): Promise<void> {
    const { client, function: fn, events, mounts } = this.plan;
    const stage = await Stage.open({
      start: async () => {
        const environment = await ExecutionEnvironment.start({ function: fn, client, topology, mounts, startTimeoutMs: START_TIMEOUT_MS });
        this.ownsTmp = environment.ownsTmp;
        return environment;
      },
      topology,
      observer: this.observer,
      countsWorkers: !client.sharesThread && client.language === 'Python',
      timeoutMs: fn.timeout * 1000,
    });
    try {
      this.enter(`one at a time, ${topology.name}`);
      if (this.measurement === undefined) {
        await this.alone.learn(stage);
        if (this.alone.isHopeless) return;
        this.measurement = await this.alone.measure(stage);
        this.judgeBlocking();
      }
      if (topology.workers > 1) await this.alone.learnLayout(stage, this.isSlow ? 1 : Math.max(2, Math.ceil(2 * topology.workers / events.length)));
      if (topology.concurrency > 1 && !this.alone.isHopeless) await this.together(stage);
    } finally {
      await stage.close();
    }
  }

  private async together(stage: Stage): Promise<void> {
    const { function: fn, events, client } = this.plan;
    const together = new Together(
      { function: fn, events, observer: this.observer, reference: this.reference, alone: this.alone, language: client.language }, stage,
    );
    const before = await stage.usage();
    const requestsBefore = this.requests;
    for (const level of this.levels(stage.topology)) {
      if (together.isBroken) break;
      this.enter(`${level} at once, ${stage.topology.name}`);
      const sent = await stage.sendTogether(this.mixed(level), level, () => this.count());
      // A busy machine may lose answers, too, but a faulty handler loses them again.
      const again = hasOnlyLost(sent) ? await stage.sendTogether(this.mixed(level), level, () => this.count()) : undefined;
      if (again === undefined || again.isDamaged) together.add(sent);
      else this.findings.push(lostOnce(sent, stage.topology.name));
      if (again !== undefined) together.add(again);
    }
    together.addLate(await stage.takeLate());
    const after = await stage.usage();
    if (!together.isBroken) this.memory = { aloneMb: before?.memoryMb, togetherMb: together.used?.memoryMb };
    this.enter(`once more one at a time, ${stage.topology.name}`, together.leaks().length);
    this.findings.push(...await together.judge());
    const left = ((after?.descriptors ?? 0) - (before?.descriptors ?? 0)) / (this.requests - requestsBefore);
    if (left > LEAKED_DESCRIPTORS) this.findings.push(descriptorsGrow(left, stage.topology.name));
  }

  /** Returns the levels of concurrency: doubling up to the limit. Layouts with several worker threads are rehearsed only at the limit. */
  private levels({ concurrency, workers }: Topology): number[] {
    const doubling = Array.from({ length: Math.ceil(Math.log2(concurrency)) }, (_, power) => 2 ** (power + 1)).filter((level) => level < concurrency);
    if (this.plan.client.sharesThread && workers > 1) return [concurrency];
    return [...this.isSlow ? doubling.slice(0, 1) : doubling, concurrency];
  }

  /** Returns all events in a shuffled order, so that any two meet. The order is the same in each rehearsal. */
  private mixed(level: number): Invocation[] {
    const events = [...this.alone.working];
    const inTime = Math.floor(LEVEL_MS / (this.measurement?.wallMs ?? 1)) * level;
    const wanted = Math.max(2 * level, events.length, Math.min(Math.max(MIN_REQUESTS, 4 * level), inTime));
    return Array.from({ length: Math.ceil(wanted / events.length) }, () => shuffled(events, this.random))
      .flat()
      .map((event) => new Invocation(event, this.payloads[event], level));
  }

  private judgeBlocking(): void {
    const { cpuMs = 0, wallMs = Infinity } = this.measurement ?? {};
    if (!this.plan.client.sharesThread || cpuMs < BLOCKING_MS || cpuMs / wallMs < BLOCKING_SHARE) return;
    this.findings.push({
      ...found('EventLoopBlocked', 'process', { count: 1, of: 1, environment: 'one request at a time' }),
      grade: 'hint',
      message: `A request keeps the CPU busy for ${Math.round(100 * Math.min(1, cpuMs / wallMs))} % of its ${Math.round(wallMs)} ms. Meanwhile the other requests of its worker wait.`,
      fix: 'Lower perExecutionEnvironmentMaxConcurrency, or move the computing into worker threads.',
    });
  }

  private get isSlow(): boolean {
    return (this.measurement?.wallMs ?? 0) > SLOW_MS;
  }

  private enter(phase: string, more = 0): void {
    this.phase = phase;
    this.tell(more);
  }

  private count(): void {
    this.requests++;
    this.tell();
  }

  private tell(more = 0): void {
    const problems = summarised([...this.findings, ...this.alone.findings]).filter(isProblem).length + more;
    this.plan.onProgress?.({ phase: this.phase, requests: this.requests, problems });
  }
}

function notLoaded({ cause, logs }: StartFailure, { handler }: FunctionDescription): RehearsalFinding {
  const isCallback = cause !== undefined && 'errorType' in cause && cause.errorType === 'Runtime.CallbackHandlerDeprecated';
  const why = cause === undefined ? 'nothing took an event'
    : 'errorType' in cause ? `${cause.errorType}: ${shorten(cause.errorMessage)}`
      : `the process ended with ${cause.signal ?? `code ${cause.code}`}`;
  return {
    ...found('HandlerNotLoaded', 'process', { count: 1, of: 1, environment: 'at start' }),
    grade: 'alone',
    path: handler,
    evidence: logs.length === 0 ? undefined : shorten(logs.slice(-3).join(' ')),
    message: isCallback ? `${handler} takes a callback, and managed instances refuse such handlers.` : `${handler} can't be loaded: ${why}.`,
    fix: isCallback ? 'Return a promise instead: async (event, context) => …, without a third parameter.' : 'Look at the error; the handler runs in the folder of its code, with its own environment variables only.',
  };
}

/** Whether answers are missing although no worker has ended. */
function hasOnlyLost({ isDamaged, crashes, ending, missingWorkers }: Sent): boolean {
  return isDamaged && crashes.length === 0 && ending === undefined && missingWorkers === 0;
}

function lostOnce({ invocations }: Sent, environment: string): RehearsalFinding {
  const lost = invocations.filter(({ isLost }) => isLost).length;
  return {
    ...found('AnswersLost', 'answer', { count: lost, of: invocations.length, environment }),
    grade: 'hint',
    message: `${lost} of ${invocations.length} requests got no answer when they ran at once, but all did when they were sent again.`,
    fix: 'Rehearse again while this machine is less busy. If it happens again, look for what requests wait for together.',
  };
}

function descriptorsGrow(left: number, environment: string): RehearsalFinding {
  return {
    ...found('DescriptorsGrow', 'process', { count: 1, of: 1, environment }),
    grade: 'hint',
    message: `Requests leave files or connections open, about ${left.toFixed(1)} each. An environment lives for days and has 4096.`,
    fix: 'Close what a request opens, or share clients between requests.',
  };
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [copy[last], copy[other]] = [copy[other], copy[last]];
  }
  return copy;
}

/** Returns a random number generator that repeats itself in each rehearsal (Park and Miller's). */
function randomNumbers(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
