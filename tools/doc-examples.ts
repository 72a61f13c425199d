import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as ts from 'typescript';

/** The fixture in which the examples of README and docstrings are compiled, too. */
const FIXTURE = 'rosetta/default.ts-fixture';
const HERE = /^[ \t]*\/\/\/ here[ \t]*$/m;
/** The parsed files that don't change between two calls. Parsing aws-cdk-lib takes longer than everything else. */
const PARSED = new Map<string, ts.SourceFile | undefined>();
/** Matches a block of TypeScript by any of its names, with or without attributes. */
const BLOCK = /^```(?:ts|typescript|tsx|mts|cts)\b[^\n]*\n([\s\S]*?)^```[ \t]*$/gim;
/** Matches the blocks that the pattern above misses: their fence is indented, or longer. */
const OTHER_FENCE = /^(?:[ \t>]+```|[ \t>]*(?:````+|~~~+))[ \t]*(?:ts|typescript|tsx|mts|cts)\b/im;

/** A fenced block of TypeScript, as a module. */
export interface Example {
  readonly page: string;
  /** The line in the page at which the block begins. */
  readonly line: number;
  /** The number of lines of the block. */
  readonly lines: number;
  readonly module: string;
  /** The line in the module at which the copy of the block inside the class begins. */
  readonly body: number;
}

/**
 * Returns the compiler's errors about the `ts` blocks of pages, which are given by name and text. Each block is compiled inside the class of the
 * fixture, with its imports and declarations above the class.
 */
export function exampleErrors(pages: Readonly<Record<string, string>>): string[] {
  const found = Object.entries(pages).flatMap(([page, text]) => examplesOf(page, text));
  const examples = new Map(found.map((example, i) => [resolve(`example-${i}.ts`), example]));
  const options = compilerOptions();
  const program = ts.createProgram([...examples.keys()], options, hostWith(examples, options));
  return [...examples].flatMap(([file, example]) => {
    const source = program.getSourceFile(file)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ start = 0, messageText }) => (
      `${example.page}:${pageLine(example, source.getLineAndCharacterOfPosition(start).line)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
    ));
  });
}

/** Returns the `ts` blocks of a page. */
export function examplesOf(page: string, text: string): Example[] {
  const other = OTHER_FENCE.exec(text);
  if (other) throw new Error(`${page}: a block of TypeScript begins with three backticks at the beginning of a line, got "${other[0]}"`);
  const [before, after] = readFileSync(FIXTURE, 'utf-8').split(HERE);
  return [...text.matchAll(BLOCK)].map(({ 0: block, 1: code, index }) => {
    const above = hoisted(code);
    const head = blank(code, above, false) + before;
    return {
      page,
      line: text.slice(0, index + block.indexOf('\n')).split('\n').length + 1,
      lines: code.split('\n').length - 1,
      module: head + blank(code, above, true) + after,
      body: head.split('\n').length - 1,
    };
  });
}

/** Returns the ranges of imports and declarations, which can't be inside a function. */
function hoisted(code: string): ts.TextRange[] {
  const source = ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest);
  return source.statements
    .filter((statement) => ts.isImportDeclaration(statement)
      || (ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)))
    .map((statement) => ({ pos: statement.getStart(source), end: statement.end }));
}

/** Replaces the code inside or outside of the ranges by spaces, so that each line keeps its number. */
function blank(code: string, ranges: ts.TextRange[], inside: boolean): string {
  return [...code].map((character, i) => {
    const isInside = ranges.some(({ pos, end }) => i >= pos && i < end);
    return isInside === inside && character !== '\n' ? ' ' : character;
  }).join('');
}

function pageLine({ line, lines, body }: Example, moduleLine: number): number {
  if (moduleLine < lines) return line + moduleLine;
  return line + Math.min(Math.max(moduleLine - body, 0), lines - 1);
}

/** Returns the compiler options of the tests, in which the package is resolved to its source. */
function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile('tsconfig.dev.json', (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [FIXTURE] }, ts.sys, process.cwd());
  // An example may create things without using them.
  return { ...options, noUnusedLocals: false, noUnusedParameters: false };
}

function hostWith(examples: ReadonlyMap<string, Example>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    fileExists: (file) => examples.has(resolve(file)) || host.fileExists(file),
    readFile: (file) => examples.get(resolve(file))?.module ?? host.readFile(file),
    getSourceFile: (file, ...rest) => {
      const example = examples.get(resolve(file));
      if (example) return ts.createSourceFile(file, example.module, rest[0]);
      if (!PARSED.has(file)) PARSED.set(file, host.getSourceFile(file, ...rest));
      return PARSED.get(file);
    },
  };
}
