/**
 * The result of a rehearsal, as text, as JSON, and as a load for the planner.
 */
import { isProblem, RehearsalFinding } from './findings';
import { FunctionDescription } from './function-description';
import { Measurement } from './measurement';
import { RehearsalResult } from './rehearsal-result';
import { WhatToSet } from './what-to-set';

const GRADES: Record<RehearsalFinding['grade'], string> = {
  leak: 'LEAK',
  together: 'ONLY TOGETHER',
  alone: 'HAPPENS ALONE TOO',
  hint: 'HINT',
};

export class RehearsalReport {
  /** All findings, the most serious first. */
  public readonly findings: readonly RehearsalFinding[];
  /** The findings that must be fixed: all except hints. */
  public readonly problems: readonly RehearsalFinding[];
  /** The number of requests that were sent. */
  public readonly requests: number;
  public readonly measurement?: Measurement;
  public readonly whatToSet?: WhatToSet;
  /** Notes on differences from the deployed function, and on what couldn't be judged. */
  public readonly notes: readonly string[];

  constructor(private readonly fn: FunctionDescription, private readonly client: string, private readonly events: number, result: RehearsalResult) {
    ({ findings: this.findings, requests: this.requests, measurement: this.measurement, whatToSet: this.whatToSet, notes: this.notes } = result);
    this.problems = this.findings.filter(isProblem);
  }

  public toString(): string {
    const { runtime, handler, maxConcurrency, vCpus } = this.fn;
    const sent = `${count(this.requests, 'request')} with ${count(this.events, 'event')}, up to ${maxConcurrency} at once, ${count(vCpus, 'vCPU')}`;
    const parts = [
      `${handler} (${runtime}) with ${this.client}: ${sent}.`,
      ...this.findings.map(findingText),
      ...this.whatToSet === undefined ? [] : [whatToSetText(this.whatToSet)],
      ...this.notes.map((note) => `Note: ${note}`),
      this.verdict(),
    ];
    return parts.join('\n\n');
  }

  public toJson(): any {
    const { name, handler, runtime, maxConcurrency, vCpus, memorySize } = this.fn;
    return {
      function: { name, handler, runtime, maxConcurrency, vCpus, memorySize },
      client: this.client,
      events: this.events,
      requests: this.requests,
      findings: this.findings,
      measurement: this.measurement,
      whatToSet: this.whatToSet,
      notes: this.notes,
    };
  }

  /**
   * Returns the load of the function without the number of requests, which only you know. Undefined if nothing was measured.
   *
   * @param name the name of the function in the file: its logical id, function name or construct path
   */
  public toLoad(name = this.fn.name): any {
    const { wallMs, cpuMs } = this.measurement ?? {};
    if (wallMs === undefined) return undefined;
    return { functions: { [name]: { meanDurationMs: rounded(wallMs), meanCpuTimeMs: cpuMs === undefined ? undefined : rounded(cpuMs) } } };
  }

  private verdict(): string {
    const problems = this.problems.length;
    const hints = this.findings.length - problems;
    const besides = hints === 0 ? '' : `, ${count(hints, 'hint')}`;
    return problems === 0 ? `Nothing is wrong${besides}.` : `${count(problems, 'problem')}${besides}.`;
  }
}

function findingText({ grade, code, message, fix, evidence, requestId, environment }: RehearsalFinding): string {
  return [
    `${GRADES[grade]} ${code} (${environment})`,
    `  ${message}`,
    ...requestId === undefined ? [] : [`  Request: ${requestId}`],
    ...evidence === undefined ? [] : [`  Seen: ${evidence}`],
    `  ${fix}`,
  ].join('\n');
}

function whatToSetText(what: WhatToSet): string {
  const { perExecutionEnvironmentMaxConcurrency: concurrency, memorySize, executionEnvironmentMemoryGiBPerVCpu: ratio, workers, why } = what;
  return [
    'What to set',
    ...concurrency === undefined ? [] : [`  perExecutionEnvironmentMaxConcurrency: ${concurrency}`],
    ...memorySize === undefined ? [] : [`  memorySize: ${memorySize}`],
    ...ratio === undefined ? [] : [`  executionEnvironmentMemoryGiBPerVCpu: ${ratio}`],
    ...why.map((reason) => `  ${reason}`),
    `  AWS's client runs ${workers}.`,
  ].join('\n');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function rounded(ms: number): number {
  return Number(ms.toPrecision(3));
}
