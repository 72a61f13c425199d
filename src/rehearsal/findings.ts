/**
 * The findings of a rehearsal: how certain it is that concurrency is the cause, where the problem shows, and what to change.
 */

/**
 * The grade of a finding.
 *
 * - `leak`: data of one request appeared with another.
 * - `together`: it happens only when requests run at once.
 * - `alone`: it also happens with one request at a time, so concurrency isn't the cause.
 * - `hint`: worth knowing; nothing went wrong.
 */
export type Grade = 'leak' | 'together' | 'alone' | 'hint';

/** The place where a finding shows. */
export type Place = 'answer' | 'log' | 'metric' | 'trace' | 'file' | 'process';

export interface RehearsalFinding {
  readonly code: FindingCode;
  readonly grade: Grade;
  readonly place: Place;
  /** The field of an answer or a line, such as `$.user`; or the path of a file. */
  readonly path?: string;
  /** The number of requests or lines that show it. */
  readonly count: number;
  /** The number of requests or lines that were examined. */
  readonly of: number;
  /** The environment in which the finding shows most: `1 worker, 16 requests at once`. */
  readonly environment: string;
  /** The event of a request that shows it. */
  readonly event?: string;
  /** The id of that request. */
  readonly requestId?: string;
  /** The event that the data came from. */
  readonly otherEvent?: string;
  /** The line or value that shows it, shortened. */
  readonly evidence?: string;
  /** The finding, in a sentence or two. */
  readonly message: string;
  /** The remedy. */
  readonly fix: string;
}

/** The codes of findings. They are API, because tests and scripts name them. */
export type FindingCode =
  | 'OtherRequestInAnswer' | 'OtherRequestInLog' | 'OtherRequestInMetric' | 'OtherRequestInTrace'
  | 'AnswerDiffers' | 'ErrorsTogether' | 'AnswersLost' | 'WorkerEnded' | 'SharedFile' | 'MetricsLost' | 'TracesLost'
  | 'DescriptorsRunOut' | 'MemoryRunsOut'
  | 'StateKept' | 'EventFails' | 'HandlerNotLoaded'
  | 'EventLoopBlocked' | 'LinesWithoutRequestId' | 'DescriptorsGrow' | 'RareDifference';

const ORDER: Grade[] = ['leak', 'together', 'alone', 'hint'];
const EVIDENCE_LENGTH = 200;

export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > EVIDENCE_LENGTH ? `${line.slice(0, EVIDENCE_LENGTH)}…` : line;
}

/** Returns one finding for each code, place and path, the one that most requests show. The most serious come first. */
export function summarised(findings: readonly RehearsalFinding[]): RehearsalFinding[] {
  const byKey = new Map<string, RehearsalFinding>();
  for (const finding of findings) {
    const key = [finding.code, finding.grade, finding.place, finding.path].join('|');
    const before = byKey.get(key);
    if (before === undefined || finding.count / finding.of > before.count / before.of) byKey.set(key, finding);
  }
  const all = [...byKey.values()];
  return all.filter((finding) => !all.some((other) => saysMore(other, finding))).sort((a, b) => ORDER.indexOf(a.grade) - ORDER.indexOf(b.grade));
}

/** Whether another finding says everything that this one says, and more. A bug may be obvious in one layout and barely visible in the next. */
function saysMore(other: RehearsalFinding, { code, grade, place, path }: RehearsalFinding): boolean {
  if (code === 'RareDifference') return other.code !== code && other.place === place && other.path === path;
  return path === undefined && other.path !== undefined && other.code === code && other.grade === grade;
}

/** Whether a finding says that something is wrong. A hint doesn't. */
export function isProblem({ grade }: RehearsalFinding): boolean {
  return grade !== 'hint';
}
