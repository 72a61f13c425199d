import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Stage } from 'aws-cdk-lib';

/**
 * Keeps the templates of each app that a test synthesises in a folder of its own, with the name of the test, for `npx projen proof`. Apps with the
 * same templates share a folder.
 */
export function keepTemplates(folder: string): void {
  const synth = Stage.prototype.synth;
  Stage.prototype.synth = function (options) {
    const assembly = synth.call(this, options);
    const files = readdirSync(assembly.directory).filter((file) => file.endsWith('.template.json')).sort();
    const templates = files.map((file) => readFileSync(join(assembly.directory, file), 'utf-8'));
    if (templates.length > 0) {
      const kept = join(folder, createHash('sha256').update(templates.join()).digest('hex').slice(0, 16));
      mkdirSync(kept, { recursive: true });
      files.forEach((file, index) => writeFileSync(join(kept, file), templates[index]));
      writeFileSync(join(kept, 'made-by.txt'), `${nameOfTest()}\n`, { flag: 'a' });
    }
    return assembly;
  };
}

function nameOfTest(): string {
  const { testPath, currentTestName } = expect.getState();
  return `${relative('.', testPath!)} ${currentTestName ?? ''}`;
}
