/** Judges the functions of a stage and their fleets at synthesis. */
import { CfnResource, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Fleet, fleetsOf, judgeFleets, settleArchitectures } from './fleets';
import { reportAtSynth } from './report';
import { viewOf } from '../reading/constructs/construct-views';
import { TokenReader } from '../reading/constructs/token-reader';
import { ResourceGraph } from '../reading/resource-graph';
import { ResourceView } from '../reading/resource-view';
import { forgetFound, scalersIn, settledResourcesOf } from '../registry/lambda-resources';
import { Finding } from '../rules/findings';
import { judgeFunctions } from '../rules/function/judge-functions';
import { Moment } from '../rules/rule';

const JUDGED_STAGES = new WeakSet<Stage>();
const ERRORS = new WeakMap<IConstruct, string[]>();

/**
 * Makes synthesis judge all functions on capacity providers that the library knows, whichever way they were attached, and the resources that belong
 * to them. Later changes are included. Functions on other providers are left to the plugin.
 *
 * The stage judges all of them at once, because it is validated before its children, and because a walk through the whole tree for each fleet or
 * function would cost more than the synthesis. Each resource then reports its own errors.
 */
export function judgeStageAtSynth(construct: IConstruct): void {
  const stage = Stage.of(construct);
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
  forgetFound(stage);
  const { resources, imports } = settledResourcesOf(stage);
  const tokens = new TokenReader();
  const graph = new ResourceGraph(resources.map((resource) => viewOf(resource, tokens)), () => scalersIn(stage, tokens));
  const fleets = fleetsOf(graph, imports);
  settleArchitectures(fleets);
  const fleetByFunction = new Map<object, Fleet>();
  fleets.forEach((fleet) => fleet.functions.forEach(({ key }) => fleetByFunction.set(key, fleet)));
  const contextOf = ({ key }: ResourceView) => fleetByFunction.get(key)?.context;
  const architectureOf = ({ key }: ResourceView) => fleets.get(key as IConstruct)?.architecture;
  judgeFunctions(graph, { contextOf, architectureOf }, Moment.SYNTHESIS)
    .forEach(({ resource, findings }) => report(resource.key as CfnResource, findings));
  judgeFleets(graph, fleets).forEach(({ resource, findings }) => report(resource, findings));
}

function report(construct: IConstruct, findings: Finding[]): void {
  if (!ERRORS.has(construct)) {
    if (findings.length === 0) return;
    construct.node.addValidation({ validate: () => ERRORS.get(construct) ?? [] });
  }
  ERRORS.set(construct, reportAtSynth(construct, findings));
}
