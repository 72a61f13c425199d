import { Reference } from '../property-source';

/** A template, and what it needs to know of others to follow references into them. */
export interface TemplateScope {
  readonly resources: Record<string, object>;
  /** Finds what a parameter of a nested stack was given. */
  readonly parameter?: (name: string) => Reference | undefined;
  /** Finds what another stack exports. */
  readonly exported?: (name: string) => Reference | undefined;
  /** Finds what an output of another stack is, in the own Region where none is named. */
  readonly output?: (stackName: string, name: string, region?: string) => Reference | undefined;
}

/**
 * Finds the resource that an intrinsic function refers to, with the text around the reference: `Ref`, `Fn::GetAtt`,
 * `Fn::ImportValue`, `Fn::GetStackOutput`, and a `Fn::Join` or `Fn::Sub` with one of them in it.
 */
export function findReference(expression: any, scope: TemplateScope): Reference | undefined {
  if (typeof expression !== 'object' || expression === null) return undefined;
  const [[name, argument]] = Object.entries<any>(expression);
  switch (name) {
    case 'Ref': return resource(argument, scope) ?? scope.parameter?.(argument);
    case 'Fn::GetAtt': return resource(Array.isArray(argument) ? argument[0] : String(argument).split('.')[0], scope);
    case 'Fn::ImportValue': return typeof argument === 'string' ? scope.exported?.(argument) : undefined;
    case 'Fn::GetStackOutput': return output(argument ?? {}, scope);
    case 'Fn::Join': return Array.isArray(argument?.[1]) ? joined(argument[1], String(argument[0]), scope) : undefined;
    case 'Fn::Sub': return typeof argument === 'string' ? joined(parts(argument), '', scope) : undefined;
    default: return undefined;
  }
}

function resource(logicalId: string, { resources }: TemplateScope): Reference | undefined {
  return logicalId in resources ? { key: resources[logicalId], text: '' } : undefined;
}

/** The Region is a text, or the own one. */
function output({ StackName: stack, OutputName: name, Region: region }: any, scope: TemplateScope): Reference | undefined {
  if (typeof stack !== 'string' || typeof name !== 'string') return undefined;
  if (typeof region === 'string') return scope.output?.(stack, name, region);
  return region === undefined || region.Ref === 'AWS::Region' ? scope.output?.(stack, name) : undefined;
}

/** One reference and text; with more than one, nobody knows which is meant. */
function joined(pieces: unknown[], separator: string, scope: TemplateScope): Reference | undefined {
  const references = pieces.filter((piece) => typeof piece !== 'string').map((piece) => findReference(piece, scope));
  if (references.length !== 1 || !references[0]) return undefined;
  return { key: references[0].key, text: pieces.map((piece) => (typeof piece === 'string' ? piece : '')).join(separator) };
}

/** `${Orders.Arn}:$LATEST` in the pieces that a `Fn::Join` would have. */
function parts(text: string): unknown[] {
  return text.split(/(\$\{[^!][^}]*\})/).filter((piece) => piece !== '').map((piece) => {
    const name = /^\$\{([^}]+)\}$/.exec(piece)?.[1];
    if (name === undefined) return piece;
    return name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name };
  });
}
