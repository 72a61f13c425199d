/** Reads a fleet from the resources of an app. Doesn't import CDK. */
import { FleetFacts, fleetFacts } from './fleet-facts';
import { statedArchitecture } from '../../reading/lambda-references';
import { ResourceGraph } from '../../reading/resource-graph';
import { ResourceView } from '../../reading/resource-view';
import { scalingSchedulesOf } from '../../reading/scaling-schedules';
import { fleetSurroundings, Stated } from '../provider/provider-case';

/** Reads a provider of the app and all its functions. */
export function fleetInGraph(provider: ResourceView, graph: ResourceGraph<ResourceView>, stated: Stated = {}): FleetFacts {
  const functions = graph.functionsOn(provider).map((fn) => ({
    function: fn, numberedVersions: graph.numberedVersionsOf(fn), schedules: scalingSchedulesOf(fn, graph), stack: fn.place,
  }));
  const { properties } = provider;
  return fleetFacts(properties, statedArchitecture(properties), functions, fleetSurroundings(() => ({ provider, graph }), stated.network));
}
