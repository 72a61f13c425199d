/**
 * AWS's runtime client for Java, `aws-lambda-java-runtime-interface-client`. It has a thread for each concurrent request.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { FunctionDescription } from './function-description';
import { ClientSearch, Launch, LaunchContext, RuntimeClient, Topology } from './runtime-client';
import { RehearsalUsageError } from './usage-error';

const ARTIFACT = 'aws-lambda-java-runtime-interface-client';
const MAIN = 'com.amazonaws.services.lambda.runtime.api.client.AWSLambda';
const JAR = new RegExp(`^${ARTIFACT}-(\\d[\\w.]*)\\.jar$`);
/** The first release that takes several requests at once. */
const FIRST_VERSION = [2, 8];

export class JavaClient implements RuntimeClient {
  public static find({ function: fn, clientDirectory, interpreter = 'java' }: ClientSearch): JavaClient {
    // As on Lambda, the class path is the content of the folder, or the jars in `lib`. Maven and Gradle leave jars elsewhere.
    const code = resolve(fn.codeDirectory);
    const folders = [...clientDirectory === undefined ? [] : [resolve(clientDirectory)], join(code, 'lib'), code, join(code, 'dependency'), join(code, '..', 'dependency')];
    const folder = folders.find((one) => versionIn(one) !== undefined);
    const version = folder && versionIn(folder);
    if (folder === undefined || version === undefined) {
      throw new RehearsalUsageError(`AWS's runtime client for Java is not installed: add com.amazonaws:${ARTIFACT} to the project and run "mvn dependency:copy-dependencies -DoutputDirectory=target/dependency", or name the folder of its jars with --client.`);
    }
    if (isOlder(version)) {
      throw new RehearsalUsageError(`${ARTIFACT} ${version} takes one request at a time: use ${FIRST_VERSION.join('.')} or later.`);
    }
    const { status, stderr } = spawnSync(interpreter, ['-version'], { encoding: 'utf-8' });
    if (status !== 0) throw new RehearsalUsageError(`Java can't be started as "${interpreter}": install a JRE, or name another program with --interpreter.`);
    return new JavaClient(interpreter, folder, version, /version "(\d+)/.exec(stderr)?.[1], fn);
  }

  public readonly language = 'Java';
  public readonly sharesThread = false;
  public readonly name: string;
  public readonly notes: readonly string[];

  private constructor(
    private readonly program: string, private readonly folder: string, version: string, found: string | undefined, { runtime }: FunctionDescription,
  ) {
    this.name = `${ARTIFACT} ${version}`;
    const [, wanted] = /^java(\d+)/.exec(runtime) ?? [];
    this.notes = found === wanted ? [] : [`The handler ran on Java ${found ?? 'of another version'}; the function's runtime is ${runtime}.`];
  }

  public topologies({ maxConcurrency }: FunctionDescription): readonly Topology[] {
    return [{ name: `${maxConcurrency} threads`, workers: maxConcurrency, concurrency: maxConcurrency }];
  }

  public launch({ function: { codeDirectory, handler }, topology: { workers } }: LaunchContext): Launch {
    const code = resolve(codeDirectory);
    return {
      command: [this.program, '-cp', [code, join(code, '*'), join(code, 'lib', '*'), join(this.folder, '*')].join(delimiter), MAIN, handler],
      environment: {},
      // The client always logs to standard output.
      usesLogSocket: false,
      visible: [this.folder],
      polls: workers,
    };
  }
}

function versionIn(folder: string): string | undefined {
  return existsSync(folder) ? readdirSync(folder).map((file) => JAR.exec(file)?.[1]).find((version) => version !== undefined) : undefined;
}

function isOlder(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major < FIRST_VERSION[0] || major === FIRST_VERSION[0] && minor < FIRST_VERSION[1];
}
