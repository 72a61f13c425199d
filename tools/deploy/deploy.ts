import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { check } from '../as-a-user/shell';
import { BREAKS_FOR_EMULATOR, synthesiseBroken } from '../proof/broken-source';
import { PythonEnvironment } from '../proof/python';

/**
 * Deploys to an AWS on loopback with the real CDK CLI, asks boto3 after each step, and has what is broken on purpose refused: `npm run test:deploy`, after
 * a compile. With a folder of templates, which a run of the tests with `KEEP_TEMPLATES` left, each of those is created and deleted, too.
 */
const [folder] = process.argv.slice(2).filter((argument) => argument !== '--'); // projen hands it on
const broken = mkdtempSync(join(tmpdir(), 'broken-'));
void main().finally(() => rmSync(broken, { recursive: true }));

async function main(): Promise<void> {
  const environment = PythonEnvironment.of('tools/deploy/requirements.txt');
  await synthesiseBroken(BREAKS_FOR_EMULATOR, broken);
  check(environment.runs(['tools/deploy/loop.py', broken, ...folder ? [resolve(folder)] : []]), 'the deployments failed');
}
