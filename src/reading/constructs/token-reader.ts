/**
 * Reads the values of tokens on constructs, each separately and once. This is possible only at synthesis, because some values are fixed when they are
 * first read.
 */
import { CfnElement, CfnResource, IResolvable, IResolveContext, IPostProcessor, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { renderDeclarations, TemplateTokens } from './render-templates';
import { evaluate, ExpressionScope } from '../expression';
import { AppOutputs } from '../templates/app-outputs';
import { TemplateScope } from '../templates/template-scope';

/** Reads tokens. Each reader serves one synthesis, or one reading of constructs that don't change. */
export class TokenReader {
  private readonly expressions = new Map<unknown, unknown>();
  private readonly scopes = new Map<Stack, ExpressionScope>();
  private readonly targets = new Map<string, CfnResource>();

  /** Returns the value of a token (see `evaluate`). References lead to constructs. */
  public valueOf(token: unknown, owner: CfnElement): unknown {
    if (!this.expressions.has(token)) this.expressions.set(token, this.resolve(token, owner.stack));
    return this.evaluated(this.expressions.get(token), owner);
  }

  /** Returns the value of an expression behind a token, or of a part of the expression. */
  public evaluated(expression: unknown, { stack }: CfnElement): unknown {
    return evaluate(expression, this.scopeOf(stack));
  }

  /** Resolves a token. If CDK throws an error for an invalid value, the value is unknown here, and CDK itself reports it at synthesis. */
  private resolve(token: unknown, stack: Stack): unknown {
    try {
      return Tokenization.resolve(token, { scope: stack, resolver: new ToConstructs(this.targets), preparing: false });
    } catch {
      return { 'Fn::Token': String(token) };
    }
  }

  private scopeOf(stack: Stack): ExpressionScope {
    const scope = this.scopes.get(stack) ?? this.scopeAround(stack);
    this.scopes.set(stack, scope);
    return scope;
  }

  private scopeAround(stack: Stack): ExpressionScope {
    let body: object | undefined;
    // Finding the names that expressions use needs a walk through the stack, and most tokens have plain values.
    return new TemplateScope({ file: stack.templateFile, get body() { return (body ??= renderDeclarations(stack)); } }, {
      neighbours: this.targets,
      outputs: new AppOutputs([], () => this.scopeOf(stack)),
      scopeOf: () => this.scopeOf(stack),
    });
  }
}

/** Renders a reference as the path of its resource, and keeps the resource. */
class ToConstructs extends TemplateTokens {
  constructor(private readonly targets: Map<string, CfnResource>) {
    super();
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    if (!Reference.isReference(token) || !CfnResource.isCfnResource(token.target)) return super.resolveToken(token, context, postProcessor);
    const { path } = token.target.node;
    this.targets.set(path, token.target);
    return { 'Fn::GetAtt': [path, token.displayName] };
  }
}
