import { awscdk, github, javascript, JsonPatch, release } from 'projen';

/**
 * The version of Node.js that publishes. npm's trusted publishing needs npm 11.5.1, which comes with Node.js 24; the package itself runs on
 * `minNodeVersion` or later.
 */
export const WORKFLOW_NODE = '24';
/**
 * The versions of Node.js between the lowest supported one and `WORKFLOW_NODE`. The tests run on these, and on the lowest supported release itself,
 * rather than on the newest of its line.
 */
const NODES_BETWEEN = ['22'];
/** The days that a release must have been out before it is used, which is long enough for a bad one to be found and withdrawn. */
const COOLDOWN = 7;
/** The version of the publisher. It may act as this repository, so it is never `latest`. */
const PUBLIB = '0.2.1061';
/**
 * The toolchains that `test:languages` needs besides Node.js and Maven, which runners have. Without fixed versions, a build would depend on the
 * current image of the runner.
 */
const TOOLCHAINS: github.workflows.JobStep[] = [
  { name: 'Setup Python', uses: github.ActionRefs.ACTIONS_SETUP_PYTHON, with: { 'python-version': '3.13' } },
  { name: 'Setup Java', uses: github.ActionRefs.ACTIONS_SETUP_JAVA, with: { 'distribution': 'corretto', 'java-version': '17' } },
  { name: 'Setup Go', uses: github.ActionRefs.ACTIONS_SETUP_GO, with: { 'go-version': '1.25', 'cache': false } },
];
/** The commits of the actions that projen pins by a tag (looked up on 2026-11-28). A newer tag needs a line here. */
const COMMITS: Record<string, string> = {
  'actions/create-github-app-token@v3.2.0': 'bcd2ba49218906704ab6c1aa796996da409d3eb1',
  'actions/setup-dotnet@v6.0.0': 'a98b56852c35b8e3190ac28c8c2271da59106c68',
  'actions/setup-go@v7.0.0': 'b7ad1dad31e06c5925ef5d2fc7ad053ef454303e',
  'actions/setup-java@v6.0.0': 'dd06d9cba3e5552c54d9f8ea23572deb30010f7c',
  'actions/setup-node@v7.0.0': '820762786026740c76f36085b0efc47a31fe5020',
  'actions/setup-python@v7.0.0': '5fda3b95a4ea91299a34e894583c3862153e4b97',
  'aws-actions/configure-aws-credentials@v6.2.3': 'e6de054238d6b7531b4efff3b6587d9aade6a06c',
  'peter-evans/create-pull-request@v8.1.1': '5f6978faf089d4d20b00c7766989d076bb2fc7f1',
};
const COMMIT_TYPES = ['feat', 'fix', 'perf', 'refactor', 'docs', 'test', 'build', 'ci', 'chore', 'revert'];

/** The project's options about GitHub and the registries. */
export const RELEASE = {
  github: true,
  githubOptions: {
    mergify: false,
    projenCredentials: github.GithubCredentials.fromApp(), // tokens that last for an hour, for the upgrade's pull requests
    pullRequestLintOptions: { semanticTitleOptions: { types: COMMIT_TYPES } },
  },
  pullRequestTemplate: true,
  pullRequestTemplateContents: [
    'Closes #',
    '',
    '<!-- What changes for a user, and why. The title is a conventional commit: it becomes a line of the release notes. -->',
    '',
    '- [ ] `bash .ci/run` passes',
    '- [ ] construct ids, logical ids, defaults and rule codes are as before, or the title says `!` and docs/versioning.md is followed',
    '- [ ] CHANGELOG.md has a line, if a user notices',
  ],

  release: true,
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(), // five registries: a person says when
  releaseEnvironment: 'release', // holds the secrets, and asks a maintainer
  majorVersion: 0, // nothing leaves 0.x by accident; see docs/versioning.md
  // Without a tag projen would publish 0.0.0.
  nextVersionCommand: 'node -p "process.env.VERSION === \'0.0.0\' ? \'0.1.0\' : \'\'"',
  bumpPackage: 'commit-and-tag-version@^12', // 13 needs Node.js 22
  npmTrustedPublishing: true,
  workflowNodeVersion: WORKFLOW_NODE,
  workflowPackageCache: false, // what is published comes from the lock file, not from an earlier run
  jsiiReleaseVersion: PUBLIB,
  postBuildSteps: [{ name: 'compat', run: 'npx projen compat' }],
  buildWorkflowOptions: { mutableBuild: false, permissions: { contents: github.workflows.JobPermission.READ } },

  depsUpgrade: true,
  depsUpgradeOptions: {
    cooldown: COOLDOWN,
    workflowOptions: {
      schedule: javascript.UpgradeDependenciesSchedule.WEEKLY,
      labels: ['dependencies'],
    },
  },
} satisfies Partial<awscdk.AwsCdkConstructLibraryOptions>;

/** Adds the parts that projen's own workflows lack. */
export function completeWorkflows(project: awscdk.AwsCdkConstructLibrary): void {
  pinActions(project);
  runContinuousIntegration(project);
  testOnOtherNodes(project);
  deployIntegrationTest(project);
}

/**
 * Pins actions to commits, because a tag can be moved to other code and a commit can't. An action without a commit here keeps its tag, and a test
 * fails.
 */
function pinActions(project: awscdk.AwsCdkConstructLibrary): void {
  for (const [action, commit] of Object.entries(COMMITS)) project.github!.actions.set(action, `${action.split('@')[0]}@${commit}`);
}

/** The build workflow runs `.ci/run`, which anyone can run and which installs everything itself. */
function runContinuousIntegration(project: awscdk.AwsCdkConstructLibrary): void {
  const workflow = project.buildWorkflow!.workflow;
  workflow.on({ push: { branches: ['main'] } });
  workflow.file!.patch(
    // This fails if projen moves a step.
    JsonPatch.test('/jobs/build/steps/3/run', project.runTaskCommand(project.buildTask)),
    JsonPatch.replace('/jobs/build/steps/3', { name: 'build', run: 'bash .ci/run' }),
    JsonPatch.test('/jobs/build/steps/2/name', 'Install dependencies'),
    JsonPatch.remove('/jobs/build/steps/2'),
    ...TOOLCHAINS.map((step, index) => JsonPatch.add(`/jobs/build/steps/${2 + index}`, { ...step, uses: project.github!.actions.get(step.uses!) })),
  );
}

/** The build runs on one version of Node.js. The tests also run on the lowest supported version and on those in between. */
function testOnOtherNodes(project: awscdk.AwsCdkConstructLibrary): void {
  project.buildWorkflow!.workflow.addJob('node', {
    name: 'node ${{ matrix.node }}',
    runsOn: ['ubuntu-latest'],
    permissions: { contents: github.workflows.JobPermission.READ },
    env: { CI: 'true' },
    strategy: { failFast: false, matrix: { domain: { node: [project.minNodeVersion!, ...NODES_BETWEEN] } } },
    steps: [
      github.WorkflowSteps.checkout(),
      { name: 'Setup Node.js', uses: github.ActionRefs.ACTIONS_SETUP_NODE, with: { 'node-version': '${{ matrix.node }}' } },
      { name: 'Install dependencies', run: 'npm ci' },
      { name: 'compile', run: project.runTaskCommand(project.compileTask) },
      { name: 'test', run: project.runTaskCommand(project.testTask) },
    ],
  });
}

/** Returns a step that gets AWS credentials for two hours, which the role must allow. */
function assumeRole(name: string, options: object = {}): github.workflows.JobStep {
  return {
    name,
    uses: github.ActionRefs.AWS_ACTIONS_CONFIGURE_AWS_CREDENTIALS,
    with: { 'role-to-assume': '${{ vars.INTEG_ROLE_ARN }}', 'aws-region': '${{ vars.INTEG_REGION }}', 'role-duration-seconds': 7200, ...options },
  };
}

/** The workflow of the integration tests. It is started only by hand, because it deploys resources that cost money. */
function deployIntegrationTest(project: awscdk.AwsCdkConstructLibrary): void {
  const workflow = new github.GithubWorkflow(project.github!, 'integ', { limitConcurrency: true });
  workflow.on({ workflowDispatch: { inputs: { test: { description: 'Name of the test in test/integ, such as default-fleet', required: true, type: 'string' } } } });
  const env = { TEST: '${{ inputs.test }}' };
  workflow.addJob('integ', {
    runsOn: ['ubuntu-latest'],
    environment: 'integ',
    timeoutMinutes: 180, // more than its steps together: where the job itself times out, nothing is destroyed
    permissions: { contents: github.workflows.JobPermission.READ, idToken: github.workflows.JobPermission.WRITE },
    steps: [
      github.WorkflowSteps.checkout(),
      { name: 'Setup Node.js', uses: github.ActionRefs.ACTIONS_SETUP_NODE, with: { 'node-version': WORKFLOW_NODE } },
      { name: 'Install dependencies', run: 'npm ci' },
      assumeRole('Assume the role of the test account'),
      { name: 'integ', run: 'npx projen integ "$TEST" --keep', env, timeoutMinutes: 90 },
      // This also runs after a failure or a time-out, with a new session, and because of `always()` even after the run was cancelled.
      { ...assumeRole('Assume it again', { 'unset-current-credentials': true }), if: 'always()' },
      { name: 'destroy', run: 'npx projen integ "$TEST" --destroy', env, if: 'always()', timeoutMinutes: 80 },
    ],
  });
}
