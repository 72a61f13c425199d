import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BREAKS_FOR_MODELS, synthesiseBroken } from './broken-source';
import { PackagedModels } from './models';
import { PythonEnvironment } from './python';
import { samDifferences } from './sam';
import { differences, EXPECTED, unexpected } from './tables';
import { check } from '../../src/cli/check-command';
import { readInputs } from '../../src/cli/inputs';
import { Level } from '../../src/rules/rule';

/**
 * Compares all templates of tests and examples with cfn-lint and AWS's API models, and the tables of `src/service` with the same models: `npx projen
 * proof [folder]`. The folder comes from a run of the tests with `KEEP_TEMPLATES`; without it, the tests run first.
 */
const HERE = 'tools/proof';

const [given] = process.argv.slice(2).filter((argument) => argument !== '--'); // projen passes it on
const work = mkdtempSync(join(tmpdir(), 'proof-'));
const folder = given ? resolve(given) : join(work, 'templates');
void main().finally(() => rmSync(work, { recursive: true }));

async function main(): Promise<void> {
  if (!given && !testsPass()) throw new Error('The tests fail, so not all templates are there.');
  const environment = PythonEnvironment.of(`${HERE}/requirements.txt`);
  const broken = join(work, 'broken');
  await synthesiseBroken(BREAKS_FOR_MODELS, broken);
  leaveOutWhatIsWrong();
  const steps: Record<string, () => boolean> = {
    'Tables of src/service against AWS\'s models': () => tablesAgree(environment),
    'Our reading of SAM against its translator': () => samAgrees(environment),
    'Templates against cfn-lint and AWS\'s models': () => environment.runs([`${HERE}/check_templates.py`, folder]),
    'What is broken on purpose is refused': () => environment.runs(['-m', 'unittest', 'discover', '-s', HERE], { TEMPLATES: folder, BROKEN: broken }),
  };
  const failed = Object.entries(steps).filter(([name, step]) => !timed(name, step)).map(([name]) => name);
  if (failed.length > 0) throw new Error(`Failed: ${failed.join('; ')}`);
}

/** Leaves out the templates of tests that show what a rule refuses. They are recognised by an error of our own checks. */
function leaveOutWhatIsWrong(): void {
  const apps = readdirSync(folder).map((name) => join(folder, name));
  const wrong = apps.filter((app) => {
    const templates = readdirSync(app).filter((file) => file.endsWith('.template.json')).map((file) => join(app, file));
    return check(readInputs(templates, { parameters: {} })).findings.some(({ level }) => level === Level.ERROR);
  });
  wrong.forEach((app) => writeFileSync(join(app, 'wrong.txt'), 'Our own checks find an error.\n'));
  console.log(`${apps.length} apps, of which ${wrong.length} are left out: our own checks find an error in them`);
}

function testsPass(): boolean {
  const args = ['node_modules/jest/bin/jest.js', '--ci', '--coverage=false', '--silent'];
  return spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, KEEP_TEMPLATES: folder } }).status === 0;
}

function tablesAgree(environment: PythonEnvironment): boolean {
  const found = differences(new PackagedModels(environment.packageFolder('botocore'), environment.packageFolder('cfnlint')));
  found.forEach((difference) => console.log(`${difference}. ${EXPECTED[difference] ?? ''}`));
  const bad = unexpected(found);
  bad.forEach((difference) => console.error(`Unexpected: ${difference}`));
  return bad.length === 0;
}

function samAgrees(environment: PythonEnvironment): boolean {
  const found = samDifferences(environment);
  found.forEach((difference) => console.error(difference));
  return found.length === 0;
}

function timed(name: string, step: () => boolean): boolean {
  const begin = performance.now();
  console.log(`\n${name}`);
  const isGood = step();
  console.log(`${isGood ? 'Good' : 'FAILED'}, ${Math.round((performance.now() - begin) / 1000)} s`);
  return isGood;
}
