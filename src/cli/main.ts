#!/usr/bin/env node
/**
 * The command `cdk-lambda-managed-instances`: chooses one of its commands and says how it ended. 0: nothing was found; 1: something was; 2: usage, or
 * something is missing.
 */
import { CommandResult, helpText, UsageError, VERSION } from './usage';

/** A command takes its arguments, and says what to print and how it ended. */
type Command = (args: string[]) => Promise<CommandResult>;

/* eslint-disable @typescript-eslint/no-require-imports -- what one command needs is nothing to another */
/** One row for each command. Each is loaded when it is called. */
const COMMANDS: Record<string, Command> = {
  check: async (args) => (require('./check-command') as typeof import('./check-command.js')).checkCommand(args),
  assess: async (args) => (require('./assess-command') as typeof import('./assess-command.js')).assessCommand(args),
  report: async (args) => (require('./report-command') as typeof import('./report-command.js')).reportCommand(args),
  plan: async (args) => (require('./plan-command') as typeof import('./plan-command.js')).planCommand(args),
  rehearse: async (args) => (require('./rehearse-command') as typeof import('./rehearse-command.js')).rehearseCommand(args),
};
/* eslint-enable @typescript-eslint/no-require-imports */

const USAGE = `Usage: cdk-lambda-managed-instances ${Object.keys(COMMANDS).join('|')} [options]; --help after a command says more.`;

const HELP = helpText('check|plan|assess|report|rehearse', 'AWS Lambda Managed Instances in CloudFormation and SAM templates and in CDK apps (cdk.out). Needs no network and no credentials.', [
  ['check', 'finds what Lambda would refuse, and what would surprise you'],
  ['plan', 'says how many instances a fleet needs, and what it costs'],
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
  // By name: the bundle of a command has a class of its own.
  const isUsage = error.name === UsageError.NAME || error.name === 'RehearsalUsageError';
  process.exitCode = 2;
  process.stderr.write(isUsage ? `${error.message}\n` : `The command failed because of a bug. Please report it: ${error.stack}\n`);
});
