import { Aws, CfnResource, ResourceEnvironment, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isOfClass } from './cdk-internals';
import { ConstructProperties } from './construct-properties';
import { Fact, UNKNOWN } from '../fact';
import { Place, ResourceView } from '../resource-view';
import { isToken } from './token';
import { TokenReader } from './token-reader';

/** All functions of a stack have the same. */
const PLACES = new WeakMap<object, Place>();

/** A resource as its L1 describes it. `tokens` are read at synthesis only. */
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

/** The path of a resource, or of the construct that it is the one of. */
export function nameOf({ node }: IConstruct): string {
  return node.path.replace(/\/Resource$/, '');
}

/** Returns the account and Region of a stack or a resource, as far as they are known before deployment. */
export function placeOf(env: Stack | ResourceEnvironment): Place {
  const place = PLACES.get(env) ?? { account: unlessToken(env.account), region: unlessToken(env.region) };
  PLACES.set(env, place);
  return place;
}

/** The place of stacks without `env`. They and all in them have the same two tokens, so nothing needs to be resolved. */
function unlessToken(value: string): Fact<string> {
  return value === Aws.ACCOUNT_ID || value === Aws.REGION || isToken(value) ? UNKNOWN : value;
}
