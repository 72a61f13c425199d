import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Peers, toolVersions } from './peers';
import { run } from './shell';

export type QuickstartLanguage = 'ts' | 'python';

/** What the README tells a new user to do, in its order. */
export type Step = { readonly commands: string } | { readonly file: string; readonly code: string };

const FILES: Record<QuickstartLanguage, string> = { ts: 'app.ts', python: 'app.py' };
const LANGUAGES = Object.keys(FILES) as QuickstartLanguage[];

/** The blocks of the section "Quickstart" that belong to a language: the commands before and after its code, and the code. */
export function quickstartSteps(readme: string, language: QuickstartLanguage): Step[] {
  const section = /^## Quickstart\n(.*?)^## /ms.exec(readme)?.[1] ?? '';
  const blocks = [...section.matchAll(/^```(\w+)[^\n]*\n(.*?)^```$/gms)].map(([, fence, text]) => ({ fence, text }));
  const mine = LANGUAGES.map((name) => blocks.findIndex(({ fence }) => fence === name)).map((code) => [code - 1, code, code + 1]);
  const steps = mine[LANGUAGES.indexOf(language)].map((index) => blocks[index]);
  if (steps.map((block) => block?.fence).join() !== `sh,${language},sh` || !section.includes(`\`${FILES[language]}\``)) {
    throw new Error(`The README's quickstart in ${language} is no longer commands, the code of \`${FILES[language]}\`, commands`);
  }
  return steps.map(({ fence, text }) => fence === 'sh' ? { commands: text } : { file: FILES[language], code: text });
}

/**
 * Does what the README says, in an empty folder. Words of its commands are replaced by what `pins` says: the package by
 * the one that was just packed, its peers by those of one version.
 */
export function followReadme(language: QuickstartLanguage, folder: string, pins: Readonly<Record<string, string>>): void {
  const steps = quickstartSteps(readFileSync('README.md', 'utf-8'), language);
  steps.forEach((step) => 'file' in step && writeFileSync(join(folder, step.file), step.code));
  const commands = steps.flatMap((step) => 'commands' in step ? [step.commands] : []).join('');
  // A user at a terminal says yes when npx asks whether to install.
  const printed = run('bash', ['-euc', pinned(commands, pins)], { cwd: folder, env: { npm_config_yes: 'true' } });
  if (/\[warning/i.test(printed)) throw new Error(`The README's quickstart in ${language} prints a warning\n${printed}`);
}

/** Commands with each word that has a pin replaced. Throws if a pin's word isn't there: a stranger's package would be installed. */
export function pinned(commands: string, pins: Readonly<Record<string, string>>): string {
  const words = commands.split(/(?=[\s'"])|(?<=[\s'"])/);
  const missing = Object.keys(pins).filter((word) => !words.includes(word));
  if (missing.length > 0) throw new Error(`The README's commands don't name ${missing.join(', ')}`);
  return words.map((word) => pins[word] ?? word).join('');
}

/** The pins of commands for npm. */
export function npmPins(tarball: string, peers: Peers): Record<string, string> {
  return {
    'cdk-lambda-managed-instances': tarball,
    'aws-cdk-lib': `aws-cdk-lib@${peers['aws-cdk-lib']}`,
    'constructs': `constructs@${peers.constructs}`,
    'aws-cdk@2': `aws-cdk@${toolVersions('aws-cdk')['aws-cdk']}`,
  };
}
