/** `assess`: assesses what it takes to run the standard functions of templates and cloud assemblies on managed instances. */
import { parseArgs } from 'node:util';
import { DEPLOYMENT_HELP, DEPLOYMENT_OPTIONS, deploymentOf, limitsOf } from './deployment-options';
import { readInputs } from './inputs';
import { readLoads } from './load-file';
import { PLAN_HELP, PLAN_OPTIONS, priceOptionsOf } from './plan-command';
import { CommandResult, helpText, parsed, UsageError } from './usage';
import { assessMigration } from '../migration/assess-migration';
import { migrationJson, migrationText } from '../migration/migration-text';
import { isManaged } from '../reading/lambda-references';
import { ResourceGraph } from '../reading/resource-graph';
import { FUNCTION } from '../reading/resource-view';
import { resourcesOf } from '../reading/templates/templates';
import { templateContext } from '../rules/rule';

const FORMATS = ['text', 'json'];

const HELP = helpText('assess <path>…', 'Says what it takes to move standard functions in CloudFormation and SAM templates and cloud assemblies (cdk.out), and how much load makes it pay.', [
  ...PLAN_HELP,
  ['--format text|json', 'the output format; text is the default'],
  ...DEPLOYMENT_HELP,
]);

/** Runs `assess` with its arguments. */
export async function assessCommand(args: string[]): Promise<CommandResult> {
  const { values, positionals } = parsed(() => parseArgs({
    args, allowPositionals: true, options: { ...DEPLOYMENT_OPTIONS, ...PLAN_OPTIONS, format: { type: 'string', default: 'text' } },
  }));
  if (values.help) return { text: HELP, exitCode: 0 };
  if (!FORMATS.includes(values.format)) throw new UsageError(`--format ${values.format}: choose ${FORMATS.join(' or ')}.`);
  const context = templateContext(limitsOf(values));
  const inputs = readInputs(positionals, deploymentOf(values));
  const byTemplate = new Map(inputs.map((input) => [input.template, input]));
  const resources = resourcesOf(inputs.map(({ template }) => template));
  const standard = resources.filter((resource) => resource.type === FUNCTION && !isManaged(resource));
  const loads = values.load === undefined ? undefined : readLoads(values.load, standard);
  const functions = assessMigration(new ResourceGraph(resources), { context, prices: priceOptionsOf(values), loadOf: (fn) => loads?.get(fn) })
    .map((assessed) => {
      const { template, logicalId } = assessed.resource;
      const input = byTemplate.get(template)!;
      return { ...assessed, name: input.constructOf(logicalId) ?? input.originOf(logicalId), file: input.file, line: input.lineOf(logicalId) };
    });
  return { text: values.format === 'json' ? JSON.stringify(migrationJson(functions), undefined, 2) : migrationText(functions, context), exitCode: 0 };
}
