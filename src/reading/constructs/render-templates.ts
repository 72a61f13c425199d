import {
  CfnElement, CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, Tokenization,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { fragmentOf } from './cdk-internals';
import { idOfConstruct } from './read-templates';
import { isToken } from './token';
import { Template } from '../templates/template';

/**
 * Renders the templates that the constructs below a root would synthesise to, with all resources or only the wanted ones. A reference into another
 * stack isn't an export and an import yet; it names the other stack's resource by its id in the app.
 */
export function renderTemplates(root: IConstruct, isWanted: (resource: CfnResource) => boolean = () => true): Template[] {
  return root.node.findAll().filter(Stack.isStack).map((stack) => {
    const unread = new Map<string, string>();
    return {
      file: stack.templateFile,
      body: { ...renderDeclarations(stack), Resources: renderResources(stack, isWanted, unread) },
      account: unlessToken(stack.account),
      region: unlessToken(stack.region),
      unread,
    };
  });
}

function unlessToken(value: string): string | undefined {
  return isToken(value) ? undefined : value;
}

function renderResources(stack: Stack, isWanted: (resource: CfnResource) => boolean, unread: Map<string, string>): Record<string, object> {
  const resolver = new AcrossStacks(stack);
  const rendered: Record<string, object> = {};
  for (const resource of stack.node.findAll()) {
    if (!CfnResource.isCfnResource(resource) || resource.stack !== stack || !isWanted(resource)) continue;
    try {
      Object.assign(rendered, Tokenization.resolve(fragmentOf(resource), { scope: stack, resolver, preparing: false }).Resources);
    } catch (error) {
      unread.set(stack.resolve(resource.logicalId), (error as Error).message);
    }
  }
  return rendered;
}

/** Renders the parameters, mappings and conditions of a stack, which expressions may name besides resources. */
export function renderDeclarations(stack: Stack): Record<string, object> {
  const declared: Record<string, object> = {};
  for (const element of stack.node.findAll()) {
    if (!CfnElement.isCfnElement(element) || CfnResource.isCfnResource(element) || element.stack !== stack) continue;
    const sections = fragmentOf(element);
    for (const section of DECLARATIONS.filter((name) => name in sections)) {
      declared[section] = { ...declared[section], ...stack.resolve(sections[section]) };
    }
  }
  return declared;
}

const DECLARATIONS = ['Parameters', 'Mappings', 'Conditions'];

/** Resolves tokens as CDK does, and joins parts that are known only at deployment as CDK does. */
export class TemplateTokens extends DefaultTokenResolver {
  constructor() {
    super(JOIN);
  }
}

/** Resolves tokens as CDK does, except references into other stacks, because logical ids are unique in one stack only. */
class AcrossStacks extends TemplateTokens {
  constructor(private readonly stack: Stack) {
    super();
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    if (Reference.isReference(token) && CfnResource.isCfnResource(token.target) && token.target.stack !== this.stack) {
      return { 'Fn::GetAtt': [idOfConstruct(token.target), token.displayName] };
    }
    return super.resolveToken(token, context, postProcessor);
  }
}

/** Joins parts that are known only at deployment, as CDK does. */
const JOIN = {
  join: (left: any, right: any) => ([left, right].includes(undefined) ? left ?? right : { 'Fn::Join': ['', [...pieces(left), ...pieces(right)]] }),
};

function pieces(value: any): any[] {
  const [separator, joined] = value['Fn::Join'] ?? [];
  return separator === '' && Array.isArray(joined) ? joined : [value];
}
