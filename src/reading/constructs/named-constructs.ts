/** Finds the constructs that a value refers to, even if the value is known only at synthesis. */
import { DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, StringConcat, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Returns the constructs that a property of a resource refers to, also within lists and blocks. */
export function namedConstructs(value: unknown, scope: IConstruct): IConstruct[] {
  const resolver = new NamingResolver();
  Tokenization.resolve(value, { scope, resolver });
  return resolver.named;
}

/** Resolves tokens as usual, and remembers the constructs that they refer to. */
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
