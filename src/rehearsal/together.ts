/**
 * Sends requests at once, and compares their answers, logs, metrics and resource use with those of requests that are alone.
 */
import { Alone, errorText, howItEnded, linesOf } from './alone';
import { Crash, Ending } from './execution-environment';
import { Place, RehearsalFinding, shorten } from './findings';
import { FunctionDescription, RehearsalEvent } from './function-description';
import { Invocation } from './invocation';
import { Usage } from './process-usage';
import { Difference, Reference } from './reference';
import { Line, Observer, Sighting } from './sightings';
import { Sent, Stage } from './stage';
import { DONT_END, fixOf, found, Language, leak, LOG_WITH_ID, PLACE_NAMES } from './texts';

/** The number of reruns is sufficient if they miss a random difference in 1 of 10,000 rehearsals. */
const CERTAINTY = -Math.log(1e-4);
const MIN_RERUNS = 12;
const MAX_RERUNS = 400;
const RERUN_MS = 12_000;
/**
 * The number of file descriptors of an environment. Source:
 * https://aws.amazon.com/about-aws/whats-new/2026/03/aws-Lambda-file-descriptors-increase-4096/ (read 2026-11-27)
 */
const DESCRIPTORS_MAX = 4096;

export interface TogetherOptions {
  readonly function: FunctionDescription;
  readonly events: readonly RehearsalEvent[];
  readonly observer: Observer;
  readonly reference: Reference;
  readonly alone: Alone;
  readonly language: Language;
}

/** A place at which answers differ, or an error that occurred. */
interface Suspicion {
  readonly path: string;
  readonly invocations: Invocation[];
  readonly difference?: Difference;
  readonly error?: string;
}

export class Together {
  private readonly invocations: Invocation[] = [];
  private readonly lines: Line[] = [];
  private readonly crashes: Crash[] = [];
  private ending?: Ending;
  private missingWorkers = 0;
  private usage?: Usage;

  constructor(private readonly options: TogetherOptions, private readonly stage: Stage) {}

  public add({ invocations, lines, crashes, ending, missingWorkers, usage }: Sent): void {
    this.invocations.push(...invocations.filter(({ handedAt }) => handedAt !== undefined));
    this.lines.push(...lines);
    this.crashes.push(...crashes);
    this.ending ??= ending;
    this.missingWorkers = Math.max(this.missingWorkers, missingWorkers);
    this.usage = usage ?? this.usage;
  }

  public addLate(lines: readonly Line[]): void {
    this.lines.push(...lines);
  }

  /** Whether answers are known to be lost. */
  public get isBroken(): boolean {
    return this.crashes.length > 0 || this.ending !== undefined || this.invocations.some(({ isLost }) => isLost);
  }

  /** The highest resource use that was measured with the most requests at once. */
  public get used(): Usage | undefined {
    return this.usage;
  }

  /** Returns the leaks in the requests sent so far. This is quick, because the progress needs it. */
  public leaks(): RehearsalFinding[] {
    const { observer, alone, language } = this.options;
    const answered = this.invocations.filter(({ isLost }) => !isLost);
    const sightings = [...answered.flatMap((invocation) => observer.inAnswer(invocation)), ...this.lines.flatMap((line) => observer.inLine(line))]
      .filter((sighting) => !alone.explains(sighting));
    return grouped(sightings, ({ place, path }) => `${place}|${path}`).map((group) => {
      const [first] = group;
      const of = first.place === 'answer' ? answered.length : this.lines.filter(({ place }) => place === first.place).length;
      return leak(first, { count: countOf(group), of, environment: this.environment }, this.label, language);
    });
  }

  /** Returns all findings. Problems that may be random are tried again with requests that are alone, in the same environment. */
  public async judge(): Promise<RehearsalFinding[]> {
    const leaks = this.leaks();
    const known = new Set(leaks.filter(({ place }) => place === 'answer').map(({ path }) => path));
    const differences = await this.suspicions(known);
    return [...leaks, ...differences, ...this.lost(), ...this.counts(), ...this.misattributed(), ...this.withoutId(), ...this.resources()];
  }

  private async suspicions(known: ReadonlySet<string | undefined>): Promise<RehearsalFinding[]> {
    const { reference, alone } = this.options;
    const suspicions = this.suspicious().filter(({ path }) => !known.has(path));
    if (suspicions.length === 0) return [];
    const events = [...new Set(suspicions.flatMap(({ invocations }) => invocations.map(({ event }) => event)))];
    const needed = Math.max(...suspicions.map((suspicion) => this.rerunsFor(suspicion)));
    const reruns = await alone.again(this.stage, events, Math.min(needed, MAX_RERUNS), Date.now() + RERUN_MS);
    const errorsAlone = new Set(reruns.filter(({ outcome }) => outcome?.kind === 'error').map(({ outcome }) => errorKind(outcome!.body)));
    return suspicions
      .filter(({ path, error }) => (error === undefined ? !reference.isVarying(path) : !errorsAlone.has(path)))
      .map((suspicion) => this.differs(suspicion, reruns.length));
  }

  private suspicious(): Suspicion[] {
    const { reference } = this.options;
    const errors = this.invocations.filter(({ outcome }) => outcome?.kind === 'error');
    const differences = this.invocations.filter(({ outcome }) => outcome?.kind === 'response').flatMap((invocation) => reference.differences(invocation));
    return [
      ...grouped(errors, ({ outcome }) => errorKind(outcome!.body))
        .map((invocations) => ({ path: errorKind(invocations[0].outcome!.body), invocations, error: errorText(invocations[0].outcome!.body) })),
      ...grouped(differences, ({ path }) => path)
        .map((group) => ({ path: group[0].path, invocations: group.map(({ invocation }) => invocation), difference: group[0] })),
    ];
  }

  /** Returns the number of reruns that would almost certainly show the difference if it happened alone as often. */
  private rerunsFor({ invocations }: Suspicion): number {
    const rate = Math.min(invocations.length / this.invocations.length, 0.99);
    return Math.max(MIN_RERUNS, Math.ceil(CERTAINTY / -Math.log(1 - rate)));
  }

  private differs(suspicion: Suspicion, reruns: number): RehearsalFinding {
    const { path, invocations, difference, error } = suspicion;
    const [invocation] = invocations;
    const seen = { count: invocations.length, of: this.invocations.length, environment: this.environment };
    const about = { path, event: this.label(invocation.event), requestId: invocation.id };
    if (reruns < this.rerunsFor(suspicion)) {
      return {
        ...found('RareDifference', 'answer', seen),
        ...about,
        grade: 'hint',
        evidence: difference?.value ?? error,
        message: `${seen.count} of ${seen.of} answers differ at ${path} from what they are alone (${shorten(difference?.value ?? error!)}). That is too rare to tell whether concurrency is the cause.`,
        fix: 'If the field varies naturally, pass --ignore with its path.',
      };
    }
    if (error !== undefined) {
      return {
        ...found('ErrorsTogether', 'answer', seen),
        ...about,
        grade: 'together',
        evidence: shorten(error),
        message: `${seen.count} of ${seen.of} requests fail when they run at once, and never alone (${reruns} reruns): ${shorten(error)}.`,
        fix: 'Look for what requests share: files in /tmp, connections, buffers, pools that are too small.',
      };
    }
    const other = this.options.reference.eventAnswered(difference!);
    return {
      ...found(other === undefined ? 'AnswerDiffers' : 'OtherRequestInAnswer', 'answer', seen),
      ...about,
      grade: other === undefined ? 'together' : 'leak',
      otherEvent: other === undefined ? undefined : this.label(other),
      evidence: `${path}: ${shorten(difference!.value)} instead of ${shorten(difference!.expected)}`,
      message: other === undefined
        ? `${seen.count} of ${seen.of} answers differ at ${path} when requests run at once, and never alone (${reruns} reruns): ${shorten(difference!.value)} instead of ${shorten(difference!.expected)}.`
        : `In ${seen.count} of ${seen.of} answers, ${path} is that of another event: ${shorten(difference!.value)}, which belongs to ${this.label(other)}, instead of ${shorten(difference!.expected)}.`,
      fix: 'Look for what requests share: variables of the module, objects that are reused, files. If the field counts requests at once on purpose, pass --ignore with its path.',
    };
  }

  private lost(): RehearsalFinding[] {
    const lost = this.invocations.filter(({ isLost }) => isLost);
    const ended = this.crashes.length > 0 || this.ending !== undefined || this.missingWorkers > 0;
    if (lost.length === 0 && !ended) return [];
    const [crash] = this.crashes;
    const culprit = this.invocations.find(({ id }) => id === crash?.requestId);
    const [first] = culprit === undefined ? lost : [culprit];
    const of = this.invocations.length;
    const inFlight = [...new Set(lost.map(({ event }) => this.label(event)))];
    const about = {
      ...found(ended ? 'WorkerEnded' : 'AnswersLost', ended ? 'process' : 'answer', { count: Math.max(1, lost.length), of, environment: this.environment }),
      grade: 'together' as const,
      event: first && this.label(first.event),
      requestId: first?.id,
      evidence: crash?.stack && shorten(crash.stack),
    };
    return [ended ? {
      ...about,
      message: `When requests run at once, ${howItEnded(this.crashes, this.ending)}${culprit === undefined ? '' : ` in a request with ${this.label(culprit.event)}`}; ${lost.length} ${lost.length === 1 ? 'request' : 'requests'} in flight got no answer.`,
      fix: DONT_END[this.options.language],
    } : {
      ...about,
      message: `${lost.length} of ${of} requests get no answer when requests run at once. In flight were ${inFlight.slice(0, 5).join(', ')}.`,
      fix: 'Look for what requests wait for together: a lock, a pool with too few connections, a queue, a stream that is never ended.',
    }];
  }

  /** Reports metrics or segments that requests send when they are alone, but not together. */
  private counts(): RehearsalFinding[] {
    const answered = this.invocations.filter(({ outcome }) => outcome?.kind === 'response').length;
    return (['metric', 'trace'] as const).flatMap((place) => {
      const each = this.options.alone.countOf(place) ?? 0;
      const count = this.lines.filter((line) => line.place === place).length;
      const expected = each * answered;
      if (each === 0 || count >= expected) return [];
      return [{
        ...found(place === 'metric' ? 'MetricsLost' : 'TracesLost', place, { count: expected - count, of: expected, environment: this.environment }),
        grade: 'together' as const,
        message: `${expected - count} of ${expected} ${PLACE_NAMES[place][1]} are missing or merged when requests run at once: alone, each request has ${each}.`,
        fix: 'Create the object that collects them for each request, or use a version of the library that keeps them apart (see "Libraries on managed instances").',
      }];
    });
  }

  /**
   * Reports lines that carry only the id of another request: one request has fewer lines than alone, and another has more. If lines of earlier
   * requests also arrive with requests that are alone, the number of lines proves nothing.
   */
  private misattributed(): RehearsalFinding[] {
    const { alone, language } = this.options;
    if (this.isBroken || alone.keepsStateIn('log')) return [];
    const answered = this.invocations.filter(({ event, outcome }) => outcome?.kind === 'response' && (alone.linesOf(event) ?? 0) > 0);
    const difference = answered.map((invocation) => ({ invocation, more: linesOf(invocation, this.lines) - alone.linesOf(invocation.event)! }));
    const without = difference.filter(({ more }) => more < 0);
    if (without.length === 0 || !difference.some(({ more }) => more > 0)) return [];
    const [{ invocation }] = without;
    return [{
      ...found('OtherRequestInLog', 'log', { count: without.length, of: answered.length, environment: this.environment }),
      grade: 'leak',
      event: this.label(invocation.event),
      requestId: invocation.id,
      message: `${without.length} of ${answered.length} requests lack log lines that they have alone, while others have more: lines carry the id and the fields of another request.`,
      fix: fixOf('log', language),
    }];
  }

  /** Reports lines that can't be attributed to a request when several run at once. */
  private withoutId(): RehearsalFinding[] {
    const lines = this.lines.filter(({ place }) => place === 'log');
    const without = lines.filter(({ requests }) => requests.length === 0);
    if (without.length === 0 || this.isBroken) return [];
    return [{
      ...found('LinesWithoutRequestId', 'log', { count: without.length, of: lines.length, environment: this.environment }),
      grade: 'hint',
      evidence: shorten(without[0].text),
      message: `${without.length} of ${lines.length} log lines say nothing about which request they belong to, and lines of different requests mix.`,
      fix: LOG_WITH_ID[this.options.language],
    }];
  }

  private resources(): RehearsalFinding[] {
    const { memorySize } = this.options.function;
    const { memoryMb = 0, descriptors = 0 } = this.usage ?? {};
    const seen = { count: 1, of: 1, environment: this.environment };
    return [
      ...descriptors <= 0.8 * DESCRIPTORS_MAX ? [] : [{
        ...found('DescriptorsRunOut', 'process', seen),
        grade: 'together' as const,
        message: `${descriptors} files and connections are open at once; an environment has ${DESCRIPTORS_MAX}.`,
        fix: 'Share clients and connection pools between requests, close what a request opens, or lower perExecutionEnvironmentMaxConcurrency.',
      }],
      ...memoryMb <= memorySize ? [] : [{
        ...found('MemoryRunsOut', 'process', seen),
        grade: 'together' as const,
        message: `The environment takes ${Math.ceil(memoryMb)} MB with ${this.stage.topology.concurrency} requests at once, but memorySize is ${memorySize} MB.`,
        fix: 'Raise memorySize, or lower perExecutionEnvironmentMaxConcurrency.',
      }],
    ];
  }

  private get environment(): string {
    return `${this.stage.topology.name}, up to ${Math.max(...this.invocations.map(({ level }) => level))} requests at once`;
  }

  private readonly label = (event: number): string => this.options.events[event].label;
}

function errorKind(body: string): string {
  return errorText(body).split(':')[0];
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  items.forEach((item) => {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  });
  return [...groups.values()];
}

/** Returns the number of requests or lines. Each counts once, even if it shows the problem several times. */
function countOf(sightings: readonly Sighting[]): number {
  const [{ place }] = sightings;
  return new Set(sightings.map(({ invocation, evidence }) => (place === ('answer' satisfies Place) ? invocation : evidence))).size;
}
