/** The Lambda resources of a stage, and those that call functions. */
import { CfnResource, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { isRemembered } from './provider-record';
import { isRelated } from '../reading/callers';
import { lastSynthesisOf } from '../reading/constructs/cdk-internals';
import { viewOf } from '../reading/constructs/construct-views';
import { TokenReader } from '../reading/constructs/token-reader';
import { ResourceGraph } from '../reading/resource-graph';
import { ResourceView, SCALING_TYPES, SCHEDULE } from '../reading/resource-view';

/** The Lambda resources of a stage, the resources that call functions, and the stage's imports of providers that the library knows. */
export class LambdaResources {
  public readonly resources: CfnResource[] = [];
  public readonly imports: lambda.ICapacityProviderRef[] = [];
  private knownGraph?: ResourceGraph<ResourceView>;

  /** Walks a stage once. Nested stages are left out, because they are synthesised separately. */
  constructor(private readonly stage: IConstruct) {
    // This runs for every construct of the app, so it calls nothing for most of them.
    const visit = (construct: IConstruct) => {
      const { cfnResourceType } = construct as Partial<CfnResource>;
      if (cfnResourceType === undefined) {
        if ('stageName' in construct && construct !== stage && Stage.isStage(construct)) return;
        if (isRemembered(construct) && 'capacityProviderRef' in construct) this.imports.push(construct as lambda.ICapacityProviderRef);
      } else if (isRelated(cfnResourceType)) {
        this.resources.push(construct as CfnResource);
      }
      for (const child of construct.node.children) visit(child);
    };
    visit(stage);
  }

  /** The graph of the resources and their references. */
  public get graph(): ResourceGraph<ResourceView> {
    // The input of a schedule is text around references. It can't be read without its tokens, and reading them changes nothing.
    const tokens = new TokenReader();
    const view = (resource: CfnResource) => viewOf(resource, resource.cfnResourceType === SCHEDULE ? tokens : undefined);
    return this.knownGraph ??= new ResourceGraph(this.resources.map(view), () => scalersIn(this.stage, tokens));
  }
}

/**
 * Returns the resources of a stage that may change the number of environments or allow others to. They aren't Lambda resources, and are seldom
 * needed.
 */
export function scalersIn(stage: IConstruct, tokens: TokenReader): ResourceView[] {
  return stage.node.findAll().filter(CfnResource.isCfnResource).filter(({ cfnResourceType }) => SCALING_TYPES.has(cfnResourceType))
    .map((resource) => viewOf(resource, tokens));
}

/** A synthesis of a stage that has begun, and the resources found in it. */
interface Synthesis {
  /** The result of the previous synthesis. While the stage still has it, this synthesis isn't over. */
  readonly before: unknown;
  found?: LambdaResources;
}

const SYNTHESES = new WeakMap<IConstruct, Synthesis>();

/** Returns the stage in which a construct is synthesised, or the root of a tree without a stage. */
export function stageAround(construct: IConstruct): IConstruct {
  return Stage.of(construct) ?? construct.node.root;
}

/**
 * Returns the Lambda resources of a stage during validation and rendering. Once all aspects have run, no resource is added until the synthesis is
 * over, so the first caller walks the stage and all others share the result. Before and after, each call walks the stage.
 */
export function settledResourcesOf(stage: IConstruct): LambdaResources {
  const synthesis = SYNTHESES.get(stage);
  if (!synthesis || synthesis.before !== lastSynthesisOf(stage)) return new LambdaResources(stage);
  return synthesis.found ??= new LambdaResources(stage);
}

/** Records that a stage is being synthesised, and that resources found before may be out of date. */
export function unsettle(stage: IConstruct): void {
  SYNTHESES.set(stage, { before: lastSynthesisOf(stage) });
}

/** Records that a stage was changed. If it is being synthesised, the next caller walks it again. */
export function forgetFound(stage: IConstruct): void {
  const synthesis = SYNTHESES.get(stage);
  if (synthesis) synthesis.found = undefined;
}
