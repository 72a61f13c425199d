/**
 * Recognises CDK's tokens without importing CDK, because users who plan from templates haven't installed it. A token replaces a number or a text that
 * is known only at deployment.
 *
 * Source: https://docs.aws.amazon.com/cdk/v2/guide/tokens.html, and `extractTokenDouble` in aws-cdk-lib 2.271.
 */

const IN_TEXT = /\$\{Token\[.*?\]\}/;

/** The range of numbers whose first 16 bits mark a token. No price or amount of money is that far below 0. */
const [LOWEST, HIGHEST] = [-(2 ** 961), -1.9375 * 2 ** 960];

/** Whether a number or a text is a token, so that its value is known only at deployment. */
export function isEncodedToken(value: string | number | undefined): boolean {
  return typeof value === 'number' ? value > LOWEST && value <= HIGHEST : value !== undefined && IN_TEXT.test(value);
}
