/**
 * Removes everything that users can't name from the type declarations, after a compile. The exports of the entry points and the types that they
 * mention stay. Nothing else can be imported, and it would be half of the declarations. Members that are `@internal` are removed, too.
 */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as ts from 'typescript';

const ENTRIES = ['index.d.ts', 'rehearsal/index.d.ts'];

/** Makes the type declarations of a folder smaller. */
export function slimTypes(folder: string): void {
  const options: ts.CompilerOptions = { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16, noLib: true, types: [] };
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    // Other packages don't refer to our types, and take seconds to read.
    resolveModuleNameLiterals: (names, file) => names.map(({ text }) => (
      text.startsWith('.') ? ts.resolveModuleName(text, file, options, ts.sys) : { resolvedModule: undefined }
    )),
  };
  const program = ts.createProgram(ENTRIES.map((file) => join(folder, file)), options, host);
  const reached = new Reached(program.getTypeChecker());
  for (const entry of ENTRIES) reached.addExportsOf(program.getSourceFile(join(folder, entry))!);

  const slim = new Map(program.getSourceFiles().map((source) => [resolve(source.fileName), textOf(source, reached)]));
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf-8' }).filter((file) => file.endsWith('.d.ts'))) {
    const file = resolve(folder, name);
    const text = slim.get(file);
    if (text) writeFileSync(file, text);
    else rmSync(file);
  }
}

/** The statements and files that can be reached from the entry points. */
class Reached {
  private readonly nodes = new Set<ts.Node>();

  constructor(private readonly checker: ts.TypeChecker) {}

  has(node: ts.Node): boolean {
    return this.nodes.has(node);
  }

  addExportsOf(source: ts.SourceFile): void {
    this.nodes.add(source);
    this.checker.getExportsOfModule(this.checker.getSymbolAtLocation(source)!).forEach((symbol) => this.addSymbol(symbol));
  }

  private addSymbol(symbol: ts.Symbol): void {
    // eslint-disable-next-line no-bitwise -- the flags of the compiler
    const target = symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
    for (const declaration of target.declarations ?? []) {
      if (ts.isSourceFile(declaration)) this.addExportsOf(declaration);
      else this.addStatement(ts.findAncestor(declaration, ({ parent }) => ts.isSourceFile(parent))!);
    }
  }

  private addStatement(statement: ts.Node): void {
    if (this.nodes.has(statement)) return;
    this.nodes.add(statement).add(statement.getSourceFile());
    const visit = (node: ts.Node): void => {
      if (isInternal(node)) return;
      const symbol = ts.isIdentifier(node) && this.checker.getSymbolAtLocation(node);
      if (symbol) this.addSymbol(symbol);
      ts.forEachChild(node, visit);
    };
    visit(statement);
  }
}

/** Returns the remaining text of a file, which may be empty. */
function textOf(source: ts.SourceFile, reached: Reached): string {
  if (!reached.has(source)) return '';
  const kept = source.statements.filter((statement) => ts.isExportDeclaration(statement) || reached.has(statement));
  const declarations = kept.map(withoutInternal).join('');
  const imports = source.statements.filter(ts.isImportDeclaration).map((statement) => importOf(statement, new Set(declarations.match(/\w+/g)))).join('');
  return (imports + declarations).trimStart().replace(/^( {4})+/gm, (spaces) => '\t'.repeat(spaces.length / 4)).concat('\n');
}

function withoutInternal(statement: ts.Statement): string {
  const members = ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement) ? [...statement.members].filter(isInternal) : [];
  return members.reduceRight((text, member) => (
    text.slice(0, member.pos - statement.pos) + text.slice(member.end - statement.pos)
  ), statement.getFullText());
}

function importOf(statement: ts.ImportDeclaration, words: Set<string>): string {
  const bindings = statement.importClause?.namedBindings;
  if (!bindings) return '';
  if (ts.isNamespaceImport(bindings)) return words.has(bindings.name.text) ? statement.getFullText() : '';
  const names = bindings.elements.filter(({ name }) => words.has(name.text)).map((element) => element.getText());
  return names.length > 0 ? `\nimport { ${names.join(', ')} } from ${statement.moduleSpecifier.getText()};` : '';
}

function isInternal(node: ts.Node): boolean {
  return ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal');
}

if (require.main === module) slimTypes('lib');
