/**
 * Learns the answers of a handler to requests that come one at a time, and the fields that vary naturally.
 */
import { Invocation } from './invocation';
import { comparable, leavesOf, structureIn } from './leaves';

/** A field with another value than when the request was alone. */
export interface Difference {
  readonly invocation: Invocation;
  readonly path: string;
  /** The value in the form in which it is compared, without times and ids. */
  readonly value: string;
  /** The value that the event gets when it is alone. */
  readonly expected: string;
}

const ABSENT = '(nothing)';
/** Values that are too common to show which event they belong to. */
const COMMON = /^(null|true|false|"")$/;

export class Reference {
  private readonly ofEvent = new Map<number, Map<string, string>>();
  private readonly varying = new Set<string>();

  constructor(private readonly ignored: readonly string[]) {}

  /** Learns an answer to a request that was alone. */
  public learn(invocation: Invocation): void {
    const fields = fieldsOf(invocation);
    const before = this.ofEvent.get(invocation.event);
    if (before === undefined) this.ofEvent.set(invocation.event, fields);
    else pathsThatDiffer(before, fields).forEach((path) => this.varying.add(path));
  }

  /** Returns the fields in which an answer differs from the answers that its event gets alone. */
  public differences(invocation: Invocation): Difference[] {
    const fields = fieldsOf(invocation);
    const reference = this.ofEvent.get(invocation.event) ?? new Map<string, string>();
    return pathsThatDiffer(reference, fields)
      .filter((path) => !this.isVarying(path))
      .map((path) => ({ invocation, path, value: fields.get(path) ?? ABSENT, expected: reference.get(path) ?? ABSENT }));
  }

  public isVarying(path: string): boolean {
    return this.varying.has(path) || this.isIgnored(path);
  }

  public isIgnored(path: string): boolean {
    return this.ignored.some((ignored) => path === ignored || path.startsWith(`${ignored}.`) || path.startsWith(`${ignored}[`));
  }

  /** Returns the other event that gets this value when it is alone, if there is exactly one. */
  public eventAnswered({ invocation, path, value }: Difference): number | undefined {
    if (value === ABSENT || COMMON.test(value) || value.length < 4) return undefined;
    const events = [...this.ofEvent].filter(([event, fields]) => event !== invocation.event && fields.get(path) === value).map(([event]) => event);
    return events.length === 1 ? events[0] : undefined;
  }
}

/** Returns all values at each path, sorted, because their order isn't compared. */
function fieldsOf({ id, traceRoot, outcome }: Invocation): Map<string, string> {
  const body = (outcome?.body ?? '').replaceAll(id, '<own id>').replaceAll(traceRoot, '<own trace>');
  const now = Date.now();
  const values = new Map<string, string[]>();
  leavesOf(structureIn(body) ?? body).forEach(({ path, value }) => values.set(path, [...values.get(path) ?? [], comparable(value, now)]));
  return new Map([...values].map(([path, all]) => [path, all.sort().join(', ')]));
}

function pathsThatDiffer(a: Map<string, string>, b: Map<string, string>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path));
}
