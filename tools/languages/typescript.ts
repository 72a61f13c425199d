import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Language, ReadyApp, Workplace } from './language';
import { NODE } from './toolchains';
import { copyExample } from '../as-a-user/example';
import { toolVersions } from '../as-a-user/peers';
import * as quickstart from '../as-a-user/quickstart';
import { run } from '../as-a-user/shell';

/** TypeScript users get the tarball that goes to npm. */
export const TYPESCRIPT_LANGUAGE: Language = {
  name: 'TypeScript',
  tools: [NODE],

  prepare({ temporary, tarball, peers }: Workplace): ReadyApp {
    const folder = join(temporary, 'typescript');
    copyExample('languages/typescript', folder);
    writeFileSync(join(folder, 'package.json'), JSON.stringify({
      private: true,
      dependencies: { ...peers, 'cdk-lambda-managed-instances': `file:${tarball}`, ...toolVersions('@types/node', 'ts-node', 'typescript') },
    }));
    run('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder });
    return { folder };
  },

  followQuickstart({ temporary, tarball, peers }: Workplace): string {
    const folder = join(temporary, 'typescript-quickstart');
    mkdirSync(folder);
    quickstart.followQuickstart('ts', folder, quickstart.npmPins(tarball, peers));
    return folder;
  },
};
