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

/** The Lambda resources of a stage and those that call functions, and the providers among its constructs that the library knows and that are made elsewhere. */
export class LambdaResources {
  public readonly resources: CfnResource[] = [];
  public readonly imports: lambda.ICapacityProviderRef[] = [];
  private knownGraph?: ResourceGraph<ResourceView>;

  /** Looks once through a stage, without those inside: they are synthesised apart. */
  constructor(private readonly stage: IConstruct) {
    // Every construct of the app comes by: nothing is called for most of them.
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

  /** The graph of the resources, with what they refer to. */
  public get graph(): ResourceGraph<ResourceView> {
    // What a schedule passes on is text around references, which says nothing unread and settles nothing.
    const tokens = new TokenReader();
    const view = (resource: CfnResource) => viewOf(resource, resource.cfnResourceType === SCHEDULE ? tokens : undefined);
    return this.knownGraph ??= new ResourceGraph(this.resources.map(view), () => scalersIn(this.stage, tokens));
  }
}

/** Returns the resources of a stage that may allow somebody to change the number of environments. They are seldom needed, and aren't Lambda resources. */
export function scalersIn(stage: IConstruct, tokens: TokenReader): ResourceView[] {
  return stage.node.findAll().filter(CfnResource.isCfnResource).filter(({ cfnResourceType }) => SCALING_TYPES.has(cfnResourceType))
    .map((resource) => viewOf(resource, tokens));
}

/** A synthesis of a stage that has begun, and what was found when somebody looked. */
interface Synthesis {
  /** The outcome of the synthesis before it: as long as it is still there, this one goes on. */
  readonly before: unknown;
  found?: LambdaResources;
}

const SYNTHESES = new WeakMap<IConstruct, Synthesis>();

/** The stage in which a construct is synthesised, or all of a tree without one. */
export function stageAround(construct: IConstruct): IConstruct {
  return Stage.of(construct) ?? construct.node.root;
}

/**
 * The Lambda resources of a stage, for what is validated or rendered. Once all aspects have run, nobody adds any until the synthesis is
 * over: so the first who asks looks through the stage on behalf of all. Before and after, each looks for himself.
 */
export function settledResourcesOf(stage: IConstruct): LambdaResources {
  const synthesis = SYNTHESES.get(stage);
  if (!synthesis || synthesis.before !== lastSynthesisOf(stage)) return new LambdaResources(stage);
  return synthesis.found ??= new LambdaResources(stage);
}

/** Tells that a stage is being synthesised, and that what was found in it so far may be out of date. */
export function unsettle(stage: IConstruct): void {
  SYNTHESES.set(stage, { before: lastSynthesisOf(stage) });
}

/** Tells that a stage was changed: where it is being synthesised, the next one looks again. */
export function forgetFound(stage: IConstruct): void {
  const synthesis = SYNTHESES.get(stage);
  if (synthesis) synthesis.found = undefined;
}
