/** The context with which CDK's own template validator throws, even for warnings. */
export const STRICT = { '@aws-cdk/core:validateAgainstDefaultRules': true, '@aws-cdk/core:strictCfnValidateErrors': true };

const FLAGS = jest.requireActual('aws-cdk-lib/recommended-feature-flags.json');
const ENV = { account: '123456789012', region: 'us-east-1' };
/** The cases with and without `env`, and with and without all recommended feature flags: a name, props of a stack, and context. */
export const CASES = [
  ['without env, without feature flags', {}, {}],
  ['with env, without feature flags', { env: ENV }, {}],
  ['without env, with all recommended feature flags', {}, FLAGS],
  ['with env, with all recommended feature flags', { env: ENV }, FLAGS],
] as const;
