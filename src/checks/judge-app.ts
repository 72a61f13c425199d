/** Judges an app by its templates, for the plugin and for the command. Doesn't import CDK. */
import { isUntransformed, UNREAD_JUDGE } from './not-checked';
import { callersIn } from '../reading/callers';
import { statedArchitecture } from '../reading/lambda-references';
import { ResourceGraph } from '../reading/resource-graph';
import { CAPACITY_PROVIDER, ResourceView } from '../reading/resource-view';
import { certainFindings } from '../rules/certain-findings';
import { Finding } from '../rules/findings';
import { FleetFacts } from '../rules/fleet/fleet-facts';
import { fleetInGraph } from '../rules/fleet/fleet-in-graph';
import { FLEET_JUDGE } from '../rules/fleet/fleet-judge';
import { FUNCTION_JUDGE } from '../rules/function/function-judge';
import { judgeFunctions } from '../rules/function/judge-functions';
import { RELATIVE_JUDGE } from '../rules/function/relative-judge';
import { Judgement, Lookout } from '../rules/judge';
import { judgeNatInstances } from '../rules/provider/judge-nat-instances';
import { providerCaseInTemplate, Stated } from '../rules/provider/provider-case';
import { PROVIDER_JUDGE } from '../rules/provider/provider-judge';
import { Moment, RuleContext } from '../rules/rule';

/** The facts that aren't in the templates. */
export interface AroundApp<View extends ResourceView> {
  /** Returns the limits and the words for findings about a resource, or about another one that belongs to it. */
  contextOf(resource: View, about?: View): RuleContext;
  /** Returns what constructs know about a provider. */
  stated?(provider: View): Stated;
  /** Returns further findings about a fleet. */
  alsoAboutFleet?(fleet: FleetFacts, provider: View, context: RuleContext): Finding[];
}

/** The judges of templates. Some also judge at other moments. */
export const LOOKOUTS_IN_TEMPLATES: readonly Lookout[] = [PROVIDER_JUDGE, FUNCTION_JUDGE, RELATIVE_JUDGE, FLEET_JUDGE, UNREAD_JUDGE]
  .flatMap(({ lookouts }): readonly Lookout[] => lookouts);

/** The codes of all findings about a template. */
export const CODES_IN_TEMPLATES: ReadonlySet<string> = new Set(
  LOOKOUTS_IN_TEMPLATES.filter(({ moments }) => moments.includes(Moment.TEMPLATE)).flatMap(({ rules }) => rules.map(({ code }) => code)),
);

/** Judges the resources of an app: capacity providers, the functions on them, and functions that were probably meant to be attached. */
export function judgeApp<View extends ResourceView>(graph: ResourceGraph<View>, around: AroundApp<View>): Judgement<View>[] {
  const providers = graph.ofType(CAPACITY_PROVIDER);
  const judged = (findingsAbout: (provider: View, stated: Stated, context: RuleContext) => Finding[]) => providers.map((resource) => ({
    resource,
    findings: certainFindings(resource, () => findingsAbout(resource, around.stated?.(resource) ?? {}, around.contextOf(resource))),
  }));
  return [
    ...judged((provider, stated, context) => PROVIDER_JUDGE.judge(providerCaseInTemplate(provider, graph, stated), Moment.TEMPLATE, context)),
    ...judged((provider, stated, context) => {
      const fleet = fleetInGraph(provider, graph, stated);
      return [...FLEET_JUDGE.judge({ fleet }, Moment.TEMPLATE, context), ...around.alsoAboutFleet?.(fleet, provider, context) ?? []];
    }),
    ...judgeFunctions(graph, {
      contextOf: (fn, about) => around.contextOf(fn as View, about as View),
      architectureOf: ({ properties }) => statedArchitecture(properties),
      callers: callersIn(graph),
    }, Moment.TEMPLATE),
    ...judgeNatInstances(graph, around.contextOf),
    ...graph.resources.filter(isUntransformed).map((resource) => ({
      resource, findings: UNREAD_JUDGE.judge({ unread: { type: resource.type } }, Moment.TEMPLATE, around.contextOf(resource)),
    })),
  ];
}
