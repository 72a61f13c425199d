/**
 * One request of a rehearsal: its event, the ids by which it is recognised, and its outcome.
 */
import { randomBytes, randomUUID } from 'node:crypto';

/** The outcome of a request: it was answered, failed, or did neither in time. */
export interface Outcome {
  readonly kind: 'response' | 'error' | 'lost';
  /** The answer or the error as the runtime client sent it, JSON in most cases. */
  readonly body: string;
}

export class Invocation {
  public readonly id = randomUUID();
  /** The root of the trace, as unique as the id. */
  public readonly traceRoot = `1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;
  public readonly traceHeader = `Root=${this.traceRoot};Parent=${randomBytes(8).toString('hex')};Sampled=1`;
  public outcome?: Outcome;
  public handedAt?: number;
  public answeredAt?: number;
  /** The number of requests that the environment had been sent before this one. */
  public sequence = 0;
  /**
   * The sequence number at which the environment was first sent each event, which it can't know before. The requests of an environment share this
   * map.
   */
  public firstSent: ReadonlyMap<number, number> = new Map();

  constructor(
    /** The number of the event. */
    public readonly event: number,
    /** The event as JSON. */
    public readonly payload: string,
    /** The highest number of requests in flight at the same time. With 1, the request is alone. */
    public readonly level: number,
  ) {}

  public get isAlone(): boolean {
    return this.level === 1;
  }

  /** Whether the request was handed out and never answered. A request that was never handed out isn't lost. */
  public get isLost(): boolean {
    return this.outcome?.kind === 'lost' && this.handedAt !== undefined;
  }

  /** The time from handing out the event until the answer, in milliseconds. */
  public get wallMs(): number | undefined {
    return this.handedAt !== undefined && this.answeredAt !== undefined ? this.answeredAt - this.handedAt : undefined;
  }

  /** Whether the environment can't have known of another event yet. */
  public isBefore(event: number): boolean {
    return (this.firstSent.get(event) ?? Infinity) > this.sequence;
  }
}
