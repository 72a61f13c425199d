import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Workplace } from './language';
import { generate } from './pacmak';
import { checkSnippets } from './snippets';
import { DOTNET, missingTools } from './toolchains';
import { run, tryRun } from '../as-a-user/shell';

/** Generates the package for .NET, and compiles it if there is a .NET toolchain. Returns which of the two was done. */
export function checkDotnet({ temporary }: Workplace): string {
  const sources = generate('dotnet', join(temporary, 'dist'));
  checkSnippets('dotnet', sources);
  const missing = missingTools([DOTNET], tryRun);
  if (missing.length > 0) return `generated, not compiled (${missing.join('; ')})`;
  const project = join(sources, readdirSync(sources, { withFileTypes: true }).find((entry) => entry.isDirectory())!.name);
  run('dotnet', ['build', '--nologo', '--verbosity', 'quiet'], { cwd: project });
  return 'generated and compiled';
}
