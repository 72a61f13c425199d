/** Creates the templates of an app with one deliberate mistake in `src`. The checks for that kind of mistake must refuse them. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { check, run } from '../as-a-user/shell';

/** A mistake in `src`, and an app whose templates show it. */
interface SourceBreak {
  readonly app: string;
  readonly file: string;
  /** A text that is in the file exactly once. */
  readonly text: string;
  readonly instead: string;
  /** The rules of cfn-lint and the checks that must refuse the template, or the words that the emulator must use. */
  readonly refusedBy: readonly string[];
}

const CHANGING = 'tools/deploy/app.ts';

/** The mistakes that the models must find. */
export const BREAKS_FOR_MODELS: Record<string, SourceBreak> = {
  'a property with another name': {
    app: 'examples/gpu-inference/app.ts',
    file: 'src/functions/gpu.ts',
    text: 'AcceleratorConfig.AcceleratorMemorySize',
    instead: 'AcceleratorConfig.AcceleratorMemory',
    refusedBy: ['API'],
  },
  'a value below its bound': {
    app: CHANGING, file: 'src/monitoring/alarms/create-alarms.ts', text: '    evaluationPeriods,', instead: '    evaluationPeriods: 0,', refusedBy: ['API', 'E3034'],
  },
  'a value that is not among those allowed': {
    app: CHANGING, file: 'src/managed-instances.ts', text: 'logs.RetentionDays.THREE_MONTHS', instead: '91', refusedBy: ['E3030'],
  },
};

/** The mistakes that only a deployment shows. */
export const BREAKS_FOR_EMULATOR: Record<string, SourceBreak> = {
  'a dependency that is missing': {
    app: CHANGING,
    file: 'src/network/managed-instances-network.ts',
    text: 'provider.node.addDependency(this.connectivity);',
    instead: '',
    refusedBy: ['no route'],
  },
};

/** Writes the templates of each mistake into a folder of their own, with a file that says what must refuse them. */
export async function synthesiseBroken(breaks: Record<string, SourceBreak>, folder: string): Promise<void> {
  for (const [name, one] of Object.entries(breaks)) {
    await synthesise(one, join(folder, name));
    writeFileSync(join(folder, name, 'refused-by.txt'), `${one.refusedBy.join('\n')}\n`);
  }
}

/** Runs the app with one mistake. */
async function synthesise({ app, file, text, instead }: SourceBreak, folder: string): Promise<void> {
  const broken = readFileSync(file, 'utf-8').split(text);
  check(broken.length === 2, `${file} should have ${text} exactly once: choose another text to break`);
  mkdirSync('.cache', { recursive: true });
  const bundle = mkdtempSync('.cache/broken-'); // the folder is in the repository, so that the app finds the packages
  try {
    await build({
      entryPoints: [app],
      bundle: true,
      platform: 'node',
      packages: 'external',
      outdir: bundle,
      logLevel: 'error',
      alias: { 'cdk-lambda-managed-instances': './src/index.ts' },
      plugins: [{
        name: 'break',
        setup: ({ onLoad }) => onLoad({ filter: new RegExp(`${basename(file)}$`) }, ({ path }) => (
          path === resolve(file) ? { contents: broken.join(instead), loader: 'ts' } : undefined
        )),
      }],
    });
    run(process.execPath, [join(bundle, basename(app, '.ts') + '.js')], { cwd: '.', env: { CDK_OUTDIR: resolve(folder), GRAVITON: 'false', MAX_VCPU_COUNT: '64' } });
  } finally {
    rmSync(bundle, { recursive: true });
  }
}
