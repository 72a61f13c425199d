/** The options that all commands share: the Region, account, parameters and limits of the templates. */
import type { ParseArgsConfig } from 'node:util';
import { Deployment } from './inputs';
import { readJson } from './read-text';
import { UsageError } from './usage';
import { entriesOf, entryOf } from '../reading/templates/template';
import { Limits, ManagedInstancesLimits } from '../service/managed-instances-limits';

/** The options in the form of `util.parseArgs`. */
export const DEPLOYMENT_OPTIONS = {
  region: { type: 'string' },
  account: { type: 'string' },
  parameter: { type: 'string', multiple: true },
  parameters: { type: 'string', multiple: true },
  limit: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options'];

/** The description of the options for `--help`. */
export const DEPLOYMENT_HELP = [
  ['--region NAME', 'the Region of templates that don\'t state it (a cdk.out does)'],
  ['--account ID', 'the account of templates that don\'t state it'],
  ['--parameter Key=Value', 'the value of a parameter; may be repeated'],
  ['--parameters FILE', 'a JSON file of parameters, in CloudFormation\'s or CDK\'s form'],
  ['--limit name=value', 'a limit of RULES.md that differs in your account; may be repeated'],
  ['--help, --version', 'this text, and the version'],
];

interface Given {
  readonly region?: string;
  readonly account?: string;
  readonly parameter?: string[];
  readonly parameters?: string[];
  readonly limit?: string[];
}

/** Reads the Region, account and parameters of the templates. */
export function deploymentOf({ region, account, parameter = [], parameters = [] }: Given): Deployment {
  if (region !== undefined && !/^[a-z]+(-[a-z]+)+-[0-9]+$/.test(region)) throw new UsageError(`--region ${region}: write it as in eu-west-1.`);
  if (account !== undefined && !/^[0-9]{12}$/.test(account)) throw new UsageError(`--account ${account}: an account has 12 digits.`);
  const pairs = parameter.map((pair) => splitPair('--parameter', pair));
  return {
    region,
    account,
    parameters: { ...Object.assign({}, ...parameters.map(parametersIn)), ...Object.fromEntries(pairs) },
    named: pairs.map(([name]) => name),
  };
}

/** Reads the overridden limits. */
export function limitsOf({ limit = [] }: Given): Limits {
  const overrides = Object.fromEntries(limit.map((pair) => {
    const [name, value] = splitPair('--limit', pair);
    if (!Object.hasOwn(ManagedInstancesLimits.CURRENT._values, name)) throw new UsageError(`--limit ${pair}: there is no limit "${name}". RULES.md lists them.`);
    const isNumber = typeof (ManagedInstancesLimits.CURRENT._values as unknown as Record<string, unknown>)[name] === 'number';
    if (isNumber && !(value.trim() !== '' && Number(value) >= 0)) throw new UsageError(`--limit ${pair}: the value must be a number of at least 0.`);
    return [name, isNumber ? Number(value) : value.split(',')];
  }));
  return ManagedInstancesLimits.CURRENT.withOverrides(overrides)._values;
}

function splitPair(option: string, pair: string): [string, string] {
  const at = pair.indexOf('=');
  if (at < 1) throw new UsageError(`${option} ${pair}: write it as name=value.`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}

/** Reads parameters in the forms `[{ ParameterKey, ParameterValue }]`, `["Key=Value"]`, `{ Parameters: { Key: Value } }` and `{ Key: Value }`. */
function parametersIn(file: string): Record<string, unknown> {
  const what = `--parameters ${file}`;
  const content = readJson(file, what);
  const entries: [unknown, unknown][] = Array.isArray(content)
    ? content.map((entry) => (typeof entry === 'string' ? splitPair(what, entry) : [entry?.ParameterKey, entry?.ParameterValue]))
    : entriesOf(entryOf(content, 'Parameters') ?? content);
  const isRight = typeof content === 'object' && content !== null && entries.every(([name, value]) => typeof name === 'string' && isValue(value));
  if (!isRight) throw new UsageError(`${what}: write { "Key": "Value" }, { "Parameters": { … } }, ["Key=Value"], or [{ "ParameterKey": …, "ParameterValue": … }].`);
  return Object.fromEntries(entries);
}

/** Whether a parameter has a valid value: a text, a number or a list of them. With `UsePreviousValue` it has none. */
function isValue(value: unknown): boolean {
  return Array.isArray(value) ? value.every(isValue) : typeof value !== 'object';
}
