/**
 * Searches the answers and lines of a request for ids of other requests, and for strings that only other events contain.
 */
import { Place } from './findings';
import { Invocation } from './invocation';
import { Leaf, leavesOf, structureIn } from './leaves';
import { Markers } from './markers';

/** Data of another request, seen where it doesn't belong. */
export interface Sighting {
  readonly place: Place;
  readonly path: string;
  /** The request that the answer or line belongs to. Undefined if no id shows it. */
  readonly invocation?: Invocation;
  readonly other: { readonly event: number; readonly id?: string };
  /** The id or the string that was seen. */
  readonly seen: string;
  /** The line or the value in which it was seen. */
  readonly evidence: string;
}

/** A parsed line of a log or segment of a trace. */
export interface Line {
  readonly text: string;
  readonly place: Place;
  readonly leaves: readonly Leaf[];
  /** The requests whose ids are in the line, the owner first. */
  readonly requests: readonly { readonly invocation: Invocation; readonly path: string; readonly text: string }[];
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|1-[0-9a-f]{8}-[0-9a-f]{24}|\b[0-9a-f]{32}\b/g;
/** The fields in which clients write the id of the request that a line belongs to. */
const OWNER_PATH = /^\$\.(requestId|AWSRequestId|trace_id)$/;
/** The length up to which a line is read. */
export const JUDGED_LENGTH = 64 * 1024;

export class Observer {
  private readonly byId = new Map<string, Invocation>();

  constructor(private readonly markers: Markers) {}

  public register(invocations: readonly Invocation[]): void {
    invocations.forEach((invocation) => {
      this.byId.set(invocation.id, invocation);
      this.byId.set(invocation.traceRoot, invocation);
      // OpenTelemetry writes the trace id without dashes and version.
      this.byId.set(invocation.traceRoot.slice(2).replace('-', ''), invocation);
    });
  }

  public line(text: string, source: 'log' | 'trace'): Line {
    const judged = text.slice(0, JUDGED_LENGTH);
    const leaves = leavesOf(structureIn(judged) ?? judged);
    const requests = leaves.flatMap((leaf) => this.idsIn(leaf).map((found) => ({ ...found, path: leaf.path })));
    const isMetric = leaves.some(({ path }) => path.includes('._aws.'));
    return {
      text,
      place: isMetric ? 'metric' : source,
      leaves,
      requests: requests.sort((a, b) => Number(OWNER_PATH.test(b.path)) - Number(OWNER_PATH.test(a.path))),
    };
  }

  /** Returns other requests that appear in the answer or error of a request. */
  public inAnswer(invocation: Invocation): Sighting[] {
    const body = invocation.outcome?.body ?? '';
    return leavesOf(structureIn(body) ?? body).flatMap((leaf) => {
      const ids = this.idsIn(leaf).filter(({ invocation: other }) => other !== invocation);
      const others: Pick<Sighting, 'other' | 'seen'>[] = [
        ...ids.map(({ invocation: { event, id }, text }) => ({ other: { event, id }, seen: text })),
        ...this.markers.foreignIn(leaf.value, invocation.event).map(({ event, text }) => ({ other: { event }, seen: text })),
      ];
      return others.map((other) => ({ place: 'answer' as const, path: leaf.path, invocation, evidence: `${leaf.path}: ${JSON.stringify(leaf.value)}`, ...other }));
    });
  }

  /** Returns other requests that appear in a line. A line without an id counts only if it contains data of two events. */
  public inLine({ text: evidence, place, leaves, requests }: Line): Sighting[] {
    const [owner] = requests;
    const others = requests.filter(({ invocation }) => invocation !== owner.invocation);
    const base = { place, invocation: owner?.invocation, evidence };
    if (others.length > 0) return others.map(({ invocation: { event, id }, path, text }) => ({ ...base, path, other: { event, id }, seen: text }));
    const found = leaves.flatMap(({ path, value }) => (
      this.markers.foreignIn(value, owner?.invocation.event).map(({ event, text }) => ({ ...base, path, other: { event }, seen: text }))
    ));
    if (owner === undefined && new Set(found.map(({ other: { event } }) => event)).size < 2) return [];
    return found.slice(owner === undefined ? 1 : 0);
  }

  private idsIn({ value }: Leaf): { invocation: Invocation; text: string }[] {
    if (typeof value !== 'string') return [];
    return [...value.matchAll(ID)].flatMap(([text]) => {
      const invocation = this.byId.get(text);
      return invocation === undefined ? [] : [{ invocation, text }];
    });
  }
}
