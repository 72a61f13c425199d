/** A command that a language needs, and the way to check that it is installed. */
export interface Tool {
  readonly command: string;
  readonly args: readonly string[];
  /** Finds the version in the command's output, the major version first. */
  readonly version: RegExp;
  /** The lowest version, with as many parts as matter. */
  readonly atLeast: readonly number[];
}

/** Returns the output of a command, or undefined if it is missing or fails. */
export type Probe = (command: string, args: readonly string[]) => string | undefined;

// The lowest versions are those that the generated packages name: `requires-python`, the level of the Java sources of
// the example, and the line `go` in go.mod.
export const NODE: Tool = { command: 'node', args: ['--version'], version: /v(\d+)\.(\d+)/, atLeast: [20, 16] };
export const PYTHON: Tool = { command: 'python3', args: ['-c', 'import ensurepip, sys, venv; print(sys.version)'], version: /^(\d+)\.(\d+)/, atLeast: [3, 10] };
export const JAVA: Tool = { command: 'javac', args: ['-version'], version: /javac (\d+)/, atLeast: [17] };
export const MAVEN: Tool = { command: 'mvn', args: ['--version'], version: /Apache Maven (\d+)\.(\d+)/, atLeast: [3, 6] };
export const GO: Tool = { command: 'go', args: ['version'], version: /go(\d+)\.(\d+)/, atLeast: [1, 25] };
export const DOTNET: Tool = { command: 'dotnet', args: ['--version'], version: /^(\d+)/, atLeast: [6] };

/** Returns the missing tools in words. Empty if all are installed. */
export function missingTools(tools: readonly Tool[], probe: Probe): string[] {
  return tools.flatMap((tool) => {
    const wanted = `${tool.command} ${tool.atLeast.join('.')} or later`;
    const printed = probe(tool.command, tool.args);
    if (printed === undefined) return [`${wanted}: \`${[tool.command, ...tool.args].join(' ')}\` doesn't run`];
    const found = tool.version.exec(printed)?.slice(1).map(Number);
    if (!found) return [`${wanted}: can't read a version in "${printed.trim()}"`];
    return isAtLeast(found, tool.atLeast) ? [] : [`${wanted}: found ${found.join('.')}`];
  });
}

/** Whether a version is at least another one, compared by as many parts as the other has. */
export function isAtLeast(found: readonly number[], atLeast: readonly number[]): boolean {
  const part = atLeast.findIndex((wanted, index) => found[index] !== wanted);
  return part === -1 || found[part] > atLeast[part];
}
