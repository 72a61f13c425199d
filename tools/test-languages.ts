import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { packTarball } from './as-a-user/pack';
import { FLOOR } from './as-a-user/peers';
import { check, run, tryRun } from './as-a-user/shell';
import { differences, readTemplates, Templates, withoutMetadata } from './as-a-user/templates';
import { checkDotnet } from './languages/dotnet';
import { GO_LANGUAGE } from './languages/go';
import { JAVA_LANGUAGE } from './languages/java';
import { Language, Workplace } from './languages/language';
import { PYTHON_LANGUAGE } from './languages/python';
import { missingTools } from './languages/toolchains';
import { TYPESCRIPT_LANGUAGE } from './languages/typescript';

/**
 * Uses the package from each language as users do: packs it, synthesises the same app (`examples/languages`) and the quickstarts of README and docs,
 * and fails unless the templates are equal, byte for byte. It needs `npx projen compile` first, the registries of npm, PyPI, Maven and Go modules,
 * and the toolchains that it names.
 *
 * `npx projen test:languages --allow-missing` leaves out languages whose toolchain is missing.
 */
const LANGUAGES: readonly Language[] = [TYPESCRIPT_LANGUAGE, PYTHON_LANGUAGE, JAVA_LANGUAGE, GO_LANGUAGE];
const STACK = 'Shop.template.json';
const ALLOW_MISSING = '--allow-missing';

const options = process.argv.slice(2).filter((argument) => argument !== '--'); // projen passes it on
const unknown = options.filter((option) => option !== ALLOW_MISSING);
check(unknown.length === 0, `unknown arguments: ${unknown}; there is only ${ALLOW_MISSING}`);
const languages = LANGUAGES.filter(hasTools);
if (languages.length < LANGUAGES.length && !options.includes(ALLOW_MISSING)) {
  console.error(`Install what is missing, or leave those languages out: npx projen test:languages ${ALLOW_MISSING}`);
  process.exit(1);
}

// On macOS the temporary folder is a link, which only some toolchains resolve.
const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'languages-')));
try {
  const cache = resolve('node_modules/.cache/languages');
  mkdirSync(cache, { recursive: true });
  const workplace: Workplace = { temporary, cache, tarball: packTarball(temporary), peers: FLOOR };
  const apps = languages.map((language) => ({ name: language.name, templates: timed(`${language.name}: the app`, () => synthesise(language, workplace)) }));
  const quickstarts = languages.map((language) => (
    { name: language.name, templates: timed(`${language.name}: the quickstart`, () => quickstartOf(language.followQuickstart(workplace))) }
  ));
  console.log(`.NET: ${checkDotnet(workplace)}`);
  const found = [...compare(STACK, apps), ...compare('quickstart', quickstarts)];
  if (languages.length < LANGUAGES.length) console.log(`Left out: ${namesOf(LANGUAGES.filter((language) => !languages.includes(language)))}`);
  if (found.length > 0) throw new Error(`The languages differ:\n${found.join('\n')}`);
} finally {
  rmSync(temporary, { recursive: true });
}

function hasTools({ name, tools }: Language): boolean {
  const missing = missingTools(tools, tryRun);
  missing.forEach((tool) => console.error(`${name} needs ${tool}`));
  return missing.length === 0;
}

function synthesise(language: Language, workplace: Workplace): Templates {
  const { folder, env } = language.prepare(workplace);
  // With --strict, a warning is a failure. Each folder's own cdk.json says how the app is run.
  run(resolve('node_modules/.bin/cdk'), ['synth', '--quiet', '--strict', '--output', 'cdk.out'], { cwd: folder, env });
  return readTemplates(join(folder, 'cdk.out'));
}

function quickstartOf(folder: string): Templates {
  const templates = readTemplates(join(folder, 'cdk.out'));
  return Object.fromEntries(Object.entries(templates).map(([file, template]) => [file, withoutMetadata(template)]));
}

/** Compares the templates of each language with those of the first. */
function compare(what: string, [first, ...others]: readonly { readonly name: string; readonly templates: Templates }[]): string[] {
  check(Object.values(first.templates).some((template) => template.includes('AWS::Lambda::CapacityProvider')), `${first.name}: no fleet in ${what}`);
  const found = others.flatMap(({ name, templates }) => differences(first.templates, templates).map((difference) => `${name}: ${difference}`));
  if (found.length === 0) console.log(`${what}: the same bytes from ${namesOf([first, ...others])} (${JSON.stringify(first.templates).length} characters)`);
  return found;
}

function namesOf(named: readonly { readonly name: string }[]): string {
  return named.map(({ name }) => name).join(', ');
}

function timed<T>(what: string, work: () => T): T {
  const begin = performance.now();
  const result = work();
  console.log(`${what}, synthesised in ${Math.round((performance.now() - begin) / 1000)} s`);
  return result;
}
