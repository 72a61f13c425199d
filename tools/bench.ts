import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IPolicyValidationPlugin } from 'aws-cdk-lib';
import { anonymous, BY_HAND, LIBRARY, Size, synthesise, synthesiseForeign, Variant } from './bench-cases';
import { printProfile } from './bench-profile';
import { benchWatched } from './bench-watched';
import { calledFunctions, sumOfCalls } from './counted-calls';
import { readSection, replaceSection } from './generated-section';
import { firstOtherFigure } from './same-figures';
import { ManagedInstancesChecks } from 'cdk-lambda-managed-instances';

/**
 * Measures the cost of the compiled package, and fails if it exceeds a promised limit. Run `npx projen compile` first:
 *
 * - `npm run bench` prints and checks the figures, and checks that the table in docs/benchmark.md has the same, except for the last digit;
 * - `npm run bench -- --write` also writes the table in docs/benchmark.md, between `<!-- bench -->` and `<!-- /bench -->`;
 * - `npm run bench -- --profile` instead lists the calls that a fleet makes and code by hand doesn't.
 *
 * The yardstick is code by hand with CDK's own constructs that creates the same resources with the same properties, which is checked first. V8 counts
 * the calls from `new App()` to the end of `app.synth()`, with the modules loaded and CDK's validator off. Unlike times, calls are the same in each
 * run, so there are no limits on time. Each function has code from a folder, a role and a log group.
 *
 * Run it after a change of the work for each function (a rule, a fact, a plan), and use `--profile` if `calls` exceeds its limit. A function costs
 * CDK some 17,000 calls, so 3 % are about 510, and 493 are used (2026-11-28). These were expensive before: asking CDK whether a string is a token (a
 * dozen calls; `isToken` asks only if it may be one), walking the whole app (for each fleet, and six calls for each construct), taking references
 * apart (25), rules whose findings are never printed, packing a fleet that has room anyway, and reading the shared provider again for each function.
 * Of the 3,100 calls of a fleet itself, 1,800 come from its construct ids, which are one level deeper than those by hand; they are API.
 */
const SIZES: Size[] = [1, 10, 40, 75].map((functions) => ({ fleets: 1, functions })).concat({ fleets: 2, functions: 75 });
/** A plugin that does nothing, because any plugin costs something, and CDK's own validator is one. */
const NOTHING: IPolicyValidationPlugin = { name: 'nothing', validate: () => ({ success: true, violations: [] }) };
const CHECKS = new ManagedInstancesChecks();
/** A synthesis without the checks, and one with them. */
const CHECKS_OF_FOREIGN = [NOTHING, CHECKS];
const FOREIGN = 20_000;
const VARIANTS = {
  byHand: { make: BY_HAND },
  fleet: { make: LIBRARY },
  byHandWithOptions: { make: BY_HAND, options: true },
  fleetWithOptions: { make: LIBRARY, options: true },
  byHandWithTags: { make: BY_HAND, tags: true },
  fleetWithTags: { make: LIBRARY, tags: true },
  byHandWithDashboard: { make: BY_HAND, dashboard: true },
  fleetWithDashboard: { make: LIBRARY, dashboard: true },
  withPlugin: { make: LIBRARY, plugin: NOTHING },
  withChecks: { make: LIBRARY, plugin: CHECKS },
  dashboardWithPlugin: { make: LIBRARY, dashboard: true, plugin: NOTHING },
  dashboardWithChecks: { make: LIBRARY, dashboard: true, plugin: CHECKS },
};

/** The promised limits. */
const PROMISED = {
  /** The calls of a fleet, divided by those by hand. Unlike in the table, they aren't rounded. */
  calls: 1.03,
  /** The same ratio if functions are attached with options, or if the stack has tags. */
  callsWithMore: 1.035,
  /** The bytes of the template, divided by those by hand, from this number of functions on. */
  bytes: 1.03,
  bytesSince: 40,
  /** The bytes that each fleet of any size adds to the template, because its construct ids are longer than those by hand. */
  longerIds: 700,
  /** Both ratios with a dashboard, for a large fleet. A small fleet has rows for each function. */
  dashboard: 0.7,
  dashboardSince: 40,
  /** The factor by which the checks increase the calls of a synthesis. */
  checks: 1.1,
  /** The same factor for an app of unrelated resources. */
  checksOfForeign: 1.02,
  /** The share by which the calls for each further function may differ. */
  growth: 0.02,
  /** The size of the unpacked package without the command, in bytes. */
  unpackedPackage: 1_000_000,
  unpackedCommand: 1_200_000,
  /** The files of the package that a process with one function loads: the index, and a file with everything that is always loaded. */
  loadedFiles: 3,
};

/** The number of comparisons of a process with one by hand, and the goal for the ratio of their CPU times. */
const PAIRS = 15;
const GOAL_OF_CPU = 1.08;

/** Matches the files that only the command and rehearsals load. */
const COMMAND = /^(lib\/(cli|report|rehearsal|reading\/sam)|assets)\//;

interface Figures {
  readonly size: Size;
  readonly calls: Record<keyof typeof VARIANTS, number>;
  readonly bytes: Record<keyof typeof VARIANTS, number>;
}

process.env.CDK_VALIDATION = 'false';
// This loads the modules. Small and large fleets need different ones.
for (const size of [SIZES[0], SIZES[3]]) Object.values(VARIANTS).forEach((variant) => synthesise(size, variant));
if (process.argv.includes('--profile')) printProfile(VARIANTS.byHand, VARIANTS.fleet);
else report();

function report(): void {
  const broken: string[] = [];
  const promise = (what: string, value: number, atMost: number) => {
    if (!(value <= atMost)) broken.push(`${what}: ${value}, at most ${atMost} is promised`);
  };

  compareResources();
  const all = SIZES.map(measure);
  for (const { size, calls, bytes } of all) {
    const name = nameOf(size);
    promise(`calls of ${name}`, calls.fleet / calls.byHand, PROMISED.calls);
    promise(`calls of ${name} with options`, calls.fleetWithOptions / calls.byHandWithOptions, PROMISED.callsWithMore);
    promise(`calls of ${name} with tags`, calls.fleetWithTags / calls.byHandWithTags, PROMISED.callsWithMore);
    promise(`what the checks add to ${name}`, calls.withChecks / calls.withPlugin, PROMISED.checks);
    promise(`what the checks add to ${name} with a dashboard`, calls.dashboardWithChecks / calls.dashboardWithPlugin, PROMISED.checks);
    promise(`bytes that each fleet adds to the template of ${name}`, (bytes.fleet - bytes.byHand) / size.fleets, PROMISED.longerIds);
    if (size.functions >= PROMISED.bytesSince) promise(`bytes of the template of ${name}`, bytes.fleet / bytes.byHand, PROMISED.bytes);
    if (size.functions >= PROMISED.dashboardSince) {
      promise(`calls of ${name} with a dashboard`, calls.fleetWithDashboard / calls.byHandWithDashboard, PROMISED.dashboard);
      promise(`bytes of ${name} with a dashboard`, bytes.fleetWithDashboard / bytes.byHandWithDashboard, PROMISED.dashboard);
    }
  }

  const foreign = CHECKS_OF_FOREIGN.map((plugin) => sumOfCalls(calledFunctions(() => synthesiseForeign(FOREIGN, plugin))));
  promise(`what the checks add to ${FOREIGN} foreign resources`, foreign[1] / foreign[0], PROMISED.checksOfForeign);

  const [, ten, some, many, twoFleets] = all;
  const growth = slope(some, many) / slope(ten, some) - 1;
  const secondFleet = twoFleets.calls.fleet / (2 * many.calls.fleet) - 1;
  promise('growth of the calls for each function', Math.abs(growth), PROMISED.growth);
  promise('growth of the bytes for each function', Math.abs(slope(some, many, 'bytes') / slope(ten, some, 'bytes') - 1), PROMISED.growth);
  promise('growth of the calls for each fleet', Math.abs(secondFleet), PROMISED.growth);
  const { size: packed, unpackedSize: unpacked, files } = packageSize();
  const ofCommand = files.filter(({ path }) => COMMAND.test(path)).reduce((sum, { size }) => sum + size, 0);
  promise('bytes of the unpacked package without the command', unpacked - ofCommand, PROMISED.unpackedPackage);
  promise('bytes that the command and rehearsals add', ofCommand, PROMISED.unpackedCommand);
  const watched = benchWatched(promise);
  const { cpu, loadedFiles } = costOfProcess();
  promise('files that a process with one function loads', loadedFiles, PROMISED.loadedFiles);

  console.table(all.map(({ size, calls }) => ({ size: nameOf(size), ...calls })));
  console.table(all.map(({ size, bytes }) => ({ size: nameOf(size), ...bytes })));
  const table = [
    '| a fleet with | calls ÷ by hand | template ÷ by hand | with a dashboard: calls ÷ by hand | template ÷ by hand | the checks add |',
    '| --- | --- | --- | --- | --- | --- |',
    ...all.map(rowOf),
    '',
    `Each function costs the same, whether it is the 11th or the 75th (within ${percent(Math.abs(growth), 1)}), and so does each fleet (${percent(Math.abs(secondFleet), 1)}).`,
    `Its template is larger by ${all[0].bytes.fleet - all[0].bytes.byHand} bytes, whatever the functions: its construct ids are longer than those by hand.`,
    `The package has ${megabytes(packed)} MB packed and ${megabytes(unpacked)} MB unpacked, and no dependency but its peers. An app with`,
    `one function loads ${loadedFiles} of its files, one of which has all that every app needs; the others are loaded on first use.`,
  ].join('\n');
  console.log(table);
  console.log(watched.join('\n'));
  console.log(`CPU of a whole process with one function: ${ratio(cpu)} of that by hand, median of ${PAIRS} pairs; the goal is ${GOAL_OF_CPU}.`);
  const page = readFileSync('docs/benchmark.md', 'utf-8');
  const drift = firstOtherFigure(readSection(page, 'bench'), table);
  if (process.argv.includes('--write')) writeFileSync('docs/benchmark.md', replaceSection(page, 'bench', `\n${table}\n`));
  else if (drift !== undefined) broken.push(`docs/benchmark.md says ${drift}: npm run bench -- --write`);
  if (broken.length > 0) {
    console.error(['Not as promised:', ...broken].join('\n- '));
    process.exitCode = 1;
  }
}

/** Checks that both create the same resources, because otherwise the yardstick would measure something else. */
function compareResources(): void {
  const pairs: [Variant, Variant][] = [
    [VARIANTS.byHand, VARIANTS.fleet], [VARIANTS.byHandWithOptions, VARIANTS.fleetWithOptions], [VARIANTS.byHandWithTags, VARIANTS.fleetWithTags],
  ];
  for (const pair of pairs) {
    const [byHand, fleet] = pair.map((variant) => synthesise({ fleets: 1, functions: 2 }, variant).flatMap(anonymous));
    const extra = fleet.filter((resource) => !byHand.includes(resource));
    if (byHand.length === fleet.length && extra.length === 0) continue;
    const missing = byHand.filter((resource) => !fleet.includes(resource));
    throw new Error(['The code by hand makes other resources. The library:', ...extra, 'by hand:', ...missing].join('\n  '));
  }
}

function measure(size: Size): Figures {
  const calls: Record<string, number> = {};
  const bytes: Record<string, number> = {};
  for (const [name, variant] of Object.entries<Variant>(VARIANTS)) {
    calls[name] = sumOfCalls(calledFunctions(() => { bytes[name] = JSON.stringify(synthesise(size, variant)).length; }));
  }
  return { size, calls, bytes } as Figures;
}

function rowOf({ size, calls, bytes }: Figures): string {
  const cells = [
    nameOf(size),
    ratio(calls.fleet / calls.byHand),
    ratio(bytes.fleet / bytes.byHand),
    ratio(calls.fleetWithDashboard / calls.byHandWithDashboard),
    ratio(bytes.fleetWithDashboard / bytes.byHandWithDashboard),
    percent(calls.withChecks / calls.withPlugin - 1),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Returns the calls or bytes for each function between two sizes. */
function slope(one: Figures, other: Figures, what: 'calls' | 'bytes' = 'calls'): number {
  return (other[what].fleet - one[what].fleet) / (other.size.functions - one.size.functions);
}

function packageSize(): { size: number; unpackedSize: number; files: { path: string; size: number }[] } {
  return JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--loglevel=error'], { encoding: 'utf-8' }))[0];
}

/**
 * Measures the CPU time of a process. Times depend on the load of the machine, so each process is compared with one by hand right before it, and
 * there is no limit.
 */
function costOfProcess(): { cpu: number; loadedFiles: number } {
  const run = (...args: string[]) => execFileSync('node', [join(__dirname, 'bench-process.js'), ...args], { encoding: 'utf-8' }).split(' ').map(Number);
  const pairs = Array.from({ length: PAIRS }, () => [run('--by-hand'), run()]);
  return { cpu: median(pairs.map(([[byHand], [fleet]]) => fleet / byHand)), loadedFiles: pairs[0][1][1] };
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[(values.length - 1) / 2];
}

function nameOf({ fleets, functions }: Size): string {
  const count = functions === 1 ? '1 function' : `${functions} functions`;
  return fleets === 1 ? count : `${count}, two of them`;
}

function ratio(value: number): string {
  return value.toFixed(2);
}

function percent(share: number, digits = 0): string {
  return `${(100 * share).toFixed(digits)} %`;
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(2);
}
