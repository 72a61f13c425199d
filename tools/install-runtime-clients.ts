import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs AWS's runtime clients, with which the tests rehearse handlers, into `.cache/runtime-clients`, in the versions of `test/rehearsal/clients`.
 * The client for Node.js compiles its native part, which needs a C++ compiler, cmake and a minute. Clients that are already installed stay.
 */
const SOURCES = 'test/rehearsal/clients';
const TARGET = '.cache/runtime-clients';
const INSTALLS: Record<string, string[][]> = {
  // The project's own .npmrc doesn't let packages run scripts.
  node: [['npm', 'install', '--ignore-scripts=false', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']],
  python: [[python(), '-m', 'pip', 'install', '--quiet', '--no-compile', '--disable-pip-version-check', '--root-user-action=ignore', '--target', '.', '--requirement', 'requirements.txt']],
  java: [['mvn', '--quiet', '--batch-mode', 'dependency:copy-dependencies', '-DoutputDirectory=lib']],
};

Object.entries(INSTALLS).forEach(([language, commands]) => {
  const folder = join(TARGET, language);
  const stamp = join(folder, '.installed');
  const wanted = readdirSync(join(SOURCES, language)).map((file) => readFileSync(join(SOURCES, language, file), 'utf-8')).join();
  if (existsSync(stamp) && readFileSync(stamp, 'utf-8') === wanted) return;
  console.log(`Installing the runtime client for ${language} into ${folder}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(SOURCES, language), folder, { recursive: true });
  commands.forEach(([program, ...args]) => {
    const { status, error } = spawnSync(program, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
    if (status !== 0) throw new Error(`${[program, ...args].join(' ')} failed${error === undefined ? '' : `: ${error.message}`}`);
  });
  writeFileSync(stamp, wanted);
});

/** Returns the Python with which the tests run handlers, which is the one that a rehearsal finds. */
function python(): string {
  return ['python3.13', 'python3', 'python'].find((program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0) ?? 'python3';
}
