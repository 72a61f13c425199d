#!/usr/bin/env node
/**
 * The command `cdk-lambda-managed-instances`: chooses one of its commands and says how it ended. 0: nothing was found; 1: something was; 2: usage, or
 * something is missing.
 */
import { rehearseCommand } from './rehearse-command';
import { CommandResult, UsageError } from './usage';

/** A command takes its arguments, and says what to print and how it ended. */
type Command = (args: string[]) => Promise<CommandResult>;

/** One row for each command. */
const COMMANDS: Record<string, Command> = {
  rehearse: rehearseCommand,
};

const USAGE = `Usage: cdk-lambda-managed-instances ${Object.keys(COMMANDS).join('|')} [options]; --help after a command says more.`;

async function main([name, ...args]: string[]): Promise<CommandResult> {
  if (name === '--help' || name === '-h') return { text: USAGE, exitCode: 0 };
  const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : undefined;
  if (command === undefined) throw new UsageError(name === undefined ? `A command is missing. ${USAGE}` : `There is no command "${name}". ${USAGE}`);
  return command(args);
}

main(process.argv.slice(2)).then(({ text, exitCode }) => {
  process.exitCode = exitCode;
  process.stdout.write(`${text}\n`);
}, (error: unknown) => {
  if (!(error instanceof Error)) throw error;
  const isUsage = error instanceof UsageError || error.name === 'RehearsalUsageError';
  process.exitCode = 2;
  process.stderr.write(isUsage ? `${error.message}\n` : `${error.stack}\n`);
});
