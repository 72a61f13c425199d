import { resolve } from 'node:path';
import { check } from '../as-a-user/shell';
import { PythonEnvironment } from '../proof/python';

/**
 * Deploys to an AWS on loopback with the real CDK CLI, asks boto3 after each step, and has broken twins refused: `npm run test:deploy`, after
 * a compile. With a folder of templates, which a run of the tests with `KEEP_TEMPLATES` left, each of those is created and deleted, too.
 */
const [folder] = process.argv.slice(2).filter((argument) => argument !== '--'); // projen hands it on
const environment = PythonEnvironment.of('tools/deploy/requirements.txt');
check(environment.runs(['tools/deploy/loop.py', ...folder ? [resolve(folder)] : []]), 'the deployments failed');
