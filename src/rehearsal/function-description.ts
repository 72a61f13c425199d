/**
 * What a rehearsal knows of a function: its code, and how an execution environment of it is set up.
 */
export interface FunctionDescription {
  /** The folder that holds the deployed code, `LAMBDA_TASK_ROOT` of the function. */
  readonly codeDirectory: string;
  /** The handler, as Lambda wants it: `dist/orders.handler`. */
  readonly handler: string;
  /** The runtime, as Lambda names it: `nodejs24.x`. */
  readonly runtime: string;
  /** The name of the function in messages and in its environment. */
  readonly name: string;
  /** The memory of an execution environment in MB. */
  readonly memorySize: number;
  /** The vCPUs of an execution environment. */
  readonly vCpus: number;
  /** The most requests at once in an execution environment. */
  readonly maxConcurrency: number;
  /** The timeout of the function in seconds. */
  readonly timeout: number;
  /** The function's own environment variables. */
  readonly environment: Readonly<Record<string, string>>;
}

/** An event that a rehearsal sends, and how messages call it. */
export interface RehearsalEvent {
  readonly label: string;
  readonly value: unknown;
}
