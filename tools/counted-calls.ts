import { Profiler, Session } from 'node:inspector';

/** A function of some script, and how often it was called. */
export interface CalledFunction {
  /** The script, as a URL or a path. */
  readonly script: string;
  /** Empty for an arrow function without a name. */
  readonly name: string;
  /** Where it begins in the script, in characters. */
  readonly offset: number;
  readonly calls: number;
}

/**
 * How often V8 calls each function while `run` runs: repeatable to a few calls in a million, unlike any clock. What is
 * loaded or made on first use is counted, too: run once before, unless that is what you want to know.
 *
 * Only in plain JavaScript: the calls of a test runner or of a loader that compiles would be counted, too.
 */
export function calledFunctions(run: () => void): CalledFunction[] {
  const session = new Session();
  session.connect();
  post(session, 'Profiler.enable');
  post(session, 'Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  run();
  const { result } = post<Profiler.TakePreciseCoverageReturnType>(session, 'Profiler.takePreciseCoverage');
  session.disconnect();
  return result.flatMap(({ url, functions }) => functions.map(({ functionName, ranges: [{ startOffset, count }] }) => ({
    script: url, name: functionName, offset: startOffset, calls: count,
  })));
}

/** All calls together. */
export function sumOfCalls(functions: CalledFunction[]): number {
  return functions.reduce((sum, { calls }) => sum + calls, 0);
}

/** The inspector of the own process answers at once. */
function post<Answer>(session: Session, method: string, params: object = {}): Answer {
  let answer: unknown;
  session.post(method, params, (error, result) => {
    if (error) throw error;
    answer = result;
  });
  return answer as Answer;
}
