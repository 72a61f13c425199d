import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Language, ReadyApp, Workplace } from './language';
import { generate } from './pacmak';
import { checkSnippets } from './snippets';
import { JAVA, MAVEN, NODE } from './toolchains';
import { copyExample } from '../as-a-user/example';
import { cliPins, followQuickstart } from '../as-a-user/quickstart';
import { run } from '../as-a-user/shell';

/** Java users get a jar. Here it comes from a separate local Maven repository, so that the version 0.0.0 doesn't get into `~/.m2`. */
export const JAVA_LANGUAGE: Language = {
  name: 'Java',
  tools: [NODE, JAVA, MAVEN],

  prepare({ temporary, cache }: Workplace): ReadyApp {
    const folder = join(temporary, 'java');
    copyExample('languages/java', folder);
    const env = environment(cache);
    const sources = generate('java', join(temporary, 'dist'));
    checkSnippets('java', sources);
    pinRanges(join(sources, 'pom.xml'));
    run('mvn', ['--batch-mode', '--quiet', '-Dmaven.javadoc.skip', '-Dmaven.source.skip', 'install'], { cwd: sources, env });
    return { folder, env };
  },

  followQuickstart({ temporary, cache }: Workplace): string {
    const folder = join(temporary, 'java-quickstart');
    mkdirSync(folder);
    followQuickstart('java', folder, cliPins(), { env: environment(cache) });
    return folder;
  },
};

function environment(cache: string): Record<string, string> {
  return { MAVEN_OPTS: `${process.env.MAVEN_OPTS ?? ''} -Dmaven.repo.local=${join(cache, 'maven')}` };
}

/** Replaces each range by its lowest version, because Maven's choice would change over time. */
function pinRanges(pom: string): void {
  writeFileSync(pom, readFileSync(pom, 'utf-8').replace(/<version>\[([^,<]+),[^<]*<\/version>/g, '<version>$1</version>'));
}
