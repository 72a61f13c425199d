import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import * as ts from 'typescript';

/**
 * Breaks each number, condition and level in `src/service` and `src/rules`, one at a time, and looks whether a test
 * fails: `ts-node tools/mutate.ts [files]`. Works on a copy of the repository. Prints the mutants that survive.
 */
interface Mutant {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const OPPOSITES: Record<string, string> = {
  '<': '<=', '<=': '<', '>': '>=', '>=': '>', '===': '!==', '!==': '===', '&&': '||', '||': '&&', '+': '-', '-': '+', '*': '/', '/': '*', '%': '*', '??': '&&',
};
/** The tests that are about these folders, the fast ones first: the rest is run where those find nothing. */
const TESTS = [
  ['test/rules', 'test/service', 'test/sizing', 'test/catalog'],
  ['test/checks', 'test/functions', 'test/mixins', 'test/instances', 'test/network', 'test/monitoring', 'test/managed-instances.test.ts', 'test/provider'],
];

const root = process.cwd();
const files = process.argv.length > 2 ? process.argv.slice(2) : sourcesOf(['src/service', 'src/rules']);
const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
try {
  main();
} finally {
  rmSync(copy, { recursive: true });
}

function main(): void {
  ['src', 'test', 'examples', 'tools', 'docs', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.dev.json', '.eslintrc.json'].forEach((name) => (
    cpSync(join(root, name), join(copy, name), { recursive: true })
  ));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  process.chdir(copy);
  if (!testsPass()) throw new Error('the tests fail without a mutant');

  const mutants = files.flatMap(mutantsOf);
  const survivors = mutants.filter((mutant, index) => {
    if (index % 50 === 49) console.log(`… ${index + 1} of ${mutants.length}`);
    const alive = survives(mutant);
    if (alive) console.log(`survives: ${describe(mutant)}`);
    return alive;
  });
  const killed = mutants.length - survivors.length;
  console.log(`${killed} of ${mutants.length} mutants killed: ${(100 * killed / mutants.length).toFixed(1)} %`);
}

function survives({ file, start, end, text }: Mutant): boolean {
  const source = readFileSync(file, 'utf-8');
  writeFileSync(file, source.slice(0, start) + text + source.slice(end));
  try {
    return testsPass(file);
  } finally {
    writeFileSync(file, source);
  }
}

/** The test file of the broken file comes first: most mutants go no further. */
function testsPass(file?: string): boolean {
  const own = file ? [`/${basename(file, '.ts')}.test.ts`] : [];
  return [own, ...TESTS].filter((tests) => tests.length > 0).every((tests) => {
    const args = ['node_modules/jest/bin/jest.js', '--runInBand', '--bail', '--ci', '--coverage=false', '--passWithNoTests', ...tests];
    return spawnSync(process.execPath, args, { stdio: 'ignore' }).status === 0;
  });
}

function mutantsOf(file: string): Mutant[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf-8'), ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const replace = (node: ts.Node, text: string) => mutants.push({ file, start: node.getStart(), end: node.getEnd(), text });
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isImportDeclaration(node)) return;
    if (ts.isNumericLiteral(node)) replace(node, `(${node.text} + 1)`);
    if (ts.isBinaryExpression(node) && node.operatorToken.getText() in OPPOSITES) {
      replace(node.operatorToken, OPPOSITES[node.operatorToken.getText()]);
    }
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) replace(node, `(${node.operand.getText()})`);
    if (node.kind === ts.SyntaxKind.TrueKeyword) replace(node, 'false');
    if (node.kind === ts.SyntaxKind.FalseKeyword) replace(node, 'true');
    if (ts.isIfStatement(node)) ['true', 'false'].forEach((value) => replace(node.expression, value));
    if (ts.isConditionalExpression(node)) ['true', 'false'].forEach((value) => replace(node.condition, value));
    if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'Level') {
      replace(node.name, node.name.text === 'ERROR' ? 'WARNING' : 'ERROR');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutants;
}

function describe({ file, start, end, text }: Mutant): string {
  const source = readFileSync(file, 'utf-8');
  const line = source.slice(0, start).split('\n').length;
  return `${file}:${line} ${source.slice(start, end).replace(/\s+/g, ' ')} → ${text}`;
}

function sourcesOf(folders: string[]): string[] {
  return folders.flatMap((folder) => ts.sys.readDirectory(resolve(root, folder), ['.ts']).map((file) => file.slice(root.length + 1)));
}
