import { CloudAssembly, CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';

/**
 * Describes a synthesised app in words: `ts-node tools/describe-assembly.ts cdk.out`.
 */
const assembly = new CloudAssembly(process.argv[2]);
assembly.stacks.forEach(describeStack);

function describeStack(stack: CloudFormationStackArtifact): void {
  const resources = Object.values<any>(stack.template.Resources);
  heading(stack.displayName);
  console.log(`template: ${stack.templateFullPath}\n`);
  table(['resources', 'type'], countByType(resources));
  table(
    ['function', 'memory', 'vCPU', 'requests at once per environment'],
    Object.entries<any>(stack.template.Resources)
      .filter(([, { Properties }]) => Properties?.CapacityProviderConfig)
      .map(([logicalId, { Properties }]) => [logicalId, ...environment(Properties)]),
  );
}

function countByType(resources: any[]): string[][] {
  const counts = new Map<string, number>();
  resources.forEach(({ Type }) => counts.set(Type, (counts.get(Type) ?? 0) + 1));
  return [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([type, count]) => [String(count), type]);
}

function environment({ MemorySize: memory, CapacityProviderConfig: config }: any): string[] {
  const { ExecutionEnvironmentMemoryGiBPerVCpu: ratio, PerExecutionEnvironmentMaxConcurrency: concurrency } =
    config.LambdaManagedInstancesCapacityProviderConfig;
  return [`${memory} MB`, String(memory / 1024 / ratio), String(concurrency ?? 'default of the runtime')];
}

function heading(text: string): void {
  console.log(`\n${text}\n${'='.repeat(text.length)}`);
}

function table(titles: string[], rows: string[][]): void {
  const widths = titles.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const line = (cells: string[]) => cells.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd();
  console.log([line(titles), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line), ''].join('\n'));
}
