import { CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { idOfConstruct } from './read-templates';
import { Template } from '../templates/template';

/**
 * The templates that the constructs below a root would synthesise to, as far as rules read them. A reference into another
 * stack is not yet an export and an import: it names the other's resource by its id in the app.
 */
export function renderTemplates(root: IConstruct): Template[] {
  return root.node.findAll().filter(Stack.isStack).map((stack) => ({
    file: stack.templateFile,
    body: { Resources: renderResources(stack) },
    account: unlessToken(stack.account),
    region: unlessToken(stack.region),
  }));
}

function unlessToken(value: string): string | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}

function renderResources(stack: Stack): Record<string, object> {
  const resources = stack.node.findAll().filter(CfnResource.isCfnResource).filter((resource) => resource.stack === stack);
  const resolver = new AcrossStacks(stack);
  return Object.assign({}, ...resources.map((resource) => (
    Tokenization.resolve((resource as any)._toCloudFormation(), { scope: stack, resolver, preparing: false }).Resources
  )));
}

/** What CDK does, but for references into other stacks: two of these may have the same logical ids. */
class AcrossStacks extends DefaultTokenResolver {
  constructor(private readonly stack: Stack) {
    super(JOIN);
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    if (Reference.isReference(token) && CfnResource.isCfnResource(token.target) && token.target.stack !== this.stack) {
      return { 'Fn::GetAtt': [idOfConstruct(token.target), token.displayName] };
    }
    return super.resolveToken(token, context, postProcessor);
  }
}

/** Joins what is known at deployment only, as CDK does. */
const JOIN = {
  join: (left: any, right: any) => ([left, right].includes(undefined) ? left ?? right : { 'Fn::Join': ['', [...pieces(left), ...pieces(right)]] }),
};

function pieces(value: any): any[] {
  const [separator, joined] = value['Fn::Join'] ?? [];
  return separator === '' && Array.isArray(joined) ? joined : [value];
}
