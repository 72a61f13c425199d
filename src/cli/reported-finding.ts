/** A finding as the command reports it, in each of its formats. */
import { PlacedFinding, PlacedGap } from '../report/page-content';
import { Level } from '../rules/rule';
import { REPOSITORY } from '../service/pages';

/** The complete result of the command. */
export interface CheckReport {
  readonly findings: PlacedFinding[];
  readonly notChecked: PlacedGap[];
  /** The number of functions on managed instances that were judged. */
  readonly functions: number;
  readonly providers: number;
  readonly files: number;
}

const SHOWN = [Level.ERROR, Level.WARNING];

/** Writes findings as text. As at synthesis, infos are left out; the other formats include them. */
export function checkText({ findings, notChecked, functions, providers, files }: CheckReport): string {
  const shown = findings.filter(({ level }) => SHOWN.includes(level));
  const blocks = shown.map(({ rule, level, resource, construct = resource, file, line, message, fix }) => (
    `${placeOf(file, line)}  ${level}  ${construct}  ${codeOf(rule)}\n  ${message}. ${sentence(fix)}`
  ));
  const gaps = notChecked.map(({ file, line, logicalId, type, reason }) => `${placeOf(file, line)}  not checked  ${logicalId}  ${type}\n  ${sentence(reason)}`);
  const infos = findings.length - shown.length;
  const counts = SHOWN.map((level) => counted(shown.filter((finding) => finding.level === level).length, level));
  const checked = functions + providers === 0
    ? `nothing to check: no capacity provider, and no function on one, in ${counted(files, 'template')}`
    : `${counts.join(', ')}; checked ${counted(functions, 'function')} and ${counted(providers, 'capacity provider')} in ${counted(files, 'template')}`;
  return [...blocks, ...gaps, checked + (infos > 0 ? `; ${counted(infos, 'info')} in --format json` : '') + (gaps.length > 0 ? `; ${gaps.length} not checked` : '')].join('\n\n');
}

/** Writes findings as JSON, in the shape of schema/check-1.json. */
export function checkJson({ findings, notChecked }: CheckReport): string {
  return JSON.stringify({
    schemaVersion: 1,
    findings,
    notChecked: notChecked.map(({ logicalId, type, reason, file, line }) => ({ resource: logicalId, type, reason, file, line })),
  }, undefined, 2);
}

const SARIF_LEVELS: Record<Level, string> = { [Level.ERROR]: 'error', [Level.WARNING]: 'warning', [Level.INFO]: 'note' };

/** Writes findings as SARIF 2.1.0, for GitHub and other viewers. */
export function checkSarif({ findings, notChecked }: CheckReport, version: string): string {
  const used = [...new Map(findings.map((finding) => [finding.rule, finding])).values()];
  const location = (file: string, line: number | undefined, name: string) => ({
    physicalLocation: { artifactLocation: { uri: file.replace(/\\/g, '/') }, region: { startLine: line ?? 1 } },
    logicalLocations: [{ name, kind: 'resource' }],
  });
  return JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'cdk-lambda-managed-instances',
          version,
          informationUri: REPOSITORY,
          rules: used.map(({ rule, source }) => ({ id: codeOf(rule), helpUri: source, help: { text: `${REPOSITORY}/blob/main/RULES.md` } })),
        },
      },
      results: findings.map(({ rule, level, resource, construct = resource, file, line, message, fix }) => ({
        ruleId: codeOf(rule),
        level: SARIF_LEVELS[level],
        message: { text: `${construct}: ${message}. ${sentence(fix)}` },
        locations: [location(file, line, resource)],
      })),
      invocations: [{
        executionSuccessful: true,
        toolExecutionNotifications: notChecked.map(({ logicalId, type, reason, file, line }) => ({
          level: 'warning', message: { text: `${logicalId} (${type}) was not checked: ${reason}.` }, locations: [location(file, line, logicalId)],
        })),
      }],
    }],
  }, undefined, 2);
}

function codeOf(rule: string): string {
  return rule.split('::').pop()!;
}

function placeOf(file: string, line?: number): string {
  return line === undefined ? file : `${file}:${line}`;
}

function sentence(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
