/** `check`: judges templates and cloud assemblies by the rules. */
import { parseArgs } from 'node:util';
import { DEPLOYMENT_HELP, DEPLOYMENT_OPTIONS, deploymentOf, limitsOf } from './deployment-options';
import { Input, readInputs } from './inputs';
import { readJson } from './read-text';
import { checkJson, CheckReport, checkSarif, checkText } from './reported-finding';
import { CommandResult, helpText, parsed, UsageError, VERSION } from './usage';
import { CODES_IN_TEMPLATES, judgeApp } from '../checks/judge-app';
import { isManaged } from '../reading/lambda-references';
import { ResourceGraph } from '../reading/resource-graph';
import { CAPACITY_PROVIDER, FUNCTION } from '../reading/resource-view';
import { isServerless } from '../reading/sam/sam-template';
import { entryOf } from '../reading/templates/template';
import { resourcesOf, TemplateResource } from '../reading/templates/templates';
import { PlacedFinding } from '../report/page-content';
import { Finding, idOf, NAMESPACE, problemOf } from '../rules/findings';
import { Level, samContext, templateContext } from '../rules/rule';

const FORMATS = ['text', 'json', 'sarif'];
const FAIL_LEVELS: Record<string, Level[]> = { error: [Level.ERROR], warning: [Level.ERROR, Level.WARNING] };

const HELP = helpText('check <path>…', 'Checks CloudFormation and SAM templates (YAML or JSON, - for standard input) and cloud assemblies (cdk.out).', [
  ['--format text|json|sarif', 'the output format; text is the default'],
  ['--fail-on error|warning', 'the level that causes exit code 1; error is the default'],
  ['--ignore Code', 'leaves out the findings of a rule; may be repeated'],
  ['--baseline FILE', 'leaves out the findings in an earlier output of --format json'],
  ...DEPLOYMENT_HELP,
]);

/** Runs `check` with its arguments. */
export async function checkCommand(args: string[]): Promise<CommandResult> {
  const { values, positionals } = parsed(() => parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...DEPLOYMENT_OPTIONS,
      'format': { type: 'string', default: 'text' },
      'fail-on': { type: 'string', default: 'error' },
      'ignore': { type: 'string', multiple: true, default: [] },
      'baseline': { type: 'string' },
    },
  }));
  if (values.help) return { text: HELP, exitCode: 0 };
  const { format, ignore, 'fail-on': failOn } = values;
  if (!FORMATS.includes(format)) throw new UsageError(`--format ${format}: choose text, json or sarif.`);
  if (!Object.hasOwn(FAIL_LEVELS, failOn)) throw new UsageError(`--fail-on ${failOn}: choose error or warning.`);
  const ignored = new Set(ignore.map(knownCode));
  const report = check(readInputs(positionals, deploymentOf(values)), limitsOf(values));
  const accepted = values.baseline === undefined ? new Set<string>() : baselineOf(values.baseline);
  const findings = report.findings.filter((finding) => !ignored.has(codeOf(finding.rule)) && !accepted.has(identityOf(finding)));
  const shown = { ...report, findings };
  const text = format === 'json' ? checkJson(shown) : (format === 'sarif' ? checkSarif(shown, VERSION) : checkText(shown));
  return { text, exitCode: findings.some(({ level }) => FAIL_LEVELS[failOn].includes(level)) ? 1 : 0 };
}

/** Judges all templates together, because they may refer to each other. */
export function check(inputs: Input[], limits = limitsOf({})): CheckReport {
  const byTemplate = new Map(inputs.map((input) => [input.template, input]));
  const resources = resourcesOf(inputs.map(({ template }) => template));
  const [template, sam] = [templateContext(limits), samContext(limits)];
  const contextOf = (resource: TemplateResource, { template: file, logicalId } = resource) => (
    isServerless({ Type: byTemplate.get(file)!.typeOf(logicalId) }) ? sam : template
  );
  const findings = judgeApp(new ResourceGraph(resources), { contextOf }).flatMap(({ resource, findings: all }) => {
    const input = byTemplate.get(resource.template)!;
    return all.filter((finding) => !isExempt(input, resource.logicalId, finding)).map((finding) => reported(input, resource.logicalId, finding));
  });
  return {
    findings: findings.sort((a, b) => a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0) || a.rule.localeCompare(b.rule)),
    notChecked: inputs.flatMap((input) => input.notRead.map((gap) => ({ ...gap, file: input.file, line: input.lineOf(gap.logicalId) }))),
    functions: resources.filter((resource) => resource.type === FUNCTION && isManaged(resource)).length,
    providers: resources.filter(({ type }) => type === CAPACITY_PROVIDER).length,
    files: inputs.length,
  };
}

function reported(input: Input, logicalId: string, finding: Finding): PlacedFinding {
  const { level, remedy, source } = finding;
  return {
    rule: idOf(finding),
    level,
    resource: input.originOf(logicalId),
    construct: input.constructOf(logicalId),
    file: input.file,
    line: input.lineOf(logicalId),
    message: problemOf(finding),
    fix: remedy,
    source,
  };
}

/** Whether a finding is acknowledged in the app or in the resource's metadata. */
function isExempt(input: Input, logicalId: string, finding: Finding): boolean {
  if (input.isAcknowledged(logicalId, idOf(finding))) return true;
  const resource = entryOf(input.template.body.Resources, input.originOf(logicalId)) ?? entryOf(input.template.body.Resources, logicalId);
  const ignore = entryOf(entryOf(resource?.Metadata, NAMESPACE), 'ignore');
  return Array.isArray(ignore) && ignore.some((entry) => typeof entry?.rule === 'string' && codeOf(entry.rule) === finding.code);
}

function codeOf(rule: string): string {
  return rule.split('::').pop()!;
}

/** Returns a key for comparing a finding with those of the baseline. Lines may move, so they aren't part of the key. */
function identityOf({ rule, file, resource, message }: Pick<PlacedFinding, 'rule' | 'file' | 'resource' | 'message'>): string {
  return JSON.stringify([rule, file, resource, message]);
}

function baselineOf(file: string): Set<string> {
  const findings = entryOf(readJson(file, `--baseline ${file}`), 'findings');
  if (!Array.isArray(findings)) throw new UsageError(`--baseline ${file} is not the output of check --format json: it has no findings.`);
  return new Set(findings.map((finding) => identityOf(finding ?? {})));
}

/** Checks that a rule has the code, because an unknown code would silently leave nothing out. */
function knownCode(text: string): string {
  const code = codeOf(text);
  if (!CODES_IN_TEMPLATES.has(code)) throw new UsageError(`--ignore ${text}: check has no rule with this code. RULES.md lists them.`);
  return code;
}
