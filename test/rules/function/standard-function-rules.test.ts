import { UNKNOWN } from '../../../src/reading/fact';
import { FunctionFacts } from '../../../src/rules/function/function-facts';
import { STANDARD_FUNCTION_RULES } from '../../../src/rules/function/standard-function-rules';
import { brief, GOOD_FUNCTION, judge, textOf } from '../util';

const findings = (facts: Partial<FunctionFacts>, overrides = {}) => judge(STANDARD_FUNCTION_RULES, { ...GOOD_FUNCTION, ...facts }, overrides);

test.each<[Partial<FunctionFacts>, string[]]>([
  [{}, []],
  [{ memorySize: 128 }, []],
  [{ memorySize: 10240 }, []],
  [{ memorySize: 10241 }, ['error FunctionMemoryNeedsProvider']],
  [{ memorySize: UNKNOWN }, []],
  [{ timeout: 900 }, []],
  [{ timeout: 901 }, []],
  [{ timeout: 1800 }, []],
  [{ timeout: 1801 }, ['error TimeoutRange']],
  [{ timeout: UNKNOWN }, []],
  [{ minExecutionEnvironments: 1 }, ['error ScalingWithoutProvider']],
  [{ maxExecutionEnvironments: 1 }, ['error ScalingWithoutProvider']],
  [{ minExecutionEnvironments: UNKNOWN, maxExecutionEnvironments: UNKNOWN }, []],
])('judges %p without a provider', (facts, expected) => {
  expect(brief(findings(facts))).toEqual(expected);
});

test.each<[Partial<FunctionFacts>, string, string]>([
  [{ memorySize: 16384 }, 'FunctionMemoryNeedsProvider', 'memorySize is 16384 MB, but functions without a capacity provider get at most 10240 MB. Attach the function to a capacity provider, or lower memorySize to 10240.'],
  [{ timeout: 3600 }, 'TimeoutRange', 'timeout is 3600, but functions without a capacity provider get at most 1800 seconds. Attach the function to a capacity provider (at most 5400 seconds), or lower timeout to 1800.'],
  [{ minExecutionEnvironments: 3 }, 'ScalingWithoutProvider', 'functionScalingConfig is set, but the function is on no capacity provider. Attach the function to a capacity provider, or leave functionScalingConfig out.'],
])('says what to do about %p', (facts, code, text) => {
  expect(textOf(findings(facts), code)).toBe(text);
});

test.each([
  [{ memorySize: 16384 }, { standardMemoryMax: 16384 }],
  [{ timeout: 3600 }, { synchronousTimeoutMax: 3600 }],
])('takes %p with limits %p', (facts, overrides) => {
  expect(findings(facts, overrides)).toEqual([]);
});
