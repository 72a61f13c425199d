/** Writes an assessment as text for people and as JSON for programs. */
import { AssessedFunction } from './assess-migration';
import { Range } from './pays-from';
import { wholeDollars } from '../planning/cost-rules';
import { span } from '../planning/money-text';
import { heading, shortTerm, WIDTH } from '../planning/plan-text';
import { wrap } from '../planning/text-table';
import { Finding, messageOf } from '../rules/findings';
import { figure } from '../rules/fleet/need-text';
import { RuleContext } from '../rules/rule';

const OPENING = 'A deployed function can\'t be moved onto managed instances, nor back. Create a second function with a new logical id and name, on a '
  + 'capacity provider. Then repoint the callers of the old function to the new one, a few at a time, and delete the old function when nothing calls it '
  + 'any more.';

/** An assessed function, with its name and its place in a file. */
export interface NamedFunction extends AssessedFunction {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
}

/** Returns the assessment as text, at most 80 characters wide. */
export function migrationText(functions: readonly NamedFunction[], context: RuleContext): string {
  const opening = [...heading('Moving to managed instances'), '', ...wrap(OPENING, WIDTH)];
  if (functions.length === 0) return [...opening, '', 'There is no function on standard Lambda.'].join('\n');
  const free = functions.filter(({ mustChange }) => mustChange.length === 0).length;
  const count = functions.length === 1
    ? `1 function on standard Lambda; ${free === 1 ? 'nothing' : 'something'} in it must change`
    : `${functions.length} functions on standard Lambda; nothing must change in ${free} of them`;
  return [...opening, '', ...wrap(`${count}.`, WIDTH), ...functions.flatMap((fn) => functionText(fn, context))].join('\n');
}

function functionText(fn: NamedFunction, context: RuleContext): string[] {
  const term = (property: string) => shortTerm(context, property);
  const { name, file, line, mustChange, lookAt, unknown, triggers, environment, paysFrom } = fn;
  const place = file === undefined ? '' : ` (${file}${line === undefined ? '' : `:${line}`})`;
  const list = (title: string, entries: string[]) => (entries.length === 0 ? [] : ['', title, ...entries.flatMap((entry) => wrap(`- ${entry}`, WIDTH, '  '))]);
  const most = environment.maxExecutionEnvironments;
  const set = [
    `${term('memorySize')} ${environment.memorySize}`,
    `${term('executionEnvironmentMemoryGiBPerVCpu')} ${environment.executionEnvironmentMemoryGiBPerVCpu} (${figure(environment.vCpus)} vCPU${environment.vCpus === 1 ? '' : 's'})`,
    ...environment.perExecutionEnvironmentMaxConcurrency === undefined ? [] : [
      `${term('perExecutionEnvironmentMaxConcurrency')} ${environment.perExecutionEnvironmentMaxConcurrency}`,
    ],
    `${term('minExecutionEnvironments')} ${environment.minExecutionEnvironments}`,
    ...most === undefined ? [] : [`${term('maxExecutionEnvironments')} ${most}`],
  ];
  return [
    '',
    ...heading(`${name}${place}`),
    ...list('Must change', mustChange.map(findingText)),
    ...list('Look at', lookAt.map(findingText)),
    ...list('Not known', unknown),
    ...list('Repoint', triggers.map(({ name: trigger, type, how }) => `${trigger} (${type}): ${how}`)),
    ...list('Begin with', [set.join(', ')]),
    ...list('Pays', [paysFrom ? paysText(paysFrom) : 'unknown: a size or a price isn\'t known']),
  ];
}

function paysText({ atRest, requestsAtOnce, requestsPerMonth, givenRequestsPerMonth: given }: NonNullable<AssessedFunction['paysFrom']>): string {
  const floor = `alone on a fleet it costs ${rangeText(atRest, wholeDollars)} a month at rest`;
  const from = requestsPerMonth === undefined
    ? `${rangeText(requestsAtOnce, number)} requests at once on average`
    : `${rangeText(requestsPerMonth, number)} requests a month (${rangeText(requestsAtOnce, number)} at once on average)`;
  const yours = given === undefined ? '' : `; you have ${number(given)}${requestsPerMonth && given > requestsPerMonth.highest ? ', so it pays' : (requestsPerMonth && given < requestsPerMonth.lowest ? ', so it doesn\'t' : '')}`;
  return `${floor}, which is less than standard Lambda above ${from}${yours}. Functions that share a fleet share its instances.`;
}

/** Returns the assessment in the shape of schema/migration-assessment-1.json. Unknown values are left out. */
export function migrationJson(functions: readonly NamedFunction[]): any {
  const finding = (one: Finding) => ({ code: one.code, level: one.level, message: messageOf(one), source: one.source });
  return JSON.parse(JSON.stringify({
    schemaVersion: 1,
    functions: functions.map(({ name, file, line, mustChange, lookAt, unknown, triggers, environment, paysFrom }) => ({
      function: name, file, line, mustChange: mustChange.map(finding), lookAt: lookAt.map(finding), unknown, triggers, environment, paysFrom,
    })),
  }));
}

function findingText(finding: Finding): string {
  return `${finding.code}: ${messageOf(finding)}`;
}

function rangeText({ lowest, highest }: Range, text: (value: number) => string): string {
  return span(text(lowest), text(highest));
}

function number(value: number): string {
  return value >= 1e6 ? `${(value / 1e6).toLocaleString('en-US', { maximumFractionDigits: 1 })} million` : value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 1 : 0 });
}
