import { CfnResource, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { assessManagedFunctions } from './assess';
import { lambdaViewsBelow } from '../../reading/constructs/construct-views';
import { providerKey } from '../../reading/lambda-references';
import { ResourceGraph } from '../../reading/resource-graph';
import { ResourceView } from '../../reading/resource-view';
import { architectureOfProvider } from '../../registry/provider-architecture';
import { attachmentOf, limitsOf } from '../../registry/provider-record';
import { Finding, PRINTED_LEVELS } from '../findings';
import { judgeFleets } from '../fleet/judge-fleets';
import { reportAtSynth } from '../report';
import { codeContext, RuleContext } from '../rule';

const JUDGED_STAGES = new WeakSet<Stage>();
const ERRORS = new WeakMap<IConstruct, string[]>();

/**
 * Has the functions on capacity providers judged at synthesis, with their versions, aliases and triggers, and each
 * provider by what all of them need, when later changes are in.
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
  assessManagedFunctions(graph, contextOfFunction, architectureOf, PRINTED_LEVELS)
    .forEach(({ resource, findings }) => report(resource.key as CfnResource, findings));
  judgeFleets(graph).forEach(({ provider, findings }) => report(provider, findings));
}

/** Functions that nobody attached through this library, to a provider that it doesn't know, are left to the plugin. */
function contextOfFunction(fn: ResourceView): RuleContext | undefined {
  const attachment = attachmentOf(fn.key as lambda.CfnFunction);
  const provider = providerKey(fn) as IConstruct | undefined;
  const limits = attachment?.limits ?? (provider && limitsOf(provider));
  return limits && codeContext(limits);
}

function report(construct: IConstruct, findings: Finding[]): void {
  if (!ERRORS.has(construct)) {
    if (findings.length === 0) return;
    construct.node.addValidation({ validate: () => ERRORS.get(construct) ?? [] });
  }
  ERRORS.set(construct, reportAtSynth(construct, findings));
}
