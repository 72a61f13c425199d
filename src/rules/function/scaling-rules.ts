import { EnvironmentCountFacts } from './function-facts';
import { isKnown } from '../../reading/fact';
import { EXECUTION_ENVIRONMENT_DEFAULTS } from '../../service/execution-environments';
import { PAGES } from '../../service/pages';
import { Level, Rule, RuleContext, Violation } from '../rule';
import { outOfRange } from '../whole-number';

/** The facts about the minimum and maximum of a version. */
export interface ScalingFacts extends EnvironmentCountFacts {
  readonly hasGpu: boolean;
}

const STANDARD_MIN = EXECUTION_ENVIRONMENT_DEFAULTS.minExecutionEnvironments;

/** The rules about how many execution environments a version keeps. */
export const SCALING_RULES: Rule<ScalingFacts>[] = [
  {
    code: 'EnvironmentRange',
    level: Level.ERROR,
    what: 'The minimum and maximum of execution environments are whole numbers within the API\'s range, and the minimum isn\'t above the maximum.',
    why: 'Lambda refuses the version.',
    source: PAGES.scaling,
    check: wrongCounts,
  },
  {
    code: 'EnvironmentsDeactivated',
    level: Level.WARNING,
    what: 'The version has execution environments, or something in the app can give it some.',
    why: 'It is deactivated: it has no capacity and doesn\'t wake by itself.',
    source: PAGES.scaling,
    check({ minExecutionEnvironments: min, maxExecutionEnvironments: max, isRaised }, { term }) {
      if (min !== 0 || max !== 0 || isRaised?.()) return undefined;
      return {
        property: term('maxExecutionEnvironments'),
        allowed: 'with a minimum and a maximum of 0 the version is deactivated and doesn\'t wake by itself',
        found: 0,
        remedy: `raise ${term('maxExecutionEnvironments')}, or acknowledge this if something outside the app raises it`,
      };
    },
  },
  {
    code: 'ScaleToZero',
    level: Level.WARNING,
    alsoLevel: Level.INFO,
    what: 'The version keeps at least one execution environment while idle.',
    why: 'Waking takes minutes, and requests may fail meanwhile. Scaling to zero is documented for GPU functions; an older page ruled it out.',
    source: PAGES.gpuScaling,
    check({ minExecutionEnvironments: min, maxExecutionEnvironments: max, hasGpu }, { term }) {
      if (min !== 0 || !(max === undefined || (isKnown(max) && max > 0))) return undefined;
      return {
        level: hasGpu ? Level.INFO : Level.WARNING,
        property: term('minExecutionEnvironments'),
        allowed: `starting an environment takes minutes, and requests may fail meanwhile${hasGpu ? '' : '; AWS documents scale to zero for GPU functions only'}`,
        found: 0,
        remedy: 'keep 1 environment, or acknowledge this if callers can wait',
      };
    },
  },
  {
    code: 'FewerThanThreeEnvironments',
    level: Level.INFO,
    what: 'The version keeps an execution environment in each of three zones.',
    why: 'Otherwise an outage of one zone can take the version down, which is acceptable for development.',
    source: PAGES.scaling,
    check({ minExecutionEnvironments: min }, { term }) {
      if (!isKnown(min) || min < 1 || min >= STANDARD_MIN) return undefined;
      return {
        property: term('minExecutionEnvironments'),
        allowed: `a version needs ${STANDARD_MIN} to survive the loss of a zone`,
        found: min,
        remedy: `raise it to ${STANDARD_MIN} in production`,
      };
    },
  },
];

/** Checks a minimum and a maximum of any resource. */
export function wrongCounts(
  { minExecutionEnvironments: min, maxExecutionEnvironments: max }: EnvironmentCountFacts, context: RuleContext,
): Violation | undefined {
  const range = [0, context.limits.executionEnvironmentsMax] as const;
  const misfit = outOfRange(context, 'minExecutionEnvironments', min, range) ?? outOfRange(context, 'maxExecutionEnvironments', max, range);
  const least = min ?? STANDARD_MIN;
  if (misfit || !isKnown(max) || !isKnown(least) || least <= max) return misfit;
  const [minimum, maximum] = ['minExecutionEnvironments', 'maxExecutionEnvironments'].map(context.term);
  return {
    property: minimum,
    allowed: `must not be above ${maximum}, which is ${max}`,
    found: min === undefined ? `${STANDARD_MIN} by default` : least,
    remedy: `lower ${minimum} to ${max}, or raise ${maximum}`,
  };
}
