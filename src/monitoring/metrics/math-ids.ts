import { createHash } from 'crypto';
import { Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

const HASH = 8;
const READABLE = 40;

/**
 * Returns a part of a metric's id in an expression. It differs for different values, because an id in a graph stands for one metric. It is the same
 * in each synthesis, even if the value is a token.
 */
export function idPart(scope: IConstruct, value: string): string {
  if (value.length <= READABLE && /^\w+$/.test(value)) return value;
  const tokens = Tokenization.reverseString(value);
  if (tokens.tokens.length === 0) return `${value.replace(/\W/g, '_').slice(0, READABLE)}_${hash(value)}`;
  return hash(tokens.mapTokens({ mapToken: (token) => `{${nameOf(scope, token)}}` }).join({ join: (a, b) => `${a}${b}` }));
}

/** Returns the part of an id for a construct. */
export function idOfConstruct({ node }: IConstruct): string {
  return node.addr.slice(-6);
}

/** Returns a stable name for a token. The text of a token contains a counter, so another token elsewhere would change it. */
function nameOf(scope: IConstruct, token: any): string {
  if (Reference.isReference(token)) return `${token.target.node.path}.${token.displayName}`;
  return JSON.stringify(Stack.of(scope).resolve(token));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH);
}
