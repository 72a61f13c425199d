import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { DESTRUCTION, MINUTE, WORK } from './integ/assertions';
import { GO, isAtLeast, JAVA, PYTHON, Tool } from '../tools/languages/toolchains';

/** What continuous integration and a release do on GitHub. Nothing here can run them, so it is read. */
const WORKFLOWS = readdirSync('.github/workflows').map((file) => [file, parse(readFileSync(`.github/workflows/${file}`, 'utf-8'))] as const);
const JOBS = WORKFLOWS.flatMap(([file, { jobs }]) => Object.entries<any>(jobs).map(([name, job]) => [`${file}: ${name}`, job] as const));
const STEPS = JOBS.flatMap(([job, { steps }]) => steps.map((step: any, index: number) => [`${job}, step ${step.name ?? index}`, step] as const));
const TASKS = Object.keys(JSON.parse(readFileSync('.projen/tasks.json', 'utf-8')).tasks);
const { devDependencies, engines } = JSON.parse(readFileSync('package.json', 'utf-8'));

function workflow(file: string): any {
  return WORKFLOWS.find(([name]) => name === file)![1];
}

/** The projen tasks that a script names. */
function tasksIn(script: string): string[] {
  return [...script.matchAll(/(?:npx projen|npm run) ([\w:-]+)/g)].map(([, task]) => task);
}

test('there are workflows to build, to release, to upgrade, to look at titles and to deploy', () => {
  expect(WORKFLOWS.map(([file]) => file)).toEqual(['build.yml', 'integ.yml', 'pull-request-lint.yml', 'release.yml', 'upgrade-main.yml']);
});

test('run tasks that exist', () => {
  const named = [...STEPS.map(([, { run }]) => run ?? ''), readFileSync('.ci/run', 'utf-8')].flatMap(tasksIn);

  expect(named).toEqual(expect.arrayContaining(['compile', 'release', 'compat', 'upgrade', 'package:go', 'integ', 'example']));
  expect(named.filter((task) => !TASKS.includes(task))).toEqual([]);
});

test('what a compile makes can be packed: the command finds the packages that it uses', () => {
  const { tasks } = JSON.parse(readFileSync('.projen/tasks.json', 'utf-8'));

  expect(tasks.compile.steps.at(-1)).toEqual({ spawn: 'bundle:command' });
});

test('a pull request runs what anyone can run, and asks whether the API breaks', () => {
  const { on, jobs } = workflow('build.yml');
  const runs = jobs.build.steps.map(({ run }: any) => run);

  expect(Object.keys(on)).toContain('pull_request');
  expect(runs.indexOf('bash .ci/run')).toBeGreaterThan(0);
  expect(runs.indexOf('npx projen compat')).toBeGreaterThan(runs.indexOf('bash .ci/run')); // compiled by then
});

test.each<[string, string, Tool]>([
  ['actions/setup-python', 'python-version', PYTHON],
  ['actions/setup-java', 'java-version', JAVA],
  ['actions/setup-go', 'go-version', GO],
])('the build has what the other languages want: %s', (action, input, tool) => {
  const { steps } = workflow('build.yml').jobs.build;
  const setup = steps.findIndex(({ uses = '' }: any) => uses.startsWith(`${action}@`));
  const version = String(steps[setup]?.with[input]).split('.').map(Number);

  expect(setup).toBeGreaterThan(0);
  expect(setup).toBeLessThan(steps.findIndex(({ run }: any) => run === 'bash .ci/run'));
  expect(isAtLeast(version, tool.atLeast)).toBe(true);
});

test('the tests run on the oldest Node.js that the package takes, to the patch', () => {
  const { strategy } = workflow('build.yml').jobs.node;

  expect(strategy.matrix.node.map((version: string) => `>= ${version}`)).toContain(engines.node);
});

test('the oldest Node.js is the one that the compiler wants', () => {
  expect(engines.node).toBe(JSON.parse(readFileSync('node_modules/jsii/package.json', 'utf-8')).engines.node);
});

test.each(STEPS.filter(([, { uses }]) => uses !== undefined))('%s is pinned by a commit, which nobody can move', (_step, { uses }) => {
  expect(uses).toMatch(/@[0-9a-f]{40}$/);
});

test.each(['.npmrc', 'compat/newest/.npmrc'])('what is installed by %s runs no script', (file) => {
  expect(readFileSync(file, 'utf-8').split('\n')).toContain('ignore-scripts=true');
});

describe('a release', () => {
  const { on, jobs } = workflow('release.yml');
  const publishing = Object.entries<any>(jobs).filter(([name]) => name !== 'release');
  const secretsOf = (job: any) => [...JSON.stringify(job).matchAll(/secrets\.(\w+)/g)].map(([, secret]) => secret);

  test('is started by a person', () => {
    expect(Object.keys(on)).toEqual(['workflow_dispatch']);
  });

  test('goes to five registries, and to GitHub when all have it', () => {
    expect(publishing.map(([name]) => name).sort()).toEqual([
      'release_github', 'release_golang', 'release_maven', 'release_npm', 'release_nuget', 'release_pypi',
    ]);
    expect(jobs.release_github.needs).toEqual(expect.arrayContaining(publishing.map(([name]) => name).filter((name) => name !== 'release_github')));
  });

  test.each(publishing)('%s waits for the release to be built and for a maintainer', (_name, job) => {
    expect([job.needs].flat()).toContain('release');
    expect(job.environment).toBe('release');
  });

  test('is not published where the API breaks', () => {
    expect(jobs.release.steps.map(({ run }: any) => run)).toContain('npx projen compat');
  });

  // A user name is no secret, but GitHub keeps it with them.
  test.each([['release_npm', []], ['release_pypi', []], ['release_nuget', ['NUGET_USERNAME']]])('%s proves who it is by an identity token, not by a stored one', (name, secrets) => {
    expect(jobs[name].permissions['id-token']).toBe('write');
    expect(secretsOf(jobs[name])).toEqual(secrets);
  });

  test('stores secrets for the registries that know no other way', () => {
    expect(secretsOf(jobs.release_golang)).toEqual(['GO_GITHUB_DEPLOY_KEY']);
    expect(secretsOf(jobs.release_maven)).toEqual([
      'MAVEN_GPG_PRIVATE_KEY', 'MAVEN_GPG_PRIVATE_KEY_PASSPHRASE', 'MAVEN_PASSWORD', 'MAVEN_USERNAME', 'MAVEN_STAGING_PROFILE_ID',
    ]);
  });
});

test('what was deployed for a test is destroyed, whatever became of the test, in a session that has begun anew', () => {
  const { steps, 'timeout-minutes': jobEnds } = workflow('integ.yml').jobs.integ;
  const [work, session, destruction] = steps.slice(-3);
  const minutes = [work, destruction].map((step) => step['timeout-minutes']);

  expect(work.run).toMatch(/^npx projen integ .* --keep$/);
  expect([session, destruction].map((step) => step.if)).toEqual(['always()', 'always()']);
  expect(session.uses).toContain('configure-aws-credentials');
  expect(destruction.run).toMatch(/^npx projen integ .* --destroy$/);
  // Each ends by itself before it is ended, within its session; and the job ends last.
  expect(minutes[0]).toBeGreaterThan(WORK / MINUTE);
  expect(minutes[1]).toBeGreaterThan(DESTRUCTION / MINUTE);
  expect(Math.max(...minutes) * 60).toBeLessThan(session.with['role-duration-seconds']);
  expect(minutes[0] + minutes[1]).toBeLessThan(jobEnds);
});

test('each action is fixed to a commit, or to a tag of a release that projen knows to be immutable', () => {
  const used = STEPS.flatMap(([step, { uses }]) => uses ? [[step, uses]] : []);
  const list = readFileSync('node_modules/projen/lib/github/actions.const.d.ts', 'utf-8');
  const immutable = [...list.matchAll(/\(immutable\) \*\/\s.* = "([^"]+)";/g)].map(([, ref]) => ref);

  expect(used.length).toBeGreaterThan(20);
  expect(used.filter(([, uses]) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(uses) && !immutable.includes(uses))).toEqual([]);
});

test('nothing runs the newest of whatever there is', () => {
  expect(STEPS.filter(([, { run }]) => /@latest|@next/.test(run ?? ''))).toEqual([]);
});

test('each job says what it may do, and only the release and its announcement may write to the repository', () => {
  expect(JOBS.filter(([, { permissions }]) => !permissions).map(([job]) => job)).toEqual([]);
  expect(JOBS.filter(([, { permissions }]) => permissions.contents === 'write').map(([job]) => job)).toEqual(['release.yml: release', 'release.yml: release_github']);
});

test('what may see secrets runs no code of a pull request', () => {
  const privileged = WORKFLOWS.filter(([, { on }]) => 'pull_request_target' in on);

  expect(privileged.map(([file]) => file)).toEqual(['pull-request-lint.yml']);
  expect(JSON.stringify(privileged)).not.toContain('actions/checkout');
});

test('an upgrade takes nothing younger than a week', () => {
  const { upgrade } = JSON.parse(readFileSync('.projen/tasks.json', 'utf-8')).tasks;

  expect(upgrade.env.NPM_CONFIG_BEFORE).toContain(String(7 * 24 * 60 * 60 * 1000));
  expect(JSON.stringify(upgrade.steps)).toContain('--cooldown=7');
});

test('an upgrade also raises the newest peers, and what the docs say of them', () => {
  const { upgrade, 'post-upgrade': postUpgrade } = JSON.parse(readFileSync('.projen/tasks.json', 'utf-8')).tasks;

  expect(upgrade.steps.at(-1)).toEqual({ spawn: 'post-upgrade' });
  expect(postUpgrade.steps).toEqual([
    { exec: expect.stringMatching(/^npm install --save-exact .*aws-cdk-lib@2 constructs@10$/), cwd: 'compat/newest' },
    { spawn: 'docs:versions' },
  ]);
});

test('an upgrade can raise whatever has no reason to stay', () => {
  const fixed = Object.entries<string>(devDependencies).filter(([, version]) => /^\d/.test(version)).map(([name]) => name);

  expect(fixed).toEqual(['aws-cdk-lib', 'awslint', 'constructs']); // the floors; and a pre-release, which no range matches
});

test('the inputs of people reach scripts as variables, never as text', () => {
  expect(STEPS.filter(([, { run }]) => /\$\{\{\s*(inputs|github\.event)\./.test(run ?? '')).map(([step]) => step)).toEqual([]);
});
