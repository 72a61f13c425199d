/** A command that a language needs, and how to see that it is there. */
export interface Tool {
  readonly command: string;
  readonly args: readonly string[];
  /** Prints the version with this, the major version first. */
  readonly version: RegExp;
  /** The lowest version, by as many parts as matter. */
  readonly atLeast: readonly number[];
}

/** What a command prints, or nothing if it is missing or fails. */
export type Probe = (command: string, args: readonly string[]) => string | undefined;

// The lowest versions are those that the generated packages name: `requires-python`, the level of the Java sources of
// the example, and the line `go` in go.mod.
export const NODE: Tool = { command: 'node', args: ['--version'], version: /v(\d+)\.(\d+)/, atLeast: [20, 16] };
export const PYTHON: Tool = { command: 'python3', args: ['-c', 'import ensurepip, sys, venv; print(sys.version)'], version: /^(\d+)\.(\d+)/, atLeast: [3, 10] };
export const JAVA: Tool = { command: 'javac', args: ['-version'], version: /javac (\d+)/, atLeast: [17] };
export const MAVEN: Tool = { command: 'mvn', args: ['--version'], version: /Apache Maven (\d+)\.(\d+)/, atLeast: [3, 6] };
export const GO: Tool = { command: 'go', args: ['version'], version: /go(\d+)\.(\d+)/, atLeast: [1, 25] };
export const DOTNET: Tool = { command: 'dotnet', args: ['--version'], version: /^(\d+)/, atLeast: [6] };

/** What is missing of the tools, in words; nothing if all are there. */
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

/** Whether a version is another one or later, by as many parts as the other has. */
export function isAtLeast(found: readonly number[], atLeast: readonly number[]): boolean {
  const part = atLeast.findIndex((wanted, index) => found[index] !== wanted);
  return part === -1 || found[part] > atLeast[part];
}
