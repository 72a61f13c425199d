import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as ts from 'typescript';

/**
 * Deletes the type declarations that what the package exports doesn't lead to, after a compile. Nobody can import what they declare; they would be a tenth of the package.
 */
const LIB = 'lib';
const options: ts.CompilerOptions = { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16, noLib: true, types: [] };
const host: ts.CompilerHost = {
  ...ts.createCompilerHost(options),
  // What is not ours leads to nothing of ours, and takes seconds to read.
  resolveModuleNameLiterals: (names, file) => names.map(({ text }) => (
    text.startsWith('.') ? ts.resolveModuleName(text, file, options, ts.sys) : { resolvedModule: undefined }
  )),
};
const program = ts.createProgram(['index.d.ts', 'rehearsal/index.d.ts'].map((file) => join(LIB, file)), options, host);
const reached = new Set(program.getSourceFiles().map(({ fileName }) => resolve(fileName)));
readdirSync(LIB, { recursive: true, encoding: 'utf-8' })
  .filter((file) => file.endsWith('.d.ts') && !reached.has(resolve(LIB, file)))
  .forEach((file) => rmSync(join(LIB, file)));
