/** `report`: writes a page with pictures about templates and cloud assemblies. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { check } from './check-command';
import { DEPLOYMENT_HELP, DEPLOYMENT_OPTIONS, deploymentOf, limitsOf } from './deployment-options';
import { readInputs } from './inputs';
import { PLAN_HELP, PLAN_OPTIONS, plansOf, priceOptionsOf } from './plan-command';
import { CommandResult, helpText, parsed, UsageError, VERSION } from './usage';
import { LoadFacts } from '../planning/function-estimate';
import { isKnown } from '../reading/fact';
import { functionArchitecture } from '../reading/lambda-references';
import { TemplateResource } from '../reading/templates/templates';
import { reportPage } from '../report/page';
import { templateContext } from '../rules/rule';
import { Limits } from '../service/managed-instances-limits';

const OUTPUT = 'managed-instances.html';

const HELP = helpText('report <path>…', 'Writes one HTML file with the findings, and with a picture and the cost of each fleet.', [
  ['--output FILE', `the file to write, - for standard output; ${OUTPUT} is the default`],
  ...PLAN_HELP,
  ...DEPLOYMENT_HELP,
]);

/** Runs `report` with its arguments. */
export async function reportCommand(args: string[]): Promise<CommandResult> {
  const { values, positionals } = parsed(() => parseArgs({
    args, allowPositionals: true, options: { ...DEPLOYMENT_OPTIONS, ...PLAN_OPTIONS, output: { type: 'string', default: OUTPUT } },
  }));
  if (values.help) return { text: HELP, exitCode: 0 };
  const inputs = readInputs(positionals, deploymentOf(values));
  const limits = limitsOf(values);
  const { findings, notChecked, functions } = check(inputs, limits);
  const plans = plansOf(inputs, priceOptionsOf(values), templateContext(limits), { load: values.load });
  const page = reportPage({
    sources: positionals,
    version: VERSION,
    findings,
    notChecked,
    functions,
    fleets: plans.map(({ provider, file, line, plan, loads, functions: own }) => ({
      name: provider, file, line, plan, loads: loads.length > 0 ? loads : own.map((fn) => assumedLoad(fn, limits)), loadsAssumed: loads.length === 0,
    })),
  });
  if (values.output === '-') return { text: page, exitCode: 0 };
  write(values.output, page);
  return { text: `wrote ${values.output}`, exitCode: 0 };
}

/** Returns the load that is assumed if none is given: short requests that mostly wait, equally many for each function. */
function assumedLoad({ name, properties }: TemplateResource, { standardMemoryMax }: Limits): LoadFacts {
  const memory = properties.number('memorySize');
  return {
    functionName: name,
    architecture: functionArchitecture(properties),
    requestsPerMonth: 1e6,
    meanSeconds: 0.1,
    standardMemorySize: isKnown(memory) ? Math.min(memory, standardMemoryMax) : undefined,
  };
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such folder' : (code === 'EISDIR' ? 'it is a folder' : message);
    throw new UsageError(`--output ${file} can't be written: ${reason}.`);
  }
}
