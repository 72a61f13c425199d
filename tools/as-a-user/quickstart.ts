import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Peers, toolVersions } from './peers';
import { run } from './shell';

export type QuickstartLanguage = 'ts' | 'python' | 'java' | 'go';

/** A step that a page tells a new user to do. */
export type Step = { readonly commands: string } | { readonly file: string; readonly code: string };

/** The page and heading of each language's quickstart, and the files that it makes users write. */
const QUICKSTARTS: Record<QuickstartLanguage, { readonly page: string; readonly heading: string; readonly files: readonly string[] }> = {
  ts: { page: 'README.md', heading: 'Quickstart', files: ['app.ts'] },
  python: { page: 'docs/languages.md', heading: 'Python', files: ['app.py'] },
  java: { page: 'docs/languages.md', heading: 'Java', files: ['pom.xml', 'src/main/java/com/example/ShopApp.java'] },
  go: { page: 'docs/languages.md', heading: 'Go', files: ['go.mod', 'main.go'] },
};
/** Matches the last block of commands. Later blocks are for a clone, or need an account. */
const SYNTHESISES = / synth /;

/** Returns the steps of a quickstart up to the synthesis. A block of code is a file if the line above names one, and a block of `sh` is run. */
export function quickstartSteps(page: string, language: QuickstartLanguage): Step[] {
  const { heading, files } = QUICKSTARTS[language];
  const section = new RegExp(`^## ${heading}\\n(.*?)(?=^## |(?![^]))`, 'ms').exec(page)?.[1] ?? '';
  const blocks = [...section.matchAll(/^([^\n]*)\n\n```(\w+)[^\n]*\n(.*?)^```$/gms)].map(([, above, fence, text]) => ({ above, fence, text }));
  const last = blocks.findIndex(({ fence, text }) => fence === 'sh' && SYNTHESISES.test(text));
  const steps = blocks.slice(0, last + 1).flatMap(({ above, fence, text }): Step[] => {
    if (fence === 'sh') return [{ commands: text }];
    const file = files.find((name) => above.includes(`\`${name}\``));
    return file === undefined ? [] : [{ file, code: text }];
  });
  const written = steps.flatMap((step) => 'file' in step ? [step.file] : []);
  if (written.join() !== files.join()) {
    throw new Error(`The quickstart in ${language} no longer writes ${files.join(' and ')} and then synthesises, but writes ${written.join(' and ') || 'nothing'}`);
  }
  return steps;
}

/**
 * Follows the page in an empty folder. `pins` replaces words of its commands and files: the package by the one that was just packed, and its peers by
 * fixed versions.
 */
export function followQuickstart(
  language: QuickstartLanguage,
  folder: string,
  pins: Readonly<Record<string, string>>,
  { env, written }: { readonly env?: Readonly<Record<string, string>>; written?(): void } = {},
): void {
  const steps = quickstartSteps(readFileSync(QUICKSTARTS[language].page, 'utf-8'), language);
  for (const step of steps) {
    if (!('file' in step)) continue;
    mkdirSync(dirname(join(folder, step.file)), { recursive: true });
    writeFileSync(join(folder, step.file), step.code);
  }
  written?.();
  const commands = steps.flatMap((step) => 'commands' in step ? [step.commands] : []).join('');
  // A user at a terminal answers yes when npx asks whether to install.
  const printed = run('bash', ['-euc', pinned(commands, pins)], { cwd: folder, env: { npm_config_yes: 'true', ...env } });
  if (/\[warning/i.test(printed)) throw new Error(`The quickstart in ${language} prints a warning\n${printed}`);
}

/** Replaces each word that has a pin. Throws if the word of a pin isn't in the commands, because they would install an unknown package. */
export function pinned(commands: string, pins: Readonly<Record<string, string>>): string {
  const words = commands.split(/(?=[\s'"])|(?<=[\s'"])/);
  const missing = Object.keys(pins).filter((word) => !words.includes(word));
  if (missing.length > 0) throw new Error(`The quickstart's commands don't name ${missing.join(', ')}`);
  return words.map((word) => pins[word] ?? word).join('');
}

/** Returns the pin of commands that need only CDK's command. */
export function cliPins(): Record<string, string> {
  return { 'aws-cdk@2': `aws-cdk@${toolVersions('aws-cdk')['aws-cdk']}` };
}

/** Returns the pins of commands for npm. */
export function npmPins(tarball: string, peers: Peers): Record<string, string> {
  return {
    'cdk-lambda-managed-instances': tarball,
    'aws-cdk-lib': `aws-cdk-lib@${peers['aws-cdk-lib']}`,
    'constructs': `constructs@${peers.constructs}`,
    ...cliPins(),
  };
}
