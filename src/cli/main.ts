#!/usr/bin/env node
/**
 * The command `cdk-lambda-managed-instances`: runs one of its subcommands and sets the exit code. 0: nothing was found. 1: something was found. 2:
 * the call is wrong, or something is missing.
 */
import { CommandResult, helpText, UsageError, VERSION } from './usage';

/** A subcommand. It takes its arguments, and returns its output and its exit code. */
type Command = (args: string[]) => Promise<CommandResult>;

/* eslint-disable @typescript-eslint/no-require-imports -- each command loads only what it needs */
/** The subcommands. Each is loaded when it is called. */
const COMMANDS: Record<string, Command> = {
  check: async (args) => (require('./check-command') as typeof import('./check-command.js')).checkCommand(args),
  assess: async (args) => (require('./assess-command') as typeof import('./assess-command.js')).assessCommand(args),
  report: async (args) => (require('./report-command') as typeof import('./report-command.js')).reportCommand(args),
  plan: async (args) => (require('./plan-command') as typeof import('./plan-command.js')).planCommand(args),
  rehearse: async (args) => (require('./rehearse-command') as typeof import('./rehearse-command.js')).rehearseCommand(args),
};
/* eslint-enable @typescript-eslint/no-require-imports */

const USAGE = `Usage: cdk-lambda-managed-instances ${Object.keys(COMMANDS).join('|')} [options]; for more, add --help after a command.`;

const HELP = helpText('check|plan|assess|report|rehearse', 'AWS Lambda Managed Instances in CloudFormation and SAM templates and in CDK apps (cdk.out). Needs no network and no credentials.', [
  ['check', 'finds mistakes that Lambda would refuse, and settings that may surprise you'],
  ['plan', 'computes how many instances a fleet needs, and what it costs'],
  ['assess', 'says what it takes to move functions from standard Lambda'],
  ['report', 'writes a page with the findings, and a picture and the cost of each fleet'],
  ['rehearse', 'sends many requests at once to a handler on your machine'],
  ['--help', 'this text; after a command, its options'],
  ['--version', 'the version'],
]);

async function main([name, ...args]: string[]): Promise<CommandResult> {
  if (name === '--help' || name === '-h' || name === 'help') return { text: HELP, exitCode: 0 };
  if (name === '--version' || args.includes('--version')) return { text: VERSION, exitCode: 0 };
  const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : undefined;
  if (command === undefined) throw new UsageError(name === undefined ? `A command is missing. ${USAGE}` : `There is no command "${name}". ${USAGE}`);
  return command(args);
}

main(process.argv.slice(2)).then(({ text, exitCode }) => {
  process.exitCode = exitCode;
  process.stdout.write(`${text}\n`);
}, (error: unknown) => {
  if (!(error instanceof Error)) throw error;
  // The error is recognised by name, because the bundle of a command has a class of its own.
  const isUsage = error.name === UsageError.NAME || error.name === 'RehearsalUsageError';
  process.exitCode = 2;
  process.stderr.write(isUsage ? `${error.message}\n` : `The command failed because of a bug. Please report it: ${error.stack}\n`);
});
