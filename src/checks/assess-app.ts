/** Judges an app by its templates: all that the plugin and whoever has nothing but files can say. Knows no CDK. */
import { statedArchitecture } from '../reading/lambda-references';
import { ResourceGraph } from '../reading/resource-graph';
import { CAPACITY_PROVIDER, ResourceView } from '../reading/resource-view';
import { Template } from '../reading/templates/template';
import { resourcesOf, TemplateResource } from '../reading/templates/templates';
import { certainFindings } from '../rules/certain-findings';
import { Finding, findingsOf } from '../rules/findings';
import { FleetFacts, fleetFacts } from '../rules/fleet/fleet-facts';
import { FLEET_RULES } from '../rules/fleet/fleet-rules';
import { Assessment, assessManagedFunctions, assessTemplateOnly } from '../rules/function/assess';
import { assessNatInstances } from '../rules/provider/assess-nat-instances';
import { findingsInTemplate, Stated, surroundingsInTemplate } from '../rules/provider/provider-findings';
import { RuleContext, templateContext } from '../rules/rule';

/** Who judges what, where more is known than the templates show. */
export interface Judges<View extends ResourceView> {
  /** What constructs say of a provider. */
  stated(provider: View): Stated;
  fleet(facts: FleetFacts, resource: View, context: RuleContext): Finding[];
}

/** Judges templates by what they say. */
export function assessTemplates(templates: readonly Template[], context: RuleContext = templateContext()): Assessment<TemplateResource>[] {
  return assessApp(new ResourceGraph(resourcesOf(templates)), () => context);
}

/** Judges the resources of an app: providers, what runs on them, and functions that somebody forgot to attach. */
export function assessApp<View extends ResourceView>(
  graph: ResourceGraph<View>, contextOf: (resource: View) => RuleContext, judges: Partial<Judges<View>> = {},
): Assessment<View>[] {
  const { fleet = (facts, _, context) => fleetFindings(facts, context), stated = () => ({}) } = judges;
  const providers = graph.ofType(CAPACITY_PROVIDER).map((resource) => ({
    resource,
    findings: certainFindings(resource, () => findingsInTemplate(resource, graph, contextOf(resource), stated(resource))),
  }));
  const fleets = graph.ofType(CAPACITY_PROVIDER).map((resource) => ({
    resource,
    findings: certainFindings(resource, () => {
      const functions = graph.functionsOn(resource).map((fn) => ({ function: fn, numberedVersions: graph.numberedVersionsOf(fn), stack: fn.place }));
      const architecture = statedArchitecture(resource.properties);
      const surroundings = surroundingsInTemplate(resource, graph, stated(resource));
      return fleet(fleetFacts(resource.properties, architecture, functions, surroundings), resource, contextOf(resource));
    }),
  }));
  const contextOfView = (resource: ResourceView) => contextOf(resource as View);
  return [
    ...providers,
    ...fleets,
    ...assessManagedFunctions(graph, contextOfView, (resource) => statedArchitecture(resource.properties)),
    ...assessTemplateOnly(graph, contextOfView),
    ...assessNatInstances(graph, contextOf),
  ];
}

/** What is wrong with all that runs on a capacity provider together. */
export function fleetFindings(facts: FleetFacts, context: RuleContext): Finding[] {
  return findingsOf(FLEET_RULES, facts, context);
}
