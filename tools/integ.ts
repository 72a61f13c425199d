import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { assertGone, assertWorks, Clock, Deployed, DESTRUCTION, stackNameOf, WORK } from '../test/integ/assertions';
import { AwsCli, missing, runAws } from '../test/integ/aws-cli';

/**
 * Deploys a test of `test/integ` to your account, asks AWS whether it works, and destroys it: `ts-node tools/integ.ts <name> [--keep | --destroy]`.
 * It costs money while it is deployed, and may take two hours.
 */
const FOLDER = 'test/integ';
const ENDING = '.integ.ts';
const KEEP = '--keep';
const DESTROY = '--destroy';
const USAGE = `npx projen integ <name> [${KEEP} | ${DESTROY}]`;
/**
 * The number of attempts. Instances and network interfaces take a while to disappear, and CloudFormation deletes in the next attempt what it couldn't
 * delete before.
 */
const ATTEMPTS = 3;

const names = readdirSync(FOLDER).filter((file) => file.endsWith(ENDING)).map((file) => file.slice(0, -ENDING.length));
const [name, ...options] = process.argv.slice(2).filter((argument) => argument !== '--'); // projen passes it on
const app = ['--app', `npx ts-node --project tsconfig.dev.json ${FOLDER}/${name}${ENDING}`];
const folder = mkdtempSync(join(tmpdir(), 'integ-'));
const problems: string[] = [];

void main();

async function main(): Promise<void> {
  await attempt(checkThatItCanRun);
  if (problems.length === 0) {
    if (!options.includes(DESTROY)) await attempt(deployAndAsk);
    if (options.includes(KEEP)) console.log(`Kept, and billed, until: npx projen integ ${name} ${DESTROY}`);
    else await destroy();
  }
  problems.forEach((problem) => console.error(`\n${problem}`));
  process.exitCode = problems.length > 0 ? 1 : 0;
  rmSync(folder, { recursive: true });
}

async function attempt(step: () => Promise<void>): Promise<void> {
  await step().catch((error: Error) => { problems.push(error.message); });
}

async function checkThatItCanRun(): Promise<void> {
  const isKnown = options.every((option) => option === KEEP || option === DESTROY) && options.length <= 1;
  if (!names.includes(name) || !isKnown) throw new Error(`Which test? ${USAGE}, where the name is one of: ${names.join(', ')}`);
  const reason = missing(runAws);
  if (reason) throw new Error(`Nothing was ${options.includes(DESTROY) ? 'destroyed' : 'deployed and nothing was proven'}: ${reason}`);
}

async function deployAndAsk(): Promise<void> {
  console.log(`This costs money until the stack is destroyed. If it is interrupted: npx projen integ ${name} ${DESTROY}`);
  const clock = endingIn(WORK);
  if (cdk(clock, 'deploy', '--require-approval', 'never', '--outputs-file', outputsFile()) !== 0) throw new Error(`${name} can't be deployed`);
  await assertWorks(deployed(), new AwsCli(), clock, console.log);
}

/** Runs each step even if an earlier one failed, so that nothing that is billed stays because AWS couldn't be asked. */
async function destroy(): Promise<void> {
  const aws = new AwsCli();
  const clock = endingIn(DESTRUCTION);
  let providers: string[] = [];
  await attempt(async () => { providers = aws.capacityProvidersOf(stackNameOf(name)); });
  await attempt(async () => {
    const gone = Array.from({ length: ATTEMPTS }).some(() => cdk(clock, 'destroy', '--force') === 0);
    if (!gone) throw new Error(`${name} can't be destroyed, and is billed: delete its stack in the console, after the resources outside that refer to it`);
    for (const provider of providers) await assertGone(provider, aws, clock, console.log);
  });
}

function endingIn(milliseconds: number): Required<Clock> {
  return { now: () => Date.now(), sleep: (time) => setTimeout(time), end: Date.now() + milliseconds };
}

function deployed(): Deployed {
  if (!existsSync(outputsFile())) throw new Error(`${name} is deployed, but has no outputs`);
  return Object.values<Deployed>(JSON.parse(readFileSync(outputsFile(), 'utf-8')))[0];
}

function outputsFile(): string {
  return join(folder, 'outputs.json');
}

/** Runs the CDK CLI. Returns null if it didn't end in time; CloudFormation then continues its work. */
function cdk({ now, end }: Required<Clock>, ...args: string[]): number | null {
  const timeout = Math.max(end - now(), 1); // 0 would mean no limit
  return spawnSync('node_modules/.bin/cdk', [...args, ...app, '--output', join(folder, 'cdk.out'), '--no-notices'], { stdio: 'inherit', timeout }).status;
}
