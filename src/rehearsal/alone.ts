/**
 * Sends the events one at a time, to learn which of them work, what their answers are, which fields vary naturally, which files they write, and which
 * resources they use.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Crash } from './execution-environment';
import { Place, RehearsalFinding, shorten } from './findings';
import { FunctionDescription, RehearsalEvent } from './function-description';
import { Invocation } from './invocation';
import { Markers } from './markers';
import { Measurement } from './measurement';
import { TouchedFile } from './private-tmp';
import { Reference } from './reference';
import { Line, Observer, Sighting } from './sightings';
import { Sent, Stage } from './stage';
import { found, stateKept } from './texts';

/** The time between two passes. Times in answers change meanwhile, even if they are rounded to seconds. */
const BETWEEN_RUNS_MS = 1050;
const MEASURED_REQUESTS = 30;
const MEASURED_MS = 3000;
/** The number of times that the process may end before the rehearsal stops. */
const MAX_ENDINGS = 5;
/** Matches errors that come from a missing network or missing credentials rather than from the code. */
const NO_AWS = /credential|security token|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|NoRegion|EndpointConnectionError|Could not connect to the endpoint|UnknownHost/i;

/** An event that doesn't work alone. */
interface Failure {
  readonly event: number;
  /** The verb for one event, and the verb for several. */
  readonly verbs: readonly [string, string];
  readonly why: string;
  readonly environment: string;
  readonly crashes: readonly Crash[];
}

export interface AloneOptions {
  readonly function: FunctionDescription;
  readonly events: readonly RehearsalEvent[];
  readonly payloads: readonly string[];
  readonly observer: Observer;
  readonly markers: Markers;
  readonly reference: Reference;
  readonly onRequest: () => void;
}

export class Alone {
  /** The events that work alone. */
  public readonly working: Set<number>;
  private readonly found: RehearsalFinding[] = [];
  private readonly failures: Failure[] = [];
  private readonly sightings: Sighting[] = [];
  private readonly statics = new Set<string>();
  private readonly keptPaths = new Set<string>();
  private readonly touchedBy = new Map<string, { events: Set<number>; times: number; contents: (string | undefined)[]; isCertain: boolean }>();
  private readonly invocations: Invocation[] = [];
  private readonly lines: Line[] = [];
  /** The metrics and segments of a request, if each pass had the same number. */
  private readonly perRequest = new Map<'metric' | 'trace', number>();
  private endings = 0;

  constructor(private readonly options: AloneOptions) {
    this.working = new Set(options.events.keys());
  }

  /** The findings about requests that were alone. */
  public get findings(): RehearsalFinding[] {
    return [...this.found, ...this.failureFindings()];
  }

  /** Whether requests end the process so often that nothing can be judged. */
  public get isHopeless(): boolean {
    return this.endings > MAX_ENDINGS || this.working.size === 0;
  }

  /** Learns the answers of one worker in a new environment to the events, in order and a moment later in reverse order. */
  public async learn(stage: Stage): Promise<void> {
    const started = Date.now();
    await this.pass(stage, [...this.working], true);
    await delay(Math.max(0, BETWEEN_RUNS_MS - (Date.now() - started)));
    await this.pass(stage, [...this.working].reverse(), true);
    if (this.sightings.some((sighting) => !this.isStatic(sighting))) {
      // The data may come from the earlier request, or the handler may know it anyway. A process that hasn't seen that request shows which.
      await stage.restart();
      await this.pass(stage, [...this.working].reverse(), true);
    }
    this.judgeSightings();
    this.judgeFiles();
  }

  /** Learns which fields differ in another layout, such as thread ids and counters of each process. Each worker gets a request. */
  public async learnLayout(stage: Stage, passes: number): Promise<void> {
    const events = [...this.working];
    for (let round = 0; round < passes; round++) await this.pass(stage, round % 2 === 0 ? events : [...events].reverse());
    this.judgeSightings();
  }

  /** Sends requests alone again, to find out whether a problem of concurrent requests also happens alone. */
  public async again(stage: Stage, events: readonly number[], times: number, until: number): Promise<readonly Invocation[]> {
    const sent: Invocation[] = [];
    for (let index = 0; index < times && Date.now() < until; index++) {
      sent.push(...(await this.one(stage, events[index % events.length])).invocations);
    }
    return sent;
  }

  public async measure(stage: Stage): Promise<Measurement | undefined> {
    const events = [...this.working];
    const before = await stage.cpuTime();
    const invocations = await this.again(stage, events, MEASURED_REQUESTS, Date.now() + MEASURED_MS);
    const after = await stage.cpuTime();
    const walls = invocations.map(({ wallMs }) => wallMs!).sort((a, b) => a - b);
    if (walls.length === 0) return undefined;
    const wallMs = walls[Math.floor(walls.length / 2)];
    if (before === undefined || after === undefined) return { requests: walls.length, wallMs };
    const cpuMs = (after.cpuMs - before.cpuMs) / walls.length;
    const waitMs = (after.waitMs - before.waitMs) / walls.length;
    return { requests: walls.length, wallMs: Math.max(cpuMs, wallMs - waitMs), cpuMs };
  }

  /** Whether a sighting also happens with requests that are alone. */
  public explains(sighting: Sighting): boolean {
    return this.isStatic(sighting) || this.keptPaths.has(pathKey(sighting)) || this.options.reference.isIgnored(sighting.path);
  }

  /** Whether data of an earlier request appeared in a place although requests came one at a time. */
  public keepsStateIn(place: Place): boolean {
    return [...this.keptPaths].some((key) => key.startsWith(`${place}|`));
  }

  /** Returns the number of metrics or segments of a request. */
  public countOf(place: 'metric' | 'trace'): number | undefined {
    return this.perRequest.get(place);
  }

  /** Returns the number of log lines that carry the id of a request with this event. Undefined if it varies. */
  public linesOf(event: number): number | undefined {
    const counts = new Set(this.invocations.filter((invocation) => invocation.event === event).map((invocation) => linesOf(invocation, this.lines)));
    const [count] = counts;
    return counts.size === 1 ? count : undefined;
  }

  private async pass(stage: Stage, events: readonly number[], sameWorker = false): Promise<void> {
    const lines: Line[] = [];
    let sent = 0;
    for (const event of events) {
      if (this.isHopeless) return;
      if (!this.working.has(event)) continue;
      lines.push(...(await this.one(stage, event, sameWorker)).lines);
      sent++;
    }
    const late = await stage.takeLate();
    this.take(late, []);
    lines.push(...late);
    (['metric', 'trace'] as const).forEach((place) => {
      const each = lines.filter((line) => line.place === place).length / sent;
      this.perRequest.set(place, Number.isInteger(each) && [undefined, each].includes(this.perRequest.get(place)) ? each : 0);
    });
  }

  private async one(stage: Stage, event: number, sameWorker = false): Promise<Sent> {
    const invocation = new Invocation(event, this.options.payloads[event], 1);
    const sent = await stage.sendAlone(invocation, sameWorker);
    this.options.onRequest();
    this.judge(invocation, sent, stage.topology.name);
    this.take(sent.lines, sent.touched, invocation);
    return sent;
  }

  private take(lines: readonly Line[], touched: readonly TouchedFile[], invocation?: Invocation): void {
    const { observer } = this.options;
    this.lines.push(...lines);
    if (invocation !== undefined) this.invocations.push(invocation);
    const sightings = [...invocation === undefined ? [] : observer.inAnswer(invocation), ...lines.flatMap((line) => observer.inLine(line))];
    sightings.forEach((sighting) => {
      // No request has contained the data yet, or its owner isn't known, so the data comes from the handler itself.
      if (sighting.other.id === undefined && (sighting.invocation?.isBefore(sighting.other.event) ?? true)) this.statics.add(pairKey(sighting));
      else this.sightings.push(sighting);
    });
    touched.forEach(({ name, content, isOfMachine }) => {
      const file = this.touchedBy.get(name) ?? { events: new Set(), times: 0, contents: [], isCertain: false };
      // If other programs also write there, data of an event shows that the handler wrote the file.
      file.isCertain ||= !isOfMachine || this.options.markers.foreignIn(content ?? '').length > 0;
      if (invocation !== undefined) file.events.add(invocation.event);
      file.times++;
      file.contents.push(content);
      this.touchedBy.set(name, file);
    });
  }

  private judge(invocation: Invocation, { crashes, ending }: Sent, environment: string): void {
    const { reference, events } = this.options;
    const { outcome, event } = invocation;
    if (crashes.length > 0 || ending !== undefined) this.endings++;
    if (outcome?.kind === 'response') {
      reference.learn(invocation);
      if (crashes.length > 0 || ending !== undefined) {
        const message = `After the answer to ${events[event].label}, ${howItEnded(crashes, ending)}, even with one request at a time.`;
        this.found.push(this.finding('WorkerEnded', message, { event, environment, crashes }));
      }
      return;
    }
    this.working.delete(event);
    this.failures.push({
      event,
      environment,
      crashes,
      ...outcome?.kind === 'error'
        ? { verbs: ['fails', 'fail'], why: shorten(errorText(outcome.body)) }
        : { verbs: ['isn\'t answered', 'aren\'t answered'], why: howItEnded(crashes, ending, this.options.function.timeout) },
    });
  }

  /** Returns a finding for each group of events that fail in the same way. */
  private failureFindings(): RehearsalFinding[] {
    return [...new Map(this.failures.map(({ why }) => [why, this.failures.filter((failure) => failure.why === why)])).values()].map((alike) => {
      const [{ event, verbs: [one, several], why, environment, crashes }] = alike;
      const what = alike.length === 1 ? `${this.options.events[event].label} ${one}` : `${this.options.events[event].label} and ${alike.length - 1} more ${several}`;
      const rest = this.working.size === 0 ? 'nothing was sent at once' : 'the rehearsal went on with the other events';
      return this.finding('EventFails', `${what}: ${why}. This happens with one request at a time; ${rest}.`, { event, environment, crashes }, alike.length);
    });
  }

  private finding(code: 'EventFails' | 'WorkerEnded', message: string, { event, environment, crashes }: Omit<Failure, 'verbs' | 'why'>, count = 1): RehearsalFinding {
    const { label } = this.options.events[event];
    return {
      ...found(code, code === 'EventFails' ? 'answer' : 'process', { count, of: this.options.events.length, environment: `${environment}, one request at a time` }),
      grade: 'alone',
      path: label,
      event: label,
      evidence: crashes[0]?.stack && shorten(crashes[0].stack),
      message,
      fix: NO_AWS.test(message)
        ? 'A rehearsal has no credentials and no network of yours: point the handler to a local stand-in by environment variables (--env AWS_ENDPOINT_URL=http://127.0.0.1:…).'
        : 'Make the handler answer this event, or leave the event out.',
    };
  }

  private judgeSightings(): void {
    const kept = this.sightings.filter((sighting) => !this.isStatic(sighting) && !this.options.reference.isIgnored(sighting.path));
    new Map(kept.map((sighting) => [pathKey(sighting), sighting])).forEach((sighting, key) => {
      this.keptPaths.add(key);
      const all = sighting.place === 'answer' ? this.invocations.length : this.lines.filter(({ place }) => place === sighting.place).length;
      const count = kept.filter((other) => pathKey(other) === key).length;
      this.found.push(stateKept(sighting, { count: Math.min(count, all), of: all, environment: 'one request at a time' }, (event) => this.options.events[event].label));
    });
    this.sightings.length = 0;
  }

  /** Reports files that several requests wrote: two requests at once would write them together. */
  private judgeFiles(): void {
    const { markers, events } = this.options;
    const several = [...this.touchedBy].filter(([, { times }]) => times > 1);
    const topmost = several.filter(([name]) => !several.some(([other]) => name.startsWith(`${other}/`)));
    topmost.forEach(([name, { events: by, times, contents, isCertain }]) => {
      const isOfOneEvent = markers.foreignIn(name).length > 0;
      const isSafe = isOfOneEvent || staysOrGrows(contents) || !isCertain;
      const why = isOfOneEvent ? ': two requests with the same event would write it at once'
        : isCertain ? ', though each leaves the content unchanged' : ', or another program on this machine does, which shares /tmp with the handler';
      this.found.push({
        ...found('SharedFile', 'file', { count: times, of: this.invocations.length, environment: 'one request at a time' }),
        grade: isSafe ? 'hint' : 'together',
        path: name,
        event: [...by].map((event) => events[event].label)[0],
        message: isSafe
          ? `${times} of ${this.invocations.length} requests write ${name}${why}.`
          : `${times} of ${this.invocations.length} requests write ${name}: two at once read and overwrite each other's data, since all requests of an environment share /tmp.`,
        fix: 'Use a file name of its own for each request (a random name, or the request id), and delete the file at the end.',
      });
    });
    this.touchedBy.clear();
  }

  private isStatic(sighting: Sighting): boolean {
    return this.statics.has(pairKey(sighting));
  }
}

/** Returns the number of log lines that carry the id of a request. */
export function linesOf(invocation: Invocation, lines: readonly Line[]): number {
  return lines.filter(({ place, requests: [owner] }) => place === 'log' && owner?.invocation === invocation).length;
}

function pathKey({ place, path }: Sighting): string {
  return `${place}|${path}`;
}

function pairKey({ place, path, invocation, seen }: Sighting): string {
  return [place, path, invocation?.event, seen].join('|');
}

/** Whether a file is safe to share: a cache that is rewritten as it was, or a file that only grows. */
function staysOrGrows(contents: readonly (string | undefined)[]): boolean {
  return contents.every((content, index) => content !== undefined && (index === 0 || content.startsWith(contents[index - 1] ?? '')));
}

export function errorText(body: string): string {
  try {
    const { errorType, errorMessage } = JSON.parse(body) as { errorType?: string; errorMessage?: string };
    return [errorType, errorMessage].filter((text) => text !== undefined && text !== '').join(': ');
  } catch {
    return body;
  }
}

/** Says why there was no answer. */
export function howItEnded(crashes: readonly Crash[], ending: { code: number | null; signal: string | null } | undefined, timeout?: number): string {
  const [crash] = crashes;
  if (crash?.kind === 'uncaught') return `an uncaught error ended the worker (${shorten(`${crash.type ?? 'Error'}: ${crash.message ?? ''}`)})`;
  if (crash?.kind === 'exit') return `process.exit(${crash.code ?? ''}) ended the worker`;
  if (ending !== undefined) return `the process ended with ${ending.signal ?? `code ${ending.code}`}`;
  return timeout === undefined ? 'a process ended' : `nothing came within ${timeout} seconds`;
}
