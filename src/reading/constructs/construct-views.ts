import { Aws, CfnResource, ResourceEnvironment, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isOfClass } from './cdk-internals';
import { ConstructProperties } from './construct-properties';
import { Fact, UNKNOWN } from '../fact';
import { Place, ResourceView } from '../resource-view';
import { isToken } from './token';
import { TokenReader } from './token-reader';

/** The places by stack, because all functions of a stack share one. */
const PLACES = new WeakMap<object, Place>();

/** Returns a resource as its L1 describes it. `tokens` are read only at synthesis. */
export function viewOf(resource: CfnResource, tokens?: TokenReader): ResourceView {
  return {
    type: resource.cfnResourceType,
    key: resource,
    get name() { return nameOf(resource); },
    properties: tokens ? ConstructProperties.atSynthesis(resource, tokens) : new ConstructProperties(resource),
    deletionPolicy: resource.cfnOptions.deletionPolicy,
    place: placeOf(resource.stack),
    get language() { return isOfClass(resource.node.scope, 'GoFunction') ? 'Go' : undefined; },
  };
}

/** Returns the construct path without a trailing `/Resource`. */
export function nameOf({ node }: IConstruct): string {
  return node.path.replace(/\/Resource$/, '');
}

/** Returns the account and Region of a stack or a resource, as far as they are known before deployment. */
export function placeOf(env: Stack | ResourceEnvironment): Place {
  const place = PLACES.get(env) ?? { account: unlessToken(env.account), region: unlessToken(env.region) };
  PLACES.set(env, place);
  return place;
}

/** Returns a value unless it is a token. Stacks without `env`, and everything in them, share the same two tokens, so nothing needs to be resolved. */
function unlessToken(value: string): Fact<string> {
  return value === Aws.ACCOUNT_ID || value === Aws.REGION || isToken(value) ? UNKNOWN : value;
}
