import { CfnResource, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { assessManagedFunctions } from './assess';
import { attachmentOf, contextOf } from './facts/attachments';
import { lambdaViewsBelow } from './facts/construct-views';
import { providerKey } from './facts/function-facts';
import { architectureOfProvider } from './facts/provider-architecture';
import { ResourceGraph } from './facts/resource-graph';
import { ResourceView } from './facts/resource-view';
import { Finding } from './findings';
import { reportAtSynth } from './report';
import { codeContext, RuleContext } from './rule';

const JUDGED_STAGES = new WeakSet<Stage>();
const ERRORS = new WeakMap<CfnResource, string[]>();

/**
 * Has the functions on capacity providers judged at synthesis, with their versions, aliases and triggers, when
 * later changes are in.
 *
 * All of a stage are judged together, when the stage is validated, which comes before what is in it: a look at the
 * whole tree for each function would cost more than the synthesis. Each resource then reports its own errors.
 */
export function judgeFunctionsAtSynth(resource: CfnResource): void {
  const stage = Stage.of(resource);
  if (!stage || JUDGED_STAGES.has(stage)) return;
  JUDGED_STAGES.add(stage);
  stage.node.addValidation({
    validate: () => {
      judge(stage);
      return [];
    },
  });
}

function judge(stage: Stage): void {
  const graph = new ResourceGraph(lambdaViewsBelow(stage));
  const architectureOf = (provider: ResourceView) => architectureOfProvider(provider.key as CfnResource);
  assessManagedFunctions(graph, (fn) => contextOfFunction(fn) ?? codeContext(), architectureOf, (fn) => contextOfFunction(fn) !== undefined)
    .forEach(({ resource, findings }) => report(resource.key as CfnResource, findings));
}

/** Functions that nobody attached through this library, to a provider that it doesn't know, are left to the plugin. */
function contextOfFunction(fn: ResourceView): RuleContext | undefined {
  const provider = providerKey(fn) as IConstruct | undefined;
  return attachmentOf(fn.key as lambda.CfnFunction)?.context ?? (provider && contextOf(provider));
}

function report(resource: CfnResource, findings: Finding[]): void {
  if (!ERRORS.has(resource)) {
    if (findings.length === 0) return;
    resource.node.addValidation({ validate: () => ERRORS.get(resource) ?? [] });
  }
  ERRORS.set(resource, reportAtSynth(resource, findings));
}
