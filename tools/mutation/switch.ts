/** Which mutant of a source is on, and which of its expressions run. */
export class Switch {
  /** Is told which expressions run. */
  public static watcher?: (file: string, index: number) => void;

  /** Whether the expression of the mutant that is on has run since it was turned on. */
  public hasRun = false;
  private on?: number;

  public constructor(private readonly file: string) {}

  /** Turns on one mutant of the source, or none. */
  public turn(index?: number): void {
    this.on = index;
    this.hasRun = false;
  }

  /** Sources ask it before each expression that a mutant replaces. */
  public readonly isOn = (index: number): boolean => {
    Switch.watcher?.(this.file, index);
    return index === this.on && (this.hasRun = true);
  };
}
