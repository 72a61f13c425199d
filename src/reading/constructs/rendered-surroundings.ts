/** Renders the resources around the capacity providers of a stage, so that rules can read them like a template. */
import { CfnResource, Stage } from 'aws-cdk-lib';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { ConstructProperties } from './construct-properties';
import { idOfConstruct, resourceId } from './read-templates';
import { renderTemplates } from './render-templates';
import { isKnown } from '../fact';
import { ResourceGraph } from '../resource-graph';
import { CAPACITY_PROVIDER, ResourceView } from '../resource-view';
import { resourcesOf, TemplateResource } from '../templates/templates';

/** A capacity provider with the resources around it. */
export interface ProviderInApp {
  readonly provider: ResourceView;
  readonly graph: ResourceGraph<ResourceView>;
}

/** The types of network resources that rules read. */
const NETWORK = /^AWS::EC2::(VPC|Subnet|RouteTable|SubnetRouteTableAssociation|Route|InternetGateway|VPNGateway|NatGateway|VPNGatewayRoutePropagation|VPCEndpoint|SecurityGroup|SecurityGroup(E|In)gress)$/;
const POLICIES = /^AWS::IAM::(Policy|RolePolicy|ManagedPolicy)$/;

/** The resources that were rendered since the synthesis of a stage began. */
const RENDERED = new WeakMap<IConstruct, Map<Part, ResourceGraph<TemplateResource>>>();

type Part = 'network' | 'roles';

/**
 * Keeps the resources that are rendered during a synthesis of a stage until the next synthesis begins. A stage is validated before its children, so
 * this clears them at the beginning.
 */
export function renderOnceInEachSynthesis(construct: IConstruct): void {
  const stage = Stage.of(construct);
  if (!stage || RENDERED.has(stage)) return;
  RENDERED.set(stage, new Map());
  stage.node.addValidation({
    validate: () => {
      RENDERED.set(stage, new Map());
      return [];
    },
  });
}

/** Returns a provider with the network or the role around it. `isSynthesis` says that nothing changes before the next synthesis begins. */
export function renderedAround(provider: CfnCapacityProvider, part: Part, isSynthesis: boolean): ProviderInApp {
  const stage = Stage.of(provider) ?? provider.node.root;
  const kept = isSynthesis ? RENDERED.get(stage) : undefined;
  const graph = kept?.get(part) ?? render(stage, part);
  kept?.set(part, graph);
  const id = idOfConstruct(provider);
  const view = graph.ofType(CAPACITY_PROVIDER).find(({ template, logicalId }) => resourceId(template.file, logicalId) === id);
  return { provider: view!, graph };
}

function render(stage: IConstruct, part: Part): ResourceGraph<TemplateResource> {
  const templates = renderTemplates(stage, part === 'network' ? isNetwork : isRoleOf(stage));
  const neighbours = new Map(templates.flatMap(({ file, body }) => (
    Object.entries<object>(body.Resources).map(([logicalId, resource]) => [resourceId(file, logicalId), resource])
  )));
  return new ResourceGraph(resourcesOf(templates, neighbours));
}

function isNetwork({ cfnResourceType: type }: CfnResource): boolean {
  return type === CAPACITY_PROVIDER || NETWORK.test(type);
}

/** Selects the roles of an app's capacity providers. Their policies are known only after rendering. */
function isRoleOf(stage: IConstruct): (resource: CfnResource) => boolean {
  const roles = new Set<object | undefined>();
  for (const provider of stage.node.findAll().filter(CfnCapacityProvider.isCfnCapacityProvider)) {
    const reference = new ConstructProperties(provider).reference('permissionsConfig', 'capacityProviderOperatorRoleArn');
    if (isKnown(reference)) roles.add(reference.key);
  }
  return (resource) => roles.has(resource) || resource.cfnResourceType === CAPACITY_PROVIDER || POLICIES.test(resource.cfnResourceType);
}
