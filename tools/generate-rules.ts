import { readFileSync, writeFileSync } from 'node:fs';
import { replaceSection } from './generated-section';
import { linkTo } from './page-titles';
import { ALL_RULES, ReportedRule } from '../src/checks/all-rules';
import { NAMESPACE } from '../src/rules/findings';
import { Level } from '../src/rules/rule';
import { EXECUTION_ENVIRONMENT_DEFAULTS, MEMORY_GIB_PER_VCPU } from '../src/service/execution-environments';
import { Limit, LIMITS } from '../src/service/limits';
import { PAGES_READ } from '../src/service/pages';
import { REGIONS } from '../src/service/regions';
import { RUNTIME_FAMILIES } from '../src/service/runtimes';

/**
 * Writes RULES.md and the page of limits from the tables: `ts-node tools/generate-rules.ts RULES.md docs/limits.md`.
 */
const LEVELS = [Level.ERROR, Level.WARNING, Level.INFO];

const text = `<!-- Generated from src/rules and src/service by tools/generate-rules.ts. Do not edit. -->
# Rules

After this page you can look up what a finding means, where it comes from, and what to do about it. Each finding has an id,
\`${NAMESPACE}::<Code>\`. It is the same wherever the finding is reported: in an error at your line, at synthesis, by the plugin
\`ManagedInstancesChecks\`, or by [the command](docs/command.md).

| level | what it means | what to do about it |
| --- | --- | --- |
| error | AWS refuses it, or it makes no sense | Change the value. If AWS has raised a limit, override it: \`ManagedInstancesLimits.CURRENT.withOverrides({ … })\`. |
| warning | it misbehaves silently, costs money, is a risk, or the evidence is weak | Change the value, or acknowledge the warning on the construct or a parent: \`Validations.of(construct).acknowledge({ id, reason })\`. |
| info | worth knowing | Never printed at synthesis. \`new ManagedInstancesChecks().validateScope(scope)\` lists it, and so does \`check --format json\`. |

A finding can appear at the \`call\` (a constructor or a method throws one error with all of them), at \`synthesis\`, or in the
\`template\`, which the plugin and the command read, whichever tool wrote it.

What synthesis can't know (a token, a parameter, an import, the runtime inside an image) is never a finding.

${LEVELS.map(section).join('\n\n')}

## Limits

The numbers that the rules compare with. AWS refuses values beyond its own limits; values beyond CDK's or this library's cause a warning. You can override each by its name, for a fleet (\`limits\` of \`ManagedInstances\`) or
for the plugin, or with \`--limit\` of the command.

| name | value | what it bounds | set by | source, and when it was read |
| --- | --- | --- | --- | --- |
${Object.entries(LIMITS).map(([name, limit]) => `| \`${name}\` | ${amount(limit)} | ${limit.what} | ${limit.setBy} | ${linkTo(limit.source)}, ${limit.date} |`).join('\n')}

GiB of memory per vCPU: ${MEMORY_GIB_PER_VCPU.join(', ')}. A function that sets none gets ${EXECUTION_ENVIRONMENT_DEFAULTS.memoryGiBPerVCpu} GiB per vCPU. A version
without a minimum keeps ${EXECUTION_ENVIRONMENT_DEFAULTS.minExecutionEnvironments} execution environments.

## Runtimes

As of ${PAGES_READ}. More are supported with \`withOverrides({ supportedRuntimes: ['…'] })\`.

| family | listed by AWS from | refused below | concurrent requests per vCPU by default |
| --- | --- | --- | --- |
${RUNTIME_FAMILIES.map(({ name, prefix, listedFrom, acceptedFrom, documentedFor, concurrencyPerVCpu }) => (
  `| ${name} (\`${prefix}…\`) | ${listed(listedFrom, documentedFor)} | ${acceptedFrom ?? 'refused'} | ${concurrencyPerVCpu ?? '–'} |`
)).join('\n')}

## Regions

None in China and GovCloud (error); left out of AWS's list: ${REGIONS.unlisted.join(', ')} (warning). More are supported with
\`withOverrides({ supportedRegions: ['…'] })\`.
`;
const [, , rulesFile, limitsPage] = process.argv;
writeFileSync(rulesFile, text);
writeFileSync(limitsPage, replaceSection(readFileSync(limitsPage, 'utf-8'), 'limits', limitsInShort()));

/** Returns the page for people who look up a number. */
function limitsInShort(): string {
  const families = RUNTIME_FAMILIES.filter(({ listedFrom }) => listedFrom !== undefined);
  return [
    `As of ${PAGES_READ} or later; [RULES.md](../RULES.md#limits) has the source of each, and when it was read.`,
    '',
    '| limit | value | set by | name |',
    '| --- | --- | --- | --- |',
    ...Object.entries(LIMITS).map(([name, limit]) => `| ${limit.what} | ${amount(limit)} | ${limit.setBy} | \`${name}\` |`),
    '',
    `GiB of memory per vCPU: ${MEMORY_GIB_PER_VCPU.join(', ')}.`,
    '',
    '| runtime | from | concurrent requests per vCPU by default |',
    '| --- | --- | --- |',
    ...families.map(({ name, prefix, listedFrom, documentedFor, concurrencyPerVCpu }) => (
      documentedFor ? `| ${documentedFor} on \`${prefix}${listedFrom}\` | – | ${concurrencyPerVCpu} |` : `| ${name} | ${listedFrom} | ${concurrencyPerVCpu} |`
    )),
  ].join('\n');
}

function section(level: Level): string {
  const rules = ALL_RULES.filter((rule) => rule.level === level).sort((a, b) => a.code.localeCompare(b.code));
  return [
    `## ${level[0].toUpperCase()}${level.slice(1)}s`,
    '',
    '| code | what is checked | why | where | source |',
    '| --- | --- | --- | --- | --- |',
    ...rules.map(row),
  ].join('\n');
}

function row({ code, alsoLevel, what, why, source, moments }: ReportedRule): string {
  return `| \`${code}\`${alsoLevel ? ` (some cases: ${alsoLevel})` : ''} | ${what} | ${why} | ${moments.join(', ')} | ${linkTo(source)} |`;
}

function listed(from = 'not listed', documentedFor?: string): string {
  return documentedFor ? `${from}, for ${documentedFor}` : from;
}

function amount({ value, unit }: Limit): string {
  return `${value} ${value === 1 ? unit.replace(/s$/, '') : unit}`;
}
