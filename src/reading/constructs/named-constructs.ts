/** Finds the constructs that a value names, also where it is known at synthesis only. */
import { DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, StringConcat, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The constructs that a property of a resource refers to, in lists and blocks as well. */
export function namedConstructs(value: unknown, scope: IConstruct): IConstruct[] {
  const resolver = new NamingResolver();
  Tokenization.resolve(value, { scope, resolver });
  return resolver.named;
}

/** Resolves like any other, and remembers what it came by. */
class NamingResolver extends DefaultTokenResolver {
  public readonly named: IConstruct[] = [];

  constructor() {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token)) this.named.push(token.target);
    return super.resolveToken(token, context, postProcessor);
  }
}
