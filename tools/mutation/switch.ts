/** Turns the mutants of a source on, one at a time. */
export class Switch {
  /** Called for each expression that runs, of any source. */
  public static watcher?: (file: string, index: number) => void;

  /** Whether the expression of the mutant that is on has run since it was turned on. */
  public hasRun = false;
  private on?: number;

  public constructor(private readonly file: string) {}

  /** Turns one mutant on, or none. */
  public turn(index?: number): void {
    this.on = index;
    this.hasRun = false;
  }

  /** Called by the source before each expression that a mutant replaces. */
  public readonly isOn = (index: number): boolean => {
    Switch.watcher?.(this.file, index);
    return index === this.on && (this.hasRun = true);
  };
}
