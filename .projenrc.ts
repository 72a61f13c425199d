import { awscdk, javascript, TextFile } from 'projen';
import { completeWorkflows, RELEASE } from './projenrc/workflows';

const CDK_FLOOR = '2.271.0'; // the first release in which an acknowledgement silences one resource only, also before the finding
const CONSTRUCTS_FLOOR = '10.5.1'; // the first with `.with(mixin)` as aws-cdk-lib at the floor uses it

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-lambda-managed-instances',
  description: 'Run AWS Lambda functions on Lambda Managed Instances with the AWS CDK: network, capacity provider, functions, checks and dashboards',
  author: 'cdk-lambda-managed-instances maintainers',
  authorAddress: 'https://github.com/cdk-lambda-managed-instances',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-lambda-managed-instances/cdk-lambda-managed-instances.git',
  defaultReleaseBranch: 'main',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk-lambda-managed-instances maintainers',
  copyrightPeriod: '2026',
  keywords: ['cdk', 'awscdk', 'aws-cdk', 'lambda', 'lambda-managed-instances', 'managed-instances', 'capacity-provider', 'ec2', 'gpu', 'cloudwatch'],

  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  projenVersion: '^0.103.25',
  bin: { 'cdk-lambda-managed-instances': 'lib/cli/main.js' },
  cdkVersion: CDK_FLOOR,
  constructsVersion: CONSTRUCTS_FLOOR,
  cdkCliVersion: '^2.1148.1',
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.3', // jsii 6.0 compiles with TypeScript 6.0 only
  minNodeVersion: '20.16.0', // that of jsii 6.0, with which this is compiled
  tsconfigDevFile: 'tsconfig.dev.json',
  sampleCode: false,
  integrationTestAutoDiscover: false, // test/integ has a runner of its own, see TESTING.md
  ...RELEASE,
  // Source maps are left out to keep the package small: they would contain each source file again, and compiled code reads like its source.
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } },
  compressAssembly: true,
  devDeps: [
    // The packages of the examples, the linters and the tools. The lock file fixes their versions, and the workflow `upgrade-main` raises them within
    // these ranges.
    '@aws-lambda-powertools/logger@^2.34.0',
    '@resvg/resvg-js@^2.6.2',
    '@types/aws-lambda',
    '@types/luxon@^3.7.1',
    '@types/node@^20',
    'ajv@^6.15.0',
    'aws-cdk@^2.1148.1', // never `latest`: the highest number on npm is an old build published by mistake
    'awslint@2.262.2-alpha.0', // no range matches another pre-release
    'cdk-fck-nat@^1.6.22',
    'cdk-nag@^3.0.2',
    '@cdklabs/cdk-validator-cfnguard@^0.0.62',
    // Parts of jest with which the search for surviving mutants runs tests in a long-lived process.
    ...['@jest/expect', '@jest/fake-timers', '@jest/types', 'jest-circus', 'jest-mock', 'jest-snapshot'].map((part) => `${part}@^30.5.1`),
    'echarts@^6.1.0',
    'esbuild@^0.28.2',
    'eslint-plugin-jsdoc@^50',
    'fast-check@^4.10.2',
    'luxon@^3.7.2',
    // These check the links of the pages.
    'remark-cli@^12.0.1',
    'remark-gfm@^4.0.1',
    'remark-validate-links@^13.1.0',
    'yaml@^2.9.1',
  ],

  typecheckTests: true, // ts-jest only transpiles: without this a test with a type error passes
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    // Rehearsals measure processes, so they run separately, one after the other: see `test:rehearsal`.
    extraCliOptions: ['--testPathIgnorePatterns=/node_modules/', '--testPathIgnorePatterns=test/rehearsal/'],
    jestConfig: {
      maxWorkers: 2,
      setupFiles: ['<rootDir>/test/jest-setup.ts'],
      moduleNameMapper: {
        '^cdk-lambda-managed-instances$': '<rootDir>/src',
        '^cdk-lambda-managed-instances/rehearse$': '<rootDir>/src/rehearsal',
      },
    },
  },

  publishToPypi: { distName: 'cdk-lambda-managed-instances', module: 'cdk_lambda_managed_instances', trustedPublishing: true },
  publishToMaven: {
    javaPackage: 'io.github.cdklambdamanagedinstances',
    mavenGroupId: 'io.github.cdk-lambda-managed-instances',
    mavenArtifactId: 'cdk-lambda-managed-instances',
  },
  publishToGo: {
    moduleName: 'github.com/cdk-lambda-managed-instances/cdk-lambda-managed-instances-go',
    packageName: 'cdklambdamanagedinstances',
    githubUseSsh: true, // a deploy key opens that one repository; a token would open more
  },
  publishToNuget: { dotNetNamespace: 'CdkLambdaManagedInstances', packageId: 'CdkLambdaManagedInstances', trustedPublishing: true },
});

// The lock file must install from whatever registry the machine uses.
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
// No dependency of the build needs an install script, and such a script could do anything in a job with secrets.
project.npmrc.addConfig('ignore-scripts', 'true');
// The platform packages of newer releases aren't available everywhere, and `npm ci` refuses a lock file that lacks one.
project.package.addField('overrides', { 'unrs-resolver': '1.12.2' });
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

for (const tool of ['lazy-modules', 'slim-types', 'slim-code', 'bundle-core']) project.compileTask.exec(`ts-node --transpile-only --project tsconfig.dev.json tools/${tool}.ts`);
// The other packages that the command needs are bundled, because this package has no dependencies at run time.
project.compileTask.spawn(project.addTask('bundle:command', {
  description: 'Bundle into the compiled command what it needs of other packages, and their licenses',
  exec: 'ts-node --transpile-only --project tsconfig.dev.json tools/bundle-command.ts lib',
}));

// Examples in README and docstrings compile, or the build fails.
project.package.addField('jsii', {
  ...(project.package as any).manifest?.jsii,
  metadata: { jsii: { rosetta: { strict: true } } },
});
project.postCompileTask.spawn(project.addTask('rosetta:check', {
  description: 'Compile the examples in README and docstrings',
  exec: 'jsii-rosetta extract --strict',
}));
project.postCompileTask.spawn(project.addTask('rules', {
  description: 'Generate RULES.md and the page of limits from the tables',
  exec: 'ts-node --project tsconfig.dev.json tools/generate-rules.ts RULES.md docs/limits.md',
}));
project.postCompileTask.spawn(project.addTask('docs:shown', {
  description: 'Write the error and the plans that README and docs show',
  exec: 'ts-node --project tsconfig.dev.json tools/generate-shown.ts README.md docs/checks.md docs/sizing-and-cost.md',
}));
const docsVersions = project.addTask('docs:versions', {
  description: 'Write the versions that the tests run with into the docs',
  exec: 'ts-node --project tsconfig.dev.json tools/generate-versions.ts docs/versioning.md',
});
project.postCompileTask.spawn(docsVersions);
/**
 * Props whose type is intentionally an L2 or a class, because we read properties that an `I…Ref` doesn't have, or because CDK's own constructs
 * require them.
 */
const AWSLINT_EXCLUDES: Record<string, string[]> = {
  'prefer-ref-interface': [
    ...['AddAlarmsOptions', 'AddDashboardOptions', 'ManagedInstancesAlarmsProps', 'ManagedInstancesDashboardProps'].map((props) => `${props}.versions`), // the number and the function of each are read
    'ManagedInstancesNetworkProps.vpc', // its subnets are selected
    'ManagedInstancesProps.kmsKey', // CDK's CapacityProvider takes an IKey
    'ManagedInstancesProps.operatorRole', // CDK's CapacityProvider takes an IRole
    'ManagedInstancesProps.securityGroups', // `connections` adds rules to them
    'ManagedInstancesProps.vpc', // its subnets are selected
    'PauseOnScheduleOptions.deadLetterQueue', // the role of the schedule may send to it
    'ScaleOnScheduleOptions.deadLetterQueue', // as there
  ],
  'ref-via-interface': ['AddDashboardOptions.dashboard', 'ManagedInstancesDashboardProps.dashboard'], // an IDashboard takes neither widgets nor variables
};
project.package.addField('awslint', {
  exclude: [
    '*:aws-cdk-lib.*', // reached through our props; not ours to change
    ...Object.entries(AWSLINT_EXCLUDES).flatMap(([rule, props]) => props.map((prop) => `${rule}:${project.name}.${prop}`)),
  ],
});
project.postCompileTask.spawn(project.addTask('awslint', {
  description: 'Check the API against the rules of the AWS Construct Library',
  // awslint prints each of the hundreds of elements that it skips, even in quiet mode.
  exec: 'bash -c "set -o pipefail; awslint 2>&1 | { grep -v \'^skipped: \' || true; }"',
}));

// `build` packs for JavaScript; the other languages need their own toolchains (`npx projen package-all`).
project.packageTask.reset();
project.packageTask.spawn(project.tasks.tryFind('package:js')!);

// Without this, the examples in the packages for other languages are in TypeScript, because the translations of `rosetta:check` aren't in the tarball
// from which those packages are generated.
for (const language of ['python', 'java', 'dotnet', 'go']) {
  project.tasks.tryFind(`package:${language}`)!.reset(`jsii-pacmak -v --target ${language} --rosetta-unknown-snippets=translate`);
}

project.npmignore?.exclude('AGENTS.md');

// Only the index and the rehearsal for tests are API. The entries also let the examples import the package by its name.
// Users who have only a template run the command without the peers: npm installs optional peers only if another package requires them.
project.package.addField('peerDependenciesMeta', { 'aws-cdk-lib': { optional: true }, 'constructs': { optional: true } });
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './rehearse': { types: './lib/rehearsal/index.d.ts', default: './lib/rehearsal/index.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
});
project.tsconfigDev.addInclude('.projenrc.ts');
project.tsconfigDev.file.addOverride('compilerOptions.paths', {
  [project.name]: ['./src/index.ts'],
  [`${project.name}/rehearse`]: ['./src/rehearsal/index.ts'],
});

/** The rooms that a room may import besides itself. Arrows never point upward; see ARCHITECTURE.md. */
const TABLES = ['service'];
const ARITHMETIC = [...TABLES, 'sizing', 'prices', 'catalog'];
const READING = [...ARITHMETIC, 'reading'];
const RULES = [...READING, 'rules'];
const JUDGING = [...RULES, 'registry', 'judging'];
const ROOMS: Record<string, string[]> = {
  service: [],
  sizing: TABLES,
  // A price follows from the vCPUs of a type.
  prices: [...TABLES, 'catalog'],
  catalog: TABLES,
  // Rehearsals don't import CDK; see the restriction below.
  rehearsal: TABLES,
  reading: ARITHMETIC,
  registry: READING,
  rules: RULES,
  judging: JUDGING,
  planning: JUDGING,
  provider: JUDGING,
  network: JUDGING,
  instances: JUDGING,
  monitoring: [...JUDGING, 'planning'],
  scheduling: [...JUDGING, 'planning'],
  functions: [...JUDGING, 'monitoring', 'scheduling'],
  mixins: [...JUDGING, 'functions'],
  checks: [...JUDGING, 'planning', 'monitoring', 'functions'],
  // The report is the page that the command writes.
  report: [...RULES, 'planning'],
  migration: [...JUDGING, 'planning'],
};

const eslint = project.eslint!;
// One TypeScript project for all: the project service would look for a tsconfig.json in each folder.
eslint.config.parserOptions = { ecmaVersion: 2022, sourceType: 'module', project: './tsconfig.dev.json' };
eslint.addPlugins('eslint-plugin-jsdoc');
eslint.addRules({
  'import/no-restricted-paths': ['error', {
    zones: [
      ...Object.entries(ROOMS).map(([room, known]) => ({
        target: `./src/${room}`,
        from: './src',
        except: [...new Set([room, ...known])].map((name) => `./${name}`),
        message: `src/${room} may know ${known.join(', ') || 'nothing'} only: arrows never point upward (ARCHITECTURE.md).`,
      })),
      // The code that reads constructs is in a folder of its own, so that rules and the reading of templates don't import CDK, not even indirectly.
      ...['./src/rules', './src/reading/!(constructs)', './src/reading/!(constructs)/**'].map((target) => ({
        target, from: './src/reading/constructs', message: 'This knows no constructs (ARCHITECTURE.md).',
      })),
      ...['report', 'cli'].map((room) => (
        { target: './src/*.ts', from: `./src/${room}`, message: `Nothing may know src/${room}, of the command: arrows never point upward (ARCHITECTURE.md).` }
      )),
    ],
  }],
  'import/order': ['error', {
    'groups': ['builtin', 'external'],
    'alphabetize': { order: 'asc', caseInsensitive: true },
    'newlines-between': 'never',
  }],
  'jsdoc/check-alignment': 'error',
  'jsdoc/check-param-names': 'error',
  'jsdoc/no-types': 'error',
  'jsdoc/require-description': ['error', { checkConstructors: false }],
});
eslint.addOverride({
  files: ['examples/**/*.ts', 'tools/**/*.ts'],
  rules: { 'import/no-extraneous-dependencies': ['error', { devDependencies: true, peerDependencies: true }] },
});
// The command and the rehearsal run where aws-cdk-lib and constructs aren't installed.
eslint.addOverride({
  files: [
    ...['cli', 'report', 'rehearsal', 'service', 'sizing', 'prices', 'catalog', 'rules', 'reading', 'planning'].map((room) => `src/${room}/**/*.ts`),
    'src/checks/judge-app.ts',
  ],
  excludedFiles: ['reading', 'planning'].map((room) => `src/${room}/constructs/**`),
  // Type-only imports are erased, so they are allowed.
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [{ group: ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs'], message: 'This knows no CDK.', allowTypeImports: true }] }] },
});
// The imports of the command are bundled, so they may be development dependencies.
eslint.allowDevDeps('src/@(cli|report)/**');
eslint.allowDevDeps('examples/**');
eslint.config.settings['import/resolver'].typescript.project = './tsconfig.dev.json';
eslint.addLintPattern('examples');
eslint.addLintPattern('tools');

// These are tests of user apps. They run with ours.
project.jest!.addTestMatch('<rootDir>/examples/@(snapshot-test|moving-to-managed-instances)/*.test.ts');

// Handlers are rehearsed under AWS's own runtime clients. These aren't dependencies: the package neither contains nor downloads them.
const runtimeClients = project.addTask('runtime-clients', {
  description: 'Install the runtime clients that tests rehearse handlers with, from npm, PyPI and Maven Central, into .cache',
  exec: 'ts-node --project tsconfig.dev.json tools/install-runtime-clients.ts',
});
project.testTask.prependSpawn(runtimeClients);
project.testTask.spawn(project.addTask('test:rehearsal', {
  description: 'Rehearse the handlers of the tests, with nothing beside them',
  exec: 'jest --ci --coverage=false --runInBand test/rehearsal',
}));
const libraries = project.addTask('libraries', {
  description: 'Try libraries with many requests at once, and write what came of it into docs/libraries.md (--: a part of a name tries those only)',
});
libraries.spawn(runtimeClients);
libraries.exec('ts-node --project tsconfig.dev.json tools/libraries.ts docs/libraries.md', { receiveArgs: true });

const QUICKSTART = 'examples/quickstart';
const example = project.addTask('example', {
  description: 'Build the package, synthesise the quickstart offline and say what was made',
  env: { CDK_DISABLE_CLI_TELEMETRY: 'true' },
});
example.spawn(project.compileTask);
example.exec('cdk synth --quiet', { cwd: QUICKSTART });
example.exec(`ts-node --project tsconfig.dev.json tools/describe-assembly.ts ${QUICKSTART}/cdk.out`);

// The same tests against the newest peers: the floor is what `npm test` runs with.
// Their versions are in its package.json. An upgrade raises them there and in the other places that name them.
const NEWEST = 'compat/newest';
new TextFile(project, `${NEWEST}/.npmrc`, { lines: ['omit-lockfile-registry-resolved=true', 'ignore-scripts=true'] });
// jsii-docgen reads each assembly below the root, and would describe the newest peers instead of the floor.
project.tasks.tryFind('docgen')!.prependExec(`node -e "require('fs').rmSync('${NEWEST}/node_modules', { recursive: true, force: true })"`);
const newest = (name: string) => `<rootDir>/${NEWEST}/node_modules/${name}$1`;
const testNewest = project.addTask('test:newest', { description: 'Run the tests against the newest aws-cdk-lib and constructs' });
testNewest.exec('npm ci --no-audit --no-fund', { cwd: NEWEST });
// A rehearsal doesn't import CDK.
testNewest.exec(`jest --ci --coverage=false --testPathIgnorePatterns=/node_modules/ --testPathIgnorePatterns=test/rehearsal/ --moduleNameMapper='${JSON.stringify({
  '^aws-cdk-lib(/.*)?$': newest('aws-cdk-lib'),
  '^constructs(/.*)?$': newest('constructs'),
  '^cdk-lambda-managed-instances$': '<rootDir>/src',
  '^cdk-lambda-managed-instances/rehearse$': '<rootDir>/src/rehearsal',
})}'`);

const postUpgrade = project.tasks.tryFind('post-upgrade')!;
postUpgrade.exec('npm install --save-exact --no-audit --no-fund aws-cdk-lib@2 constructs@10', { cwd: NEWEST });
postUpgrade.spawn(docsVersions);

project.addTask('generate:catalog', {
  description: 'Write the catalogue of EC2 instance types from tools/data',
  exec: 'ts-node --project tsconfig.dev.json tools/generate-catalog.ts',
});
project.addTask('generate:prices', {
  description: 'Write the table of on-demand prices from tools/data',
  exec: 'ts-node --project tsconfig.dev.json tools/generate-prices.ts',
});
project.addTask('bench:instances', {
  description: 'Say what selecting instances costs, in time and in bytes of the package; after a compile',
  exec: 'ts-node --project tsconfig.dev.json tools/bench-instances.ts',
});
const PREVIEW = 'node_modules/.cache/preview-dashboard.js';
const preview = project.addTask('preview', {
  description: 'Draw the dashboard of an example with made-up data: docs/dashboard.svg, its upper part for the README, and a PNG',
  env: { CDK_VALIDATION: 'false' },
});
preview.exec(`esbuild tools/preview-dashboard.ts --bundle --platform=node --packages=external --alias:${project.name}=./src --log-level=warning --outfile=${PREVIEW}`);
preview.exec(`node ${PREVIEW}`);
const bench = project.addTask('bench', {
  description: 'Count what a fleet costs against code by hand, and hold it to what is promised; after a compile (--write: into docs/benchmark.md, --profile)',
});
// The benchmark is bundled to plain JavaScript, because the calls of a compiling loader would be counted, too. It isn't in node_modules, where a
// package can't import itself.
bench.exec('esbuild tools/bench.ts tools/bench-process.ts --bundle --platform=node --packages=external --log-level=warning --outdir=.cache');
bench.exec('node .cache/bench.js', { receiveArgs: true });

const compat = project.tasks.tryFind('compat')!;
compat.reset('ts-node --project tsconfig.dev.json tools/compat.ts', { receiveArgs: true });
compat.description = 'Look for breaking changes of the API since the newest release, or since a version, git reference or assembly that is given; after a compile';
project.addTask('integ', {
  description: 'Deploy a test of test/integ to your AWS account, ask AWS whether it works, and destroy it (costs money)',
  exec: 'ts-node --project tsconfig.dev.json tools/integ.ts',
  env: { CDK_DISABLE_CLI_TELEMETRY: 'true' },
  receiveArgs: true,
});

project.addTask('test:package', {
  description: 'Use the packed tarball from a new app outside the repository',
  exec: 'ts-node --project tsconfig.dev.json tools/test-package.ts',
});

project.addTask('test:languages', {
  description: 'Use the package from TypeScript, Python, Java and Go, and compare the templates byte for byte',
  exec: 'ts-node --project tsconfig.dev.json tools/test-languages.ts',
  receiveArgs: true,
});

const PLANNER = '.cache/bench-planner.js';
const benchPlanner = project.addTask('bench:planner', {
  description: 'Say how long the planner takes for 1,000 functions and the whole catalogue',
});
benchPlanner.exec(`esbuild tools/bench-planner.ts --bundle --platform=node --packages=external --log-level=warning --outfile=${PLANNER}`);
benchPlanner.exec(`node ${PLANNER}`);
project.addTask('mutate', {
  description: 'Break src, one thing at a time, and look whether a test fails (all of it takes hours; goes on where it was stopped)',
  exec: 'ts-node --project tsconfig.dev.json tools/mutation/mutate.ts',
  receiveArgs: true,
});
project.addTask('mutate:sample', {
  description: 'Break forty things in src, chosen by the commit, and fail if the tests notice fewer than 34',
  exec: 'ts-node --project tsconfig.dev.json tools/mutation/mutate.ts --sample 40 --least 34 --except src/rehearsal/',
});
project.addTask('test:deploy', {
  description: 'Deploy to an AWS on loopback with the real CDK CLI, and ask boto3 what is there; after a compile (-- folder of templates)',
  exec: 'ts-node --project tsconfig.dev.json tools/deploy/deploy.ts',
  receiveArgs: true,
});

project.addTask('proof', {
  description: 'Hold all templates of tests and examples against cfn-lint and AWS\'s API models, and our tables against the same (-- folder of templates)',
  exec: 'ts-node --project tsconfig.dev.json tools/proof/prove.ts',
  receiveArgs: true,
});

project.addTask('scan', {
  description: 'Hold what checkov reports of a fleet against the table in the docs',
  exec: 'ts-node --project tsconfig.dev.json tools/scan/scan.ts',
});

project.gitignore.exclude('.jsii.gz', '.jsii.tabl.json', 'cdk.out', 'docs/dashboard.png');
project.npmignore?.exclude('.cache', '.jsii.tabl.json', 'rosetta', 'examples', 'tools', 'compat', '.compatignore', '.ci', 'docs', 'schema', 'cdk.out', 'API.md', 'RULES.md', 'CHANGELOG.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'TESTING.md');
// The files that running the examples in place leaves behind.
project.gitignore.exclude('.venv', '__pycache__', 'examples/languages/go/go.sum', 'examples/languages/java/target');

completeWorkflows(project);

project.synth();
