/**
 * Makes compiled code smaller, so that the package stays as small as promised. Names and lines are kept, because stack traces lead to them:
 *
 * - Comments are left out (those of the API are in the declarations), and code is indented by tabs. So is what only RULES.md says of a rule.
 * - `import * as ec2` needs no helper: what is imported in this way was compiled from TypeScript. Only an entry point has to say that it was, for those
 *   who import it.
 * - A file takes names from other files once, as `const { figure } = require("./text")`, and then calls `figure(…)`. The compiler writes
 *   `(0, text_1.figure)(…)` for each call. This is the same as long as no files import each other in a circle, which `test/architecture.test.ts` checks.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import * as ts from 'typescript';

interface Edit {
  readonly node: ts.Node;
  /** Where it ends, if not with the node. */
  readonly end?: number;
  readonly text: string;
}

/** Another file of the package, as a file requires it. */
interface Required {
  readonly statement: ts.Statement;
  readonly path: string;
  readonly uses: ts.Identifier[];
}

/** Makes each compiled file of a folder smaller. */
export function slimCode(folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf-8' }).filter((file) => file.endsWith('.js')).map((file) => join(folder, file));
  const program = ts.createProgram(files, { allowJs: true, noResolve: true, noLib: true, types: [] });
  for (const file of files) writeFileSync(file, slim(program.getSourceFile(file)!, program.getTypeChecker()));
}

function slim(source: ts.SourceFile, checker: ts.TypeChecker): string {
  const code = [...withoutHelpers(source), ...withoutReasons(source), ...namesTaken(source, checker)]
    .sort((a, b) => b.node.getStart() - a.node.getStart())
    .reduce((text, { node, end = node.end, text: other }) => text.slice(0, node.getStart()) + other + text.slice(end), source.text);
  return indentedByTabs(transformSync(code, { charset: 'utf8', legalComments: 'none', target: 'node20' }).code.replaceAll('/* @__PURE__ */ ', ''));
}

/** Replaces the two spaces of each level, except in texts of several lines. */
function indentedByTabs(code: string): string {
  const source = ts.createSourceFile('slim.js', code, ts.ScriptTarget.Latest);
  const inTexts = new Set<number>();
  visit(source);
  return code.split('\n').map((line, at) => (inTexts.has(at) ? line : line.replace(/^( {2})+/, (spaces) => '\t'.repeat(spaces.length / 2)))).join('\n');

  function visit(node: ts.Node): void {
    if (ts.isTemplateLiteralToken(node)) {
      const [first, last] = [node.getStart(source), node.end].map((position) => source.getLineAndCharacterOfPosition(position).line);
      for (let line = first + 1; line <= last; line++) inTexts.add(line);
    }
    ts.forEachChild(node, visit);
  }
}

function withoutHelpers(source: ts.SourceFile): Edit[] {
  const calls: Edit[] = [];
  visit(source);
  const helpers = source.text.includes('__exportStar(') ? [] : source.statements.filter((statement) => /^var __(createBinding|setModuleDefault|importStar) =/.test(statement.getText()));
  const marks = source.statements.filter((statement) => !source.fileName.endsWith('index.js') && statement.getText().startsWith('Object.defineProperty(exports, "__esModule"'));
  return [...calls, ...[...helpers, ...marks].map((node) => ({ node, text: '' }))];

  function visit(node: ts.Node): void {
    if (ts.isCallExpression(node) && node.expression.getText() === '__importStar') calls.push({ node, text: node.arguments[0].getText() });
    ts.forEachChild(node, visit);
  }
}

/** Leaves out what a rule checks and why, which only the table of rules in RULES.md says. */
function withoutReasons(source: ts.SourceFile): Edit[] {
  const reasons: Edit[] = [];
  visit(source);
  return reasons;

  function visit(node: ts.Node): void {
    const texts = ts.isObjectLiteralExpression(node) ? node.properties.filter(ts.isPropertyAssignment).filter(({ name }) => /^wh(at|y)$/.test(name.getText())) : [];
    if (texts.length === 2) reasons.push(...texts.map((text) => ({ node: text, end: text.end + /^,?/.exec(source.text.slice(text.end))![0].length, text: '' })));
    ts.forEachChild(node, visit);
  }
}

function namesTaken(source: ts.SourceFile, checker: ts.TypeChecker): Edit[] {
  const modules = new Map<ts.Symbol, Required>();
  for (const statement of source.statements) {
    const path = /^const \w+ = require\("(\.[^"]*)"\);$/.exec(statement.getText())?.[1];
    if (path === undefined || !ts.isVariableStatement(statement)) continue;
    modules.set(checker.getSymbolAtLocation(statement.declarationList.declarations[0].name)!, { statement, path, uses: [] });
  }
  const others = new Set<string>();
  visit(source);
  return [...modules.values()].flatMap(({ statement, path, uses }) => {
    // A name that means something else anywhere in the file stays a property of its module.
    const accesses = uses.map(({ parent }) => parent).filter(ts.isPropertyAccessExpression).filter(({ name }) => !others.has(name.text));
    if (accesses.length === 0) return [];
    const names = [...new Set(accesses.map(({ name }) => name.text))].sort();
    names.forEach((name) => others.add(name));
    const rest = accesses.length < uses.length ? `${statement.getText()} ` : '';
    return [
      { node: statement, text: `${rest}const { ${names.join(', ')} } = require("${path}");` },
      ...accesses.map((access) => ({ node: wholeOf(access), text: access.name.text })),
    ];
  });

  function visit(node: ts.Node): void {
    if (ts.isIdentifier(node) && !isProperty(node)) {
      const module = modules.get(checker.getSymbolAtLocation(node)!);
      if (module === undefined) others.add(node.text);
      else if (!ts.isVariableDeclaration(node.parent)) module.uses.push(node);
    }
    ts.forEachChild(node, visit);
  }
}

/** Returns `(0, text_1.figure)` for the access in it. */
function wholeOf(access: ts.PropertyAccessExpression): ts.Node {
  const { parent } = access;
  return ts.isBinaryExpression(parent) && parent.left.getText() === '0' && ts.isParenthesizedExpression(parent.parent) ? parent.parent : access;
}

/** Returns whether a name belongs to an object rather than to a scope. */
function isProperty(node: ts.Identifier): boolean {
  const parent: ts.Node & { readonly name?: ts.Node } = node.parent;
  return parent.name === node && [
    ts.isPropertyAccessExpression, ts.isPropertyAssignment, ts.isMethodDeclaration, ts.isPropertyDeclaration,
  ].some((isOfKind) => isOfKind(parent));
}

if (require.main === module) slimCode('lib');
