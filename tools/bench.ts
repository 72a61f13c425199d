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
 * Says what the compiled package costs, and fails where it costs more than is promised (`npx projen compile` before):
 *
 * - `npm run bench` prints the figures and checks them, and whether the table in docs/benchmark.md says so, but for a last digit;
 * - `npm run bench -- --write` also writes the table in docs/benchmark.md, between `<!-- bench -->` and `<!-- /bench -->`;
 * - `npm run bench -- --profile` says instead where the calls go that a fleet makes and code by hand doesn't.
 *
 * The yardstick is CDK's own constructs by hand, which make the same resources with the same properties; that is compared
 * first. What is counted is calls as V8 counts them, from `new App()` to the end of `app.synth()`, with the modules loaded and CDK's
 * validator off. They are the same in each run, where time is not: nothing is held to a time. The functions have
 * code from a folder, a role and a log group each.
 *
 * After a change in what a fleet does for each function (a rule, a fact, a plan): run it, and where `calls` has grown past
 * its promise, look at `--profile`. A function costs CDK some 17,000 calls, so that 3 % are about 510; 493 are used (2026-11-28).
 * What cost much before: asking CDK whether a string is a token (a dozen calls; `isToken` asks where it may be one), walking the whole
 * app (for each fleet, and six calls for each construct), taking references apart (25), rules whose findings nobody would
 * print, packing a fleet that has room anyway, and what one function after the other asks of the provider that they share.
 * Of the 3,100 calls of a fleet itself, 1,800 come from its construct ids, one longer than those by hand; they are API.
 */
const SIZES: Size[] = [1, 10, 40, 75].map((functions) => ({ fleets: 1, functions })).concat({ fleets: 2, functions: 75 });
/** A plugin costs something whatever it does, and CDK's own validator is one. */
const NOTHING: IPolicyValidationPlugin = { name: 'nothing', validate: () => ({ success: true, violations: [] }) };
const CHECKS = new ManagedInstancesChecks();
/** Without the checks, and with them. */
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

/** What is promised, at most. */
const PROMISED = {
  /** Calls of a fleet, of those by hand: not rounded, as the table is. */
  calls: 1.03,
  /** The same where functions are attached with options, or the stack has tags. */
  callsWithMore: 1.035,
  /** Bytes of the template, of those by hand, from this many functions on. */
  bytes: 1.03,
  bytesSince: 40,
  /** Bytes by which each fleet makes the template larger, whatever its size: its construct ids are longer than those by hand. */
  longerIds: 700,
  /** Both with a dashboard, for a fleet that is large: a small one has rows for each function instead. */
  dashboard: 0.7,
  dashboardSince: 40,
  /** What the checks add to a synthesis. */
  checks: 1.1,
  /** The same for an app of other people's resources. */
  checksOfForeign: 1.02,
  /** By how much the calls for each further function may differ. */
  growth: 0.02,
  /** Bytes. */
  unpackedPackage: 1_000_000,
  unpackedCommand: 1_200_000,
  /** Of the package, by a process with one function: the index, and what is always loaded. */
  loadedFiles: 3,
};

/** How often a process is compared with one by hand, and how much of its CPU it should take at most. */
const PAIRS = 15;
const GOAL_OF_CPU = 1.08;

/** What only the command and rehearsals load. */
const COMMAND = /^(lib\/(cli|report|rehearsal|reading\/sam)|assets)\//;

interface Figures {
  readonly size: Size;
  readonly calls: Record<keyof typeof VARIANTS, number>;
  readonly bytes: Record<keyof typeof VARIANTS, number>;
}

process.env.CDK_VALIDATION = 'false';
// Loads the modules: a small fleet and a large one need others.
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

/** Otherwise the yardstick measures something else. */
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

/** Calls or bytes for each function between two sizes. */
function slope(one: Figures, other: Figures, what: 'calls' | 'bytes' = 'calls'): number {
  return (other[what].fleet - one[what].fleet) / (other.size.functions - one.size.functions);
}

function packageSize(): { size: number; unpackedSize: number; files: { path: string; size: number }[] } {
  return JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--loglevel=error'], { encoding: 'utf-8' }))[0];
}

/** Time depends on what else the machine does: so each process is compared with one by hand right before it, and held to nothing. */
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
