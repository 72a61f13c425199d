import { App, Stack, StackProps, Validations } from 'aws-cdk-lib';
import { CASES, STRICT } from './cases';
import { withoutHashes } from '../../examples/snapshot-test/without-hashes';
import { ManagedInstancesChecks } from '../../src';
import { check } from '../../src/cli/check-command';
import { readInputs } from '../../src/cli/inputs';
import { openToWorld } from '../network/open-to-world';
import { warningsOf } from '../util';

/** Tests what must hold for each example, given its folder and the stacks of its app. `make` puts stacks into an app as its `app.ts` does. */
export function describeExample(name: string, stacks: string[], make: (app: App, props: StackProps) => unknown): void {
  const folder = `../../examples/${name}`;
  const strict = { ...jest.requireActual(`${folder}/cdk.json`).context, ...STRICT };
  beforeAll(() => { process.env.CDK_VALIDATION = 'true'; });
  afterAll(() => { process.env.CDK_VALIDATION = 'false'; });

  test.each(CASES)('synthesises with no warning and passes the strict template validator, %s', (_case, props, context) => {
    const app = new App({ context: { ...context, ...strict } });
    Validations.of(app).addPlugins(new ManagedInstancesChecks());
    make(app, props);

    const made = stacksOf(app);
    expect(made.length).toBeGreaterThan(0);
    expect(stacks).toEqual(expect.arrayContaining(made.map(({ stackName }) => stackName)));
    expect(made.flatMap(warningsOf)).toEqual([]);
    const { violations } = new ManagedInstancesChecks().validateScope(app);
    expect(violations.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  test('is the app whose templates are on file', () => {
    const app = runApp(folder, strict);

    const assembly = app.synth();

    expect(assembly.stacks.map(({ stackName }) => stackName).sort()).toEqual(stacks);
    expect(assembly.stacks.flatMap(({ template }) => openToWorld(template))).toEqual([]);
    expect(saidByCommand(assembly.directory)).toEqual(saidByPlugin(app));
    assembly.stacks.forEach(({ stackName, template }) => expect(withoutHashes(template)).toMatchSnapshot(stackName));
  });
}

/**
 * Returns the levels and codes of the plugin's findings, including infos. The finding about cost is left out, because the command reports cost with
 * `plan`.
 */
function saidByPlugin(app: App): string[] {
  const { violations } = new ManagedInstancesChecks().validateScope(app);
  return violations.filter(({ ruleName }) => ruleName !== 'IdleFloor').map(({ severity, ruleName }) => `${severity} ${ruleName}`).sort();
}

/** Returns the findings of the command, without `ZoneCount` for stacks without `env`. Only the app shows that nobody chose their two zones. */
function saidByCommand(directory: string): string[] {
  const inputs = readInputs([directory], { parameters: {} });
  const isAgnostic = inputs.every(({ template }) => template.region === undefined);
  const said = check(inputs).findings.map(({ level, rule }) => `${level} ${rule.split('::')[1]}`).sort();
  return isAgnostic ? said.filter((finding) => finding !== 'warning ZoneCount') : said;
}

/** Runs the app as `cdk synth` in the folder would. */
function runApp(folder: string, context: object): App {
  process.env.CDK_CONTEXT_JSON = JSON.stringify(context);
  try {
    return jest.requireActual(`${folder}/app`).app;
  } finally {
    delete process.env.CDK_CONTEXT_JSON;
  }
}

function stacksOf(app: App): Stack[] {
  return app.node.findAll().filter((construct): construct is Stack => Stack.isStack(construct));
}
