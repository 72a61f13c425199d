import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { assertGone, assertWorks, Clock, Deployed } from '../test/integ/assertions';
import { AwsCli, missing, runAws } from '../test/integ/aws-cli';

/**
 * Deploys a test of `test/integ` to the account of whoever runs it, asks AWS whether it works, and destroys it:
 * `ts-node tools/integ.ts <name> [--keep]`. It costs money while it stands, and may take an hour.
 */
const FOLDER = 'test/integ';
const ENDING = '.integ.ts';
/** Instances and network interfaces take their time to go; what CloudFormation gave up on, it deletes the next time. */
const ATTEMPTS = 3;
const CLOCK: Clock = { now: () => Date.now(), sleep: (milliseconds) => setTimeout(milliseconds) };

const names = readdirSync(FOLDER).filter((file) => file.endsWith(ENDING)).map((file) => file.slice(0, -ENDING.length));
const [name, ...options] = process.argv.slice(2).filter((argument) => argument !== '--'); // projen hands it on
const app = ['--app', `npx ts-node --project tsconfig.dev.json ${FOLDER}/${name}${ENDING}`];
const folder = mkdtempSync(join(tmpdir(), 'integ-'));

void main();

async function main(): Promise<void> {
  const problems: string[] = [];
  const attempt = async (step: () => Promise<void>) => step().catch((error: Error) => { problems.push(error.message); });

  await attempt(checkThatItCanRun);
  if (problems.length === 0) {
    const command = `npx cdk destroy --force --app "${app[1]}"`;
    console.log(`This costs money until the stack is destroyed. If it is interrupted: ${command}`);
    await attempt(deployAndAsk);
    if (options.includes('--keep')) console.log(`Kept, and billed, until: ${command}`);
    else await attempt(destroy);
  }
  problems.forEach((problem) => console.error(`\n${problem}`));
  process.exitCode = problems.length > 0 ? 1 : 0;
  rmSync(folder, { recursive: true });
}

async function checkThatItCanRun(): Promise<void> {
  if (!names.includes(name)) throw new Error(`Which test? npx projen integ <name> [--keep], where the name is one of: ${names.join(', ')}`);
  const reason = missing(runAws);
  if (reason) throw new Error(`Nothing was deployed and nothing was proven: ${reason}`);
}

async function deployAndAsk(): Promise<void> {
  if (cdk('deploy', '--require-approval', 'never', '--outputs-file', outputsFile()) !== 0) throw new Error(`${name} can't be deployed`);
  await assertWorks(deployed()!, new AwsCli(), CLOCK, console.log);
}

async function destroy(): Promise<void> {
  const outputs = deployed();
  const gone = Array.from({ length: ATTEMPTS }).some(() => cdk('destroy', '--force') === 0);
  if (!gone) throw new Error(`${name} can't be destroyed, and is billed: delete its stack in the console, after what refers to it from outside`);
  if (outputs) await assertGone(outputs.CapacityProviderOutput, new AwsCli(), CLOCK, console.log);
}

/** Absent where the deployment failed. */
function deployed(): Deployed | undefined {
  if (!existsSync(outputsFile())) return undefined;
  return Object.values<Deployed>(JSON.parse(readFileSync(outputsFile(), 'utf-8')))[0];
}

function outputsFile(): string {
  return join(folder, 'outputs.json');
}

function cdk(...args: string[]): number | null {
  return spawnSync('node_modules/.bin/cdk', [...args, ...app, '--output', join(folder, 'cdk.out'), '--no-notices'], { stdio: 'inherit' }).status;
}
