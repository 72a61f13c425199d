import { mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { Language, ReadyApp, Workplace } from './language';
import { build } from './pacmak';
import { checkSnippets } from './snippets';
import { NODE, PYTHON } from './toolchains';
import { copyExample } from '../as-a-user/example';
import { toolVersions } from '../as-a-user/peers';
import * as quickstart from '../as-a-user/quickstart';
import { run } from '../as-a-user/shell';

/** A template for the command. */
const TEMPLATE = 'test/fixtures/standard-functions.yaml';

/** Python users get the wheel that goes to PyPI, in a virtual environment. */
export const PYTHON_LANGUAGE: Language = {
  name: 'Python',
  tools: [NODE, PYTHON],

  prepare(workplace: Workplace): ReadyApp {
    const folder = join(workplace.temporary, 'python');
    copyExample('languages/python', folder);
    build('python', join(workplace.temporary, 'dist'));
    run('python3', ['-m', 'venv', '.venv'], { cwd: folder });
    run('.venv/bin/pip', ['install', '--quiet', wheel(workplace), '--requirement', 'requirements.txt'], { cwd: folder });
    checkSnippets('python', installed(folder));
    // This runs the command as a script of Python.
    run('.venv/bin/cdk-lambda-managed-instances', ['assess', resolve(TEMPLATE)], { cwd: folder });
    return { folder, env: { PATH: [join(folder, '.venv/bin'), process.env.PATH].join(delimiter) } };
  },

  followQuickstart(workplace: Workplace): string {
    const folder = join(workplace.temporary, 'python-quickstart');
    mkdirSync(folder);
    quickstart.followQuickstart('python', folder, {
      'cdk-lambda-managed-instances': wheel(workplace),
      'aws-cdk-lib': `aws-cdk-lib==${workplace.peers['aws-cdk-lib']}`,
      'constructs': `constructs==${workplace.peers.constructs}`,
      'aws-cdk@2': `aws-cdk@${toolVersions('aws-cdk')['aws-cdk']}`,
    });
    return folder;
  },
};

/** Returns the folder of the package in the virtual environment. */
function installed(folder: string): string {
  const find = 'import importlib.util as i; print(i.find_spec("cdk_lambda_managed_instances").submodule_search_locations[0])';
  return run('.venv/bin/python', ['-c', find], { cwd: folder }).trim();
}

function wheel({ temporary }: Workplace): string {
  const dist = join(temporary, 'dist/python');
  return join(dist, readdirSync(dist).find((file) => file.endsWith('.whl'))!);
}
