import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { check } from '../as-a-user/shell';
import { BREAKS_FOR_EMULATOR, synthesiseBroken } from '../proof/broken-source';
import { PythonEnvironment } from '../proof/python';

/**
 * Deploys with the real CDK CLI to an emulated AWS on the loopback interface, checks the result with boto3 after each step, and checks that
 * deliberate mistakes are refused: `npm run test:deploy`, after a compile. Given a folder of templates from a run of the tests with `KEEP_TEMPLATES`,
 * it also creates and deletes each of those.
 */
const [folder] = process.argv.slice(2).filter((argument) => argument !== '--'); // projen passes it on
const broken = mkdtempSync(join(tmpdir(), 'broken-'));
void main().finally(() => rmSync(broken, { recursive: true }));

async function main(): Promise<void> {
  const environment = PythonEnvironment.of('tools/deploy/requirements.txt');
  await synthesiseBroken(BREAKS_FOR_EMULATOR, broken);
  check(environment.runs(['tools/deploy/loop.py', broken, ...folder ? [resolve(folder)] : []]), 'the deployments failed');
}
