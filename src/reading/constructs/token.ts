import { Token } from 'aws-cdk-lib';
import { PLACEHOLDER } from '../placeholder';

/** The beginning of a token in a text. */
export const TOKEN_MARKER = '${';

/** The beginning of the only entry of a list that is a token. */
const LIST_MARKER = '#{';

/**
 * Whether a value is a token or a placeholder, so that the real value is known only at deployment or after a lookup.
 *
 * CDK is called only if the value may be a token, because CDK's check takes up to a dozen calls for each property of each function. A string token
 * has a marker, a number token is far below the range of exact integers, and an object has the method of `IResolvable`.
 */
export function isToken(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      if (value.includes(TOKEN_MARKER)) return Token.isUnresolved(value);
      return PLACEHOLDER.test(value) || (value.startsWith(LIST_MARKER) && Token.isUnresolved([value]));
    case 'number': return !Number.isSafeInteger(value) && Token.isUnresolved(value);
    case 'object': return value !== null && (Array.isArray(value) || 'resolve' in value) && Token.isUnresolved(value);
    default: return false;
  }
}
