/** Keeps the outcomes of mutants from run to run. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** The outcome of a mutant. */
export interface Outcome {
  /** The source. */
  readonly file: string;
  /** The mutant's place among those of the source. */
  readonly index: number;
  /** The test file that noticed it. Absent if the mutant survived. */
  readonly noticedBy?: string;
  /** The hashes of the source, and of the test file that noticed or all that didn't. */
  readonly hashes: Readonly<Record<string, string>>;
}

/**
 * The outcomes in a file. A kill is valid until the code of the source or of the test file that noticed changes. A survivor has to meet only tests that
 * are new or have changed.
 */
export class Outcomes {
  private readonly known = new Map<string, Outcome>();

  /** Reads the file. The hashes are those of code without comments. */
  public constructor(private readonly store: string, private readonly hashOf: (file: string) => string | undefined) {
    const lines = existsSync(store) ? readFileSync(store, 'utf-8').trim().split('\n') : [];
    lines.filter(Boolean).map((line) => JSON.parse(line) as Outcome).forEach((outcome) => this.known.set(keyOf(outcome), outcome));
  }

  /** Returns the test file that noticed the mutant, if the outcome is still valid. */
  public noticedBy(file: string, index: number): string | undefined {
    const outcome = this.known.get(keyOf({ file, index }));
    return outcome?.noticedBy && this.holds(outcome, file) && this.holds(outcome, outcome.noticedBy) ? outcome.noticedBy : undefined;
  }

  /** Whether the mutant passed the current tests of a file. */
  public passed(file: string, index: number, test: string): boolean {
    const outcome = this.known.get(keyOf({ file, index }));
    return outcome !== undefined && outcome.noticedBy === undefined && this.holds(outcome, file) && this.holds(outcome, test);
  }

  /** Keeps an outcome. The tests are the file that noticed, or all files whose tests the mutant passed. */
  public keep(file: string, index: number, tests: readonly string[], noticedBy?: string): void {
    const outcome: Outcome = { file, index, noticedBy, hashes: Object.fromEntries([file, ...tests].map((name) => [name, this.hashOf(name) ?? ''])) };
    this.known.set(keyOf(outcome), outcome);
    appendFileSync(this.store, `${JSON.stringify(outcome)}\n`);
  }

  private holds({ hashes }: Outcome, file: string): boolean {
    return hashes[file] !== undefined && hashes[file] === this.hashOf(file);
  }
}

function keyOf({ file, index }: Pick<Outcome, 'file' | 'index'>): string {
  return `${file} ${index}`;
}
