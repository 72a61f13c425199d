/**
 * AWS's runtime client for Python, `awslambdaric`. It has a process for each concurrent request.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { FunctionDescription } from './function-description';
import { ClientSearch, Launch, LaunchContext, RuntimeClient, Topology } from './runtime-client';
import { RehearsalUsageError } from './usage-error';

const PACKAGE = 'awslambdaric';
/** The first major release that takes several requests at once. */
const FIRST_MAJOR = 4;
const ASK = [
  'import sys, json, os',
  'from importlib import metadata',
  'def installed():',
  '    try: return metadata.version("awslambdaric"), str(metadata.distribution("awslambdaric").locate_file(""))',
  '    except metadata.PackageNotFoundError: return None, None',
  'version, place = installed()',
  'print(json.dumps(dict(program=sys.executable, prefix=sys.prefix, version="%d.%d" % sys.version_info[:2], client=version, place=place)))',
].join('\n');

interface Interpreter {
  readonly program: string;
  readonly prefix: string;
  readonly version: string;
  /** The version of the client, or null if it isn't installed. */
  readonly client: string | null;
  readonly place: string | null;
}

export class PythonClient implements RuntimeClient {
  public static find({ function: fn, clientDirectory, interpreter }: ClientSearch): PythonClient {
    const [, wanted] = /^python(\d+\.\d+)/.exec(fn.runtime) ?? [];
    const path = [...clientDirectory === undefined ? [] : [resolve(clientDirectory)], resolve(fn.codeDirectory), join(resolve(fn.codeDirectory), 'python')];
    const programs = interpreter === undefined ? [
      join('.venv', 'bin', 'python'), join(fn.codeDirectory, '.venv', 'bin', 'python'), `python${wanted}`, 'python3', 'python',
    ].filter((program) => !program.includes('.venv') || existsSync(program)) : [interpreter];
    const found = programs.map((program) => ask(program, path)).filter((one) => one !== undefined);
    if (found.length === 0) {
      throw new RehearsalUsageError(interpreter === undefined
        ? `No Python was found: install Python ${wanted}, or name a program with --interpreter.`
        : `Python can't be started as "${interpreter}": name another program with --interpreter.`);
    }
    const able = found.find(({ client }) => client !== null);
    if (able === undefined) {
      throw new RehearsalUsageError(`AWS's runtime client for Python is not installed: run "${found[0].program} -m pip install ${PACKAGE}".`);
    }
    if (Number.parseInt(able.client!) < FIRST_MAJOR) {
      throw new RehearsalUsageError(`${PACKAGE} ${able.client} takes one request at a time: install release ${FIRST_MAJOR} or later with "${able.program} -m pip install --upgrade ${PACKAGE}".`);
    }
    return new PythonClient(able, path, wanted);
  }

  public readonly language = 'Python';
  public readonly sharesThread = false;
  public readonly name: string;
  public readonly notes: readonly string[];

  private constructor(private readonly interpreter: Interpreter, private readonly path: readonly string[], wanted: string) {
    this.name = `${PACKAGE} ${interpreter.client}`;
    this.notes = interpreter.version === wanted ? [] : [`The handler ran on Python ${interpreter.version}; the function's runtime is python${wanted}.`];
  }

  /**
   * Returns two layouts: one process, which shows data that is carried from one request to the next, and all processes, which show what processes
   * share.
   */
  public topologies({ maxConcurrency }: FunctionDescription): readonly Topology[] {
    return [1, ...maxConcurrency > 1 ? [maxConcurrency] : []].map((workers) => ({
      name: `${workers} process${workers === 1 ? '' : 'es'}`, workers, concurrency: workers,
    }));
  }

  public launch({ function: fn, topology: { workers } }: LaunchContext): Launch {
    const { program, prefix, place } = this.interpreter;
    return {
      command: [program, '-m', PACKAGE, fn.handler],
      environment: {
        PYTHONPATH: [...this.path, ...fn.environment.PYTHONPATH === undefined ? [] : [fn.environment.PYTHONPATH]].join(delimiter),
        PYTHONDONTWRITEBYTECODE: '1',
      },
      usesLogSocket: true,
      visible: [...this.path.filter((folder) => existsSync(folder)), prefix, dirname(program), ...place === null ? [] : [place]],
      polls: workers,
    };
  }
}

function ask(program: string, path: readonly string[]): Interpreter | undefined {
  const { status, stdout } = spawnSync(program, ['-c', ASK], { encoding: 'utf-8', env: { ...process.env, PYTHONPATH: path.join(delimiter) } });
  return status === 0 ? JSON.parse(stdout) as Interpreter : undefined;
}
