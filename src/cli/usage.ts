/**
 * The result of a command, and the error for a wrong call.
 */
export interface CommandResult {
  /** The text for standard output. */
  readonly text: string;
  readonly exitCode: 0 | 1;
}

/** An error that the caller can fix by changing the call. The command prints its sentence and ends with exit code 2. */
export class UsageError extends Error {
  public static readonly NAME = 'UsageError';

  public override readonly name = UsageError.NAME;
}

/** The version of the package. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- outside of the folder that is compiled
export const VERSION: string = require('../../package.json').version;

/** Returns the text that `--help` prints. */
export function helpText(call: string, what: string, options: string[][]): string {
  const width = Math.max(...options.map(([option]) => option.length));
  return [`Usage: cdk-lambda-managed-instances ${call} [options]`, '', what, '', ...options.map(([option, meaning]) => `  ${option.padEnd(width)}  ${meaning}`)].join('\n');
}

/** Returns the arguments, or throws one sentence about the wrong option. */
export function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(/\. |\n/)[0].replace(/\.$/, '')}. See --help.`);
  }
}
