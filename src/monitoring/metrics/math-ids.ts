import { createHash } from 'crypto';
import { Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

const HASH = 8;
const READABLE = 40;

/**
 * A piece of the id of a metric in an expression, that tells this value from each other one: in one graph an id stands for one
 * metric. The same in each synthesis, also where the value is a token.
 */
export function idPart(scope: IConstruct, value: string): string {
  if (value.length <= READABLE && /^\w+$/.test(value)) return value;
  const tokens = Tokenization.reverseString(value);
  if (tokens.tokens.length === 0) return `${value.replace(/\W/g, '_').slice(0, READABLE)}_${hash(value)}`;
  return hash(tokens.mapTokens({ mapToken: (token) => `{${nameOf(scope, token)}}` }).join({ join: (a, b) => `${a}${b}` }));
}

/** The piece of an id that stands for a construct. */
export function idOfConstruct({ node }: IConstruct): string {
  return node.addr.slice(-6);
}

/** The text of a token counts tokens, so another token elsewhere would change it. */
function nameOf(scope: IConstruct, token: any): string {
  if (Reference.isReference(token)) return `${token.target.node.path}.${token.displayName}`;
  return JSON.stringify(Stack.of(scope).resolve(token));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH);
}
