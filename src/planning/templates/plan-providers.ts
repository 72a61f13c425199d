/** Plans the fleets of templates, as far as that is possible without CDK. */
import { networkAroundProvider } from './network-around';
import { isKnown } from '../../reading/fact';
import { statedArchitecture } from '../../reading/lambda-references';
import { ResourceGraph } from '../../reading/resource-graph';
import { CAPACITY_PROVIDER, ResourceView } from '../../reading/resource-view';
import { assuming } from '../../reading/worlds';
import { certainFindings } from '../../rules/certain-findings';
import { FleetFacts } from '../../rules/fleet/fleet-facts';
import { fleetInGraph } from '../../rules/fleet/fleet-in-graph';
import { judgeFunctions } from '../../rules/function/judge-functions';
import { providerCaseInTemplate } from '../../rules/provider/provider-case';
import { PROVIDER_JUDGE } from '../../rules/provider/provider-judge';
import { Moment, RuleContext } from '../../rules/rule';
import { costLines } from '../cost-lines';
import { PlanFigures, planFigures } from '../plan-figures';
import { CapacityPlanOptions, priceTerms } from '../plan-options';

/** A capacity provider with its plan. */
export interface PlannedProvider<View extends ResourceView> {
  readonly provider: View;
  readonly functions: View[];
  readonly plan: PlanFigures;
}

/** Plans each capacity provider. Defaults of parameters and of AWS are assumed, and the plan names them. */
export function planProviders<View extends ResourceView>(
  graph: ResourceGraph<View>, options: CapacityPlanOptions, context: RuleContext,
): PlannedProvider<View>[] {
  return graph.ofType(CAPACITY_PROVIDER).filter(({ isLeftOut }) => isLeftOut !== true).map((provider) => ({
    provider, ...planOf(provider, graph, options, context),
  }));
}

function planOf<View extends ResourceView>(provider: View, graph: ResourceGraph<View>, options: CapacityPlanOptions, context: RuleContext) {
  const { region } = provider.place;
  const terms = priceTerms(options, isKnown(region) ? region : undefined);
  const { result: { functions, facts, around }, assumed } = assuming(() => ({
    functions: graph.functionsOn(provider),
    facts: settled(fleetInGraph(provider, graph)),
    around: { ...networkAroundProvider(provider, graph), alarmMetrics: 0, compositeAlarms: 0, dashboards: 0 },
  }));
  const own = new Set<object>(functions.map(({ key }) => key));
  const plan = planFigures({
    name: provider.name,
    stack: '',
    facts,
    assumed,
    context,
    terms,
    around: costLines(around, terms.prices, terms.region),
    withoutMonitoring: true,
    ofProvider: certainFindings(provider, () => PROVIDER_JUDGE.judge(providerCaseInTemplate(provider, graph), Moment.TEMPLATE, context)),
    ofFunctions: judgeFunctions(graph, {
      contextOf: ({ key }) => (own.has(key) ? context : undefined),
      architectureOf: ({ properties }) => statedArchitecture(properties),
    }, Moment.TEMPLATE).flatMap(({ findings }) => findings),
  });
  return { functions, plan };
}

/** Reads all lazy facts now, while the assumptions hold. */
function settled(facts: FleetFacts): FleetFacts {
  return { ...facts, versions: facts.versions.map((version) => ({ ...version })) };
}
