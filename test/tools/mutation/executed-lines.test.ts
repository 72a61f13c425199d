import { Session } from 'node:inspector';
import { runInNewContext } from 'node:vm';
import * as ts from 'typescript';
import { CountedFunction, executedLines, wordsOf } from '../../../tools/mutation/executed-lines';

const SOURCE = `interface Shape {
  readonly sides: number;
}

const never = (shape: Shape) =>
  shape.sides;

function name({ sides }: Shape): string {
  if (sides > 4) {
    return 'many';
  }
  return sides === 3
    ? 'three'
    : 'few';
}

name({ sides: 3 });
`;

/** What V8 counts while a script runs. */
function counted(code: string): CountedFunction[] {
  const session = new Session();
  session.connect();
  try {
    session.post('Profiler.enable');
    session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    runInNewContext(code, {}, { filename: 'counted.js' });
    let functions: CountedFunction[] = [];
    session.post('Profiler.takePreciseCoverage', (_error, { result }) => {
      functions = result.find(({ url }) => url === 'counted.js')!.functions;
    });
    return functions;
  } finally {
    session.disconnect();
  }
}

test('tells the lines of the source that ran from those that did not', () => {
  const { outputText, sourceMapText } = ts.transpileModule(SOURCE, { compilerOptions: { sourceMap: true, target: ts.ScriptTarget.ES2022 } });

  const lines = executedLines(outputText.length, wordsOf(outputText, JSON.parse(sourceMapText!)), counted(outputText));

  const ran = SOURCE.split('\n').map((text) => text.trim()).filter((_text, index) => lines.has(index + 1));
  expect(ran).toEqual([
    'const never = (shape: Shape) =>', 'function name({ sides }: Shape): string {', 'if (sides > 4) {', 'return sides === 3', '? \'three\'', 'name({ sides: 3 });',
  ]);
});
