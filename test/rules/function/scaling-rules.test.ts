import { UNKNOWN } from '../../../src/reading/fact';
import { ScalingFacts, SCALING_RULES } from '../../../src/rules/function/scaling-rules';
import { brief, judge, textOf } from '../util';

const findings = (min: ScalingFacts['minExecutionEnvironments'], max: ScalingFacts['maxExecutionEnvironments'], hasGpu = false, overrides = {}) =>
  judge(SCALING_RULES, { minExecutionEnvironments: min, maxExecutionEnvironments: max, hasGpu }, overrides);

test.each([
  [undefined, undefined, []],
  [3, 3, []],
  [3, 12, []],
  [12, 3, ['error EnvironmentRange']],
  [-1, 3, ['error EnvironmentRange']],
  [3, -1, ['error EnvironmentRange']],
  [3.5, 12, ['error EnvironmentRange']],
  [3, 15000, []],
  [3, 15001, ['error EnvironmentRange']],
  [15000, 15000, []],
  [15001, undefined, ['error EnvironmentRange']],
  [UNKNOWN, 2, []],
  [3, UNKNOWN, []],
  [UNKNOWN, UNKNOWN, []],
  [4, undefined, []],
  // Lambda takes a minimum of 3 where none is given.
  [undefined, 3, []],
  [undefined, 2, ['error EnvironmentRange']],
  [0, 0, ['warning EnvironmentsDeactivated']],
  [0, 1, ['warning ScaleToZero']],
  [0, undefined, ['warning ScaleToZero']],
  [0, UNKNOWN, []],
  [1, 1, ['info FewerThanThreeEnvironments']],
  [2, undefined, ['info FewerThanThreeEnvironments']],
] as const)('judges a minimum of %p and a maximum of %p', (min, max, expected) => {
  expect(brief(findings(min, max))).toEqual(expected);
});

test('lets a GPU function scale to zero', () => {
  expect(brief(findings(0, 4, true))).toEqual(['info ScaleToZero']);
});

test.each([
  [12, 3, 'EnvironmentRange', 'minExecutionEnvironments is 12, but must not be above maxExecutionEnvironments, which is 3. Lower minExecutionEnvironments to 3, or raise maxExecutionEnvironments.'],
  [undefined, 2, 'EnvironmentRange', 'minExecutionEnvironments is 3 by default, but must not be above maxExecutionEnvironments, which is 2. Lower minExecutionEnvironments to 2, or raise maxExecutionEnvironments.'],
  [20000, 20000, 'EnvironmentRange', 'minExecutionEnvironments is 20000, but must be a whole number from 0 to 15000. Use a number in that range.'],
  [3, 20000, 'EnvironmentRange', 'maxExecutionEnvironments is 20000, but must be a whole number from 0 to 15000. Use a number in that range.'],
  [0, 0, 'EnvironmentsDeactivated', 'maxExecutionEnvironments is 0, but with a minimum and a maximum of 0 the version is deactivated and doesn\'t wake by itself. Raise maxExecutionEnvironments, or acknowledge this if something outside the app raises it.'],
  [0, 4, 'ScaleToZero', 'minExecutionEnvironments is 0, but starting an environment takes minutes, and requests may fail meanwhile; AWS documents scale to zero for GPU functions only. Keep 1 environment, or acknowledge this if callers can wait.'],
  [1, 4, 'FewerThanThreeEnvironments', 'minExecutionEnvironments is 1, but a version needs 3 to survive the loss of a zone. Raise it to 3 in production.'],
])('says what to do about %p and %p', (min, max, code, text) => {
  expect(textOf(findings(min, max), code)).toBe(text);
});

test('says less of a GPU function', () => {
  expect(textOf(findings(0, 4, true), 'ScaleToZero')).toBe(
    'minExecutionEnvironments is 0, but starting an environment takes minutes, and requests may fail meanwhile. Keep 1 environment, or acknowledge this if callers can wait.',
  );
});

test('takes more environments where the limits say so', () => {
  expect(findings(3, 20000, false, { executionEnvironmentsMax: 20000 })).toEqual([]);
});
