/**
 * Lambda's Runtime API on the loopback interface. It hands out events to AWS's runtime client, as many at once as required, and takes the answers.
 */
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Invocation, Outcome } from './invocation';

/** The report of a client that can't load the handler. */
export interface InitError {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** The options with which requests are sent. */
export interface Sending {
  /** The most requests in flight. */
  readonly concurrency: number;
  /** The time that a single request may take. */
  readonly timeoutMs: number;
  /** The time without any answer after which the requests in flight count as lost. */
  readonly idleTimeoutMs: number;
  /** Whether the worker that answered last gets the next event. Otherwise workers take turns. */
  readonly sameWorker?: boolean;
  /** Called for each request that has an outcome. */
  readonly onOutcome?: (invocation: Invocation) => void;
}

interface Run extends Sending {
  readonly queue: Invocation[];
  readonly inFlight: Map<string, Invocation>;
  /** The number of requests without an outcome. */
  open: number;
  lastEvent: number;
  lastLook: number;
  finish(): void;
}

const PREFIX = '/2018-06-01/runtime/';
const PRELUDE_TYPE = 'application/vnd.awslambda.http-integration-response';
const PRELUDE_END = Buffer.alloc(8);
/** The interval at which lost requests are looked for. */
const TICK_MS = 25;
const STALL_MS = 500;

export class RuntimeApi {
  public static async start(functionArn: string): Promise<RuntimeApi> {
    const api = new RuntimeApi(functionArn);
    await new Promise<void>((resolve) => api.server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  public readonly initErrors: InitError[] = [];
  private readonly server: Server;
  /** Long polls that wait for an event, the oldest first. */
  private readonly polls: ServerResponse[] = [];
  private openConnections = 0;
  private run?: Run;

  private constructor(private readonly functionArn: string) {
    this.server = createServer((request, response) => this.serve(request, response).catch(() => response.destroy()));
    this.server.keepAliveTimeout = 0;
    this.server.requestTimeout = 0;
    this.server.on('connection', (socket) => {
      this.openConnections++;
      socket.on('close', () => this.openConnections--);
    });
  }

  public get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The number of workers, processes or threads that wait for an event. */
  public get openPolls(): number {
    return this.polls.length;
  }

  /** The number of the client's own connections to this API. They don't count as descriptors of the handler. */
  public get connections(): number {
    return this.openConnections;
  }

  /** Sends all requests, and returns when each has an outcome. */
  public async send(invocations: Invocation[], sending: Sending): Promise<void> {
    if (invocations.length === 0) return;
    await new Promise<void>((finish) => {
      const now = Date.now();
      this.run = { ...sending, queue: [...invocations], inFlight: new Map(), open: invocations.length, lastEvent: now, lastLook: now, finish };
      this.handOut();
      const tick = setInterval(() => {
        if (this.run === undefined) clearInterval(tick);
        else this.loseWhatIsLate(this.run);
      }, TICK_MS);
    });
  }

  /** Marks all requests without an outcome as lost, because the environment has ended. */
  public abandon(reason: string): void {
    const { run } = this;
    if (run === undefined) return;
    [...run.queue.splice(0), ...run.inFlight.values()].forEach((invocation) => this.settle(run, invocation, { kind: 'lost', body: reason }));
  }

  public async close(): Promise<void> {
    this.abandon('the rehearsal ended');
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.slice(PREFIX.length) ?? '';
    if (path === 'invocation/next') {
      this.polls.push(response);
      // The client disconnected while it waited.
      response.on('close', () => {
        const index = this.polls.indexOf(response);
        if (index >= 0) this.polls.splice(index, 1);
      });
      this.handOut();
      return;
    }
    const body = await bodyOf(request);
    if (path === 'init/error') {
      // Each worker and process reports; Lambda accepts the first.
      response.writeHead(this.initErrors.length === 0 ? 202 : 403).end('{"status":"OK"}');
      this.initErrors.push(initErrorOf(body));
      return;
    }
    const [, id, kind] = /^invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    response.writeHead(kind === undefined ? 404 : 202).end('{"status":"OK"}');
    const { run } = this;
    const invocation = run?.inFlight.get(decodeURIComponent(id ?? ''));
    if (run !== undefined && invocation !== undefined) this.settle(run, invocation, outcomeOf(kind, request, body));
  }

  private handOut(): void {
    const { run } = this;
    while (run !== undefined && run.queue.length > 0 && run.inFlight.size < run.concurrency && this.polls.length > 0) {
      const invocation = run.queue.shift()!;
      invocation.handedAt = performance.now();
      run.inFlight.set(invocation.id, invocation);
      run.lastEvent = Date.now();
      (run.sameWorker ? this.polls.pop() : this.polls.shift())!.writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': invocation.id,
        'lambda-runtime-deadline-ms': String(Date.now() + run.timeoutMs),
        'lambda-runtime-invoked-function-arn': this.functionArn,
        'lambda-runtime-trace-id': invocation.traceHeader,
      }).end(invocation.payload);
    }
  }

  private settle(run: Run, invocation: Invocation, outcome: Outcome): void {
    run.inFlight.delete(invocation.id);
    run.lastEvent = Date.now();
    invocation.answeredAt = performance.now();
    invocation.outcome = outcome;
    run.onOutcome?.(invocation);
    if (--run.open === 0) {
      this.run = undefined;
      run.finish();
    } else {
      this.handOut();
    }
  }

  private loseWhatIsLate(run: Run): void {
    const now = Date.now();
    // If this machine was too busy or asleep, it couldn't take answers either.
    if (now - run.lastLook > STALL_MS) run.lastEvent = now;
    run.lastLook = now;
    const isIdle = now - run.lastEvent > run.idleTimeoutMs;
    // Requests that haven't been sent by then aren't sent any more.
    const late = isIdle ? [...run.queue.splice(0), ...run.inFlight.values()]
      : [...run.inFlight.values()].filter(({ handedAt }) => performance.now() - handedAt! > run.timeoutMs);
    late.forEach((invocation) => this.settle(run, invocation, { kind: 'lost', body: 'no answer' }));
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function initErrorOf(body: Buffer): InitError {
  try {
    const { errorType = 'Error', errorMessage = '' } = JSON.parse(body.toString()) as Partial<InitError>;
    return { errorType, errorMessage };
  } catch {
    return { errorType: 'Error', errorMessage: body.toString() };
  }
}

/** Reads an answer. A streamed one reports a failure in its trailers, and one for HTTP begins with status and headers. */
function outcomeOf(kind: string, { trailers, headers }: IncomingMessage, body: Buffer): Outcome {
  const failure = trailers['lambda-runtime-function-error-body'];
  if (failure !== undefined) return { kind: 'error', body: Buffer.from(failure, 'base64').toString() };
  const end = headers['content-type'] === PRELUDE_TYPE ? body.indexOf(PRELUDE_END) : -1;
  if (end < 0) return { kind: kind as Outcome['kind'], body: body.toString() };
  const prelude = body.subarray(0, end).toString();
  return { kind: 'response', body: JSON.stringify({ prelude, body: body.subarray(end + PRELUDE_END.length).toString() }) };
}
