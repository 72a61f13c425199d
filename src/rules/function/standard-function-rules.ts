import { StandardFunctionFacts } from './function-facts';
import { isKnown } from '../../reading/fact';
import { PAGES } from '../../service/pages';
import { Level, Rule } from '../rule';

/**
 * The rules about a function without a capacity provider that has properties of functions with one, because it was probably meant to be attached.
 * They apply only to templates, since in code the function may be attached later.
 */
export const STANDARD_FUNCTION_RULES: Rule<StandardFunctionFacts>[] = [
  {
    code: 'FunctionMemoryNeedsProvider',
    level: Level.ERROR,
    what: 'A function without a capacity provider stays within the memory of standard Lambda.',
    why: 'Lambda refuses the function.',
    source: PAGES.largeMemory,
    check({ memorySize }, { limits: { standardMemoryMax: max }, term }) {
      if (!isKnown(memorySize) || memorySize <= max) return undefined;
      return {
        property: term('memorySize'),
        allowed: `functions without a capacity provider get at most ${max} MB`,
        found: `${memorySize} MB`,
        remedy: `attach the function to a capacity provider, or lower ${term('memorySize')} to ${max}`,
      };
    },
  },
  {
    code: 'TimeoutRange',
    level: Level.ERROR,
    what: 'The timeout is within the service\'s range.',
    why: 'Lambda refuses the function.',
    source: PAGES.apiCreateFunction,
    check({ timeout }, { limits: { synchronousTimeoutMax: max, timeoutMax }, term }) {
      if (!isKnown(timeout) || timeout <= max) return undefined;
      return {
        property: term('timeout'),
        allowed: `functions without a capacity provider get at most ${max} seconds`,
        found: timeout,
        remedy: `attach the function to a capacity provider (at most ${timeoutMax} seconds), or lower ${term('timeout')} to ${max}`,
      };
    },
  },
  {
    code: 'ScalingWithoutProvider',
    level: Level.ERROR,
    what: 'A function with a minimum or maximum of execution environments is on a capacity provider.',
    why: 'Lambda refuses it: "does not contain a capacity provider configuration".',
    source: PAGES.samTransform,
    check({ minExecutionEnvironments: min, maxExecutionEnvironments: max }, { term }) {
      if (!isKnown(min) && !isKnown(max)) return undefined;
      return {
        property: term('functionScalingConfig'),
        allowed: 'the function is on no capacity provider',
        found: 'set',
        remedy: `attach the function to a capacity provider, or leave ${term('functionScalingConfig')} out`,
      };
    },
  },
];
