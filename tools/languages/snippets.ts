import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../as-a-user/shell';

export type Target = 'python' | 'java' | 'dotnet' | 'go';

/** The code that creates a fleet in the README's example, and the files whose examples pacmak translates. For Go, that is only the README. */
const TRANSLATED: Record<Target, { readonly fleet: string; readonly files: string }> = {
  python: { fleet: 'ManagedInstances(self, "', files: '.py' },
  java: { fleet: 'ManagedInstances.Builder.create(this, "', files: '.java' },
  dotnet: { fleet: 'new ManagedInstances(this, "', files: '.cs' },
  go: { fleet: 'NewManagedInstances(this, jsii.String("', files: 'README.md' },
};
/** Matches a declaration that only TypeScript has, at the beginning of a line of a comment, a docstring or a page. */
const TYPESCRIPT = /^[\s*/#]*(declare )?const \w+( =|:).*/gm;

/** Throws unless the examples of a generated package are in its language. Without translations, pacmak leaves them in TypeScript. */
export function checkSnippets(target: Target, folder: string): void {
  const { fleet, files } = TRANSLATED[target];
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf-8' })
    .filter((file) => file.endsWith(files))
    .map((file) => readFileSync(join(folder, file), 'utf-8'));
  const left = typescriptIn(texts);
  check(left.length === 0, `TypeScript in the documentation for ${target}:\n${left.join('\n')}`);
  check(texts.some((text) => text.includes(fleet)), `no example in the documentation for ${target} says ${fleet}`);
}

/** Returns the lines of TypeScript in texts of another language. */
export function typescriptIn(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.match(TYPESCRIPT) ?? []).map((line) => line.trim());
}
