import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Language, ReadyApp, Workplace } from './language';
import { generate, generateOther } from './pacmak';
import { checkSnippets } from './snippets';
import { GO, NODE } from './toolchains';
import { copyExample } from '../as-a-user/example';
import { Peers } from '../as-a-user/peers';
import { cliPins, followQuickstart } from '../as-a-user/quickstart';
import { run } from '../as-a-user/shell';
import { readAssembly } from '../read-assembly';

/** Without -trimpath, Go would compile each temporary folder again. */
const ENV = { GOFLAGS: `${process.env.GOFLAGS ?? ''} -trimpath` };

/**
 * Go users get the module that is pushed, here through `replace`. CDK's own modules are generated from the packages on npm, as their publisher does,
 * because they reach a Go proxy later than npm, if at all.
 */
export const GO_LANGUAGE: Language = {
  name: 'Go',
  tools: [NODE, GO],

  prepare({ temporary, cache, peers }: Workplace): ReadyApp {
    const folder = join(temporary, 'go');
    copyExample('languages/go', folder);
    checkSnippets('go', generate('go', join(temporary, 'dist')));
    replaceModules(folder, { temporary, cache, peers });
    run('go', ['mod', 'tidy'], { cwd: folder, env: ENV });
    return { folder, env: ENV };
  },

  followQuickstart(workplace: Workplace): string {
    const folder = join(workplace.temporary, 'go-quickstart');
    mkdirSync(folder);
    followQuickstart('go', folder, cliPins(), { env: ENV, written: () => replaceModules(folder, workplace) });
    return folder;
  },
};

/** Makes an app use the modules that were generated here. */
function replaceModules(app: string, { temporary, cache, peers }: Pick<Workplace, 'temporary' | 'cache' | 'peers'>): void {
  const modules = [...modulesIn(join(temporary, 'dist/go')), ...modulesIn(modulesOfPeers(cache, peers))];
  run('go', ['mod', 'edit', ...modules.map((module) => `-replace=${nameOf(module)}=${module}`)], { cwd: app, env: ENV });
}

/** Returns the modules of the installed peers and of their dependencies. Generating them takes minutes the first time; later they are cached. */
function modulesOfPeers(cache: string, peers: Peers): string {
  const modules = join(cache, `go-${Object.values(peers).join('-')}`);
  if (existsSync(modules)) return modules;
  const unfinished = `${modules}.${process.pid}`;
  try {
    // The packages are generated one by one, because pacmak would also sort them by their development dependencies, which form a circle.
    assembliesOfPeers().forEach((assembly) => generateOther('go', unfinished, assembly));
    renameSync(join(unfinished, 'go'), modules);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return modules;
}

/** Returns the installed peers and their dependencies with a jsii assembly, as our own assembly lists them. */
function assembliesOfPeers(): string[] {
  const { dependencyClosure } = readAssembly('.jsii');
  return Object.keys(dependencyClosure).map((name) => dirname(require.resolve(`${name}/package.json`, { paths: ['node_modules/aws-cdk-lib'] })));
}

function modulesIn(folder: string): string[] {
  return readdirSync(folder).map((name) => join(folder, name));
}

function nameOf(module: string): string {
  return /^module (\S+)$/m.exec(readFileSync(join(module, 'go.mod'), 'utf-8'))![1];
}
