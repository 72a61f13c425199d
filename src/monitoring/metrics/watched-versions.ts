import * as lambda from 'aws-cdk-lib/aws-lambda';
import { WatchedVersionsFacts } from './monitoring-facts';

/**
 * What the rules need to know of versions whose environments are watched.
 *
 * @param versions those that somebody gave
 * @param functions those on the provider
 * @param idOf what stands for a function, however it is given
 */
export function watchedVersionsFacts(
  versions: readonly lambda.IVersion[], functions: readonly lambda.IFunctionRef[], idOf: (fn: lambda.IFunctionRef) => unknown,
): WatchedVersionsFacts {
  const known = functions.map(idOf);
  const ofFunction = versions.map((version) => idOf(version.lambda));
  const paths = (isWrong: (fn: unknown, i: number) => boolean) => versions.filter((_, i) => isWrong(ofFunction[i], i)).map(({ node }) => node.path);
  const isElsewhere = (fn: unknown) => fn === undefined || !known.includes(fn);
  return {
    elsewhere: paths(isElsewhere),
    repeated: paths((fn, i) => !isElsewhere(fn) && ofFunction.indexOf(fn) !== i),
  };
}
