/**
 * A reporter of jest that writes which test file runs which lines of `src`, and for how long, into the file that `COVERAGE_MAP` names.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestResult } from '@jest/test-result';
import type { CoverageMap } from './coverage-map';
import { executedLines, wordsOf } from './executed-lines';

export default class CoverageReporter {
  private readonly map: CoverageMap = { seconds: {}, lines: {} };
  private readonly words = new Map<string, ReturnType<typeof wordsOf>>();

  public onTestResult(_test: unknown, { testFilePath, v8Coverage, perfStats }: TestResult): void {
    const test = relative(process.cwd(), testFilePath);
    this.map.seconds[test] = (perfStats.end - perfStats.start) / 1000;
    for (const { result, codeTransformResult } of v8Coverage ?? []) {
      const file = relative(process.cwd(), result.url.startsWith('file:') ? fileURLToPath(result.url) : result.url);
      if (!file.startsWith('src/') || !codeTransformResult?.sourceMapPath) continue;
      const { code, sourceMapPath } = codeTransformResult;
      if (!this.words.has(file)) this.words.set(file, wordsOf(code, JSON.parse(readFileSync(sourceMapPath, 'utf-8'))));
      const lines = this.map.lines[file] ??= {};
      executedLines(code.length, this.words.get(file)!, result.functions).forEach((line) => (lines[line] ??= []).push(test));
    }
  }

  public onRunComplete(): void {
    writeFileSync(process.env.COVERAGE_MAP!, JSON.stringify(this.map));
  }
}
