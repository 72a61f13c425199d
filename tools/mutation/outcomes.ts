/** What became of mutants in this run and earlier ones. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** A mutant by its place among those of its source, and what it met. */
export interface Outcome {
  readonly file: string;
  readonly index: number;
  /** The file of the test that noticed; none if the mutant survived. */
  readonly noticedBy?: string;
  /** The hashes of the source and of the tests, those that it passed or the one that noticed. */
  readonly hashes: Readonly<Record<string, string>>;
}

/**
 * Kept in a file. A kill holds as long as the code of the source and of the test that noticed stays as it is. A survivor needs only meet
 * tests that are new or have changed since.
 */
export class Outcomes {
  private readonly known = new Map<string, Outcome>();

  /** The hash is of the code of a file, without comments. */
  public constructor(private readonly store: string, private readonly hashOf: (file: string) => string | undefined) {
    const lines = existsSync(store) ? readFileSync(store, 'utf-8').trim().split('\n') : [];
    lines.filter(Boolean).map((line) => JSON.parse(line) as Outcome).forEach((outcome) => this.known.set(keyOf(outcome), outcome));
  }

  /** Which test file noticed the mutant, if that still holds. */
  public noticedBy(file: string, index: number): string | undefined {
    const outcome = this.known.get(keyOf({ file, index }));
    return outcome?.noticedBy && this.holds(outcome, file) && this.holds(outcome, outcome.noticedBy) ? outcome.noticedBy : undefined;
  }

  /** Whether the mutant passed the tests of this file, as they are now. */
  public passed(file: string, index: number, test: string): boolean {
    const outcome = this.known.get(keyOf({ file, index }));
    return outcome !== undefined && outcome.noticedBy === undefined && this.holds(outcome, file) && this.holds(outcome, test);
  }

  /** The tests are the one that noticed, or those that the mutant passed. */
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
