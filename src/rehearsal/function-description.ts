/**
 * The facts about a function that a rehearsal needs: its code, and the settings of its execution environment.
 */
export interface FunctionDescription {
  /** The folder with the deployed code, which is the function's `LAMBDA_TASK_ROOT`. */
  readonly codeDirectory: string;
  /** The handler in Lambda's form: `dist/orders.handler`. */
  readonly handler: string;
  /** The runtime by Lambda's name: `nodejs24.x`. */
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

/** An event that a rehearsal sends, and its name in messages. */
export interface RehearsalEvent {
  readonly label: string;
  readonly value: unknown;
}
