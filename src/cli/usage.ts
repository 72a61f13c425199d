/**
 * How a command ends, and what it throws where it can't begin.
 */
export interface CommandResult {
  /** The text for standard output. */
  readonly text: string;
  readonly exitCode: 0 | 1;
}

/** The caller has to change the call; ends with exit code 2 and this sentence. */
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

/** The arguments, or one sentence about the option that is wrong. */
export function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(/\. |\n/)[0].replace(/\.$/, '')}. See --help.`);
  }
}
