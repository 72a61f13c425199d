/**
 * Tells what CDK writes in place of a number or a text that is known at deployment only, without CDK: who plans from templates hasn't installed it.
 *
 * Source: https://docs.aws.amazon.com/cdk/v2/guide/tokens.html, and `extractTokenDouble` in aws-cdk-lib 2.271.
 */

const IN_TEXT = /\$\{Token\[.*?\]\}/;

/** Numbers whose first 16 bits are those of a token; a price or an amount of money is never so far below 0. */
const [LOWEST, HIGHEST] = [-(2 ** 961), -1.9375 * 2 ** 960];

/** Whether a number or a text stands for one that is known at deployment only. */
export function isEncodedToken(value: string | number | undefined): boolean {
  return typeof value === 'number' ? value > LOWEST && value <= HIGHEST : value !== undefined && IN_TEXT.test(value);
}
