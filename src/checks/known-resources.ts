import { CfnResource, Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ArtifactMetadataEntryType } from 'aws-cdk-lib/cloud-assembly-schema';
import { IConstruct, MetadataEntry } from 'constructs';
import { acknowledgement } from '../reading/constructs/cdk-internals';
import { idOfConstruct } from '../reading/constructs/read-templates';
import { CAPACITY_PROVIDER, FUNCTION } from '../reading/resource-view';
import { isJudged } from '../reading/templates/templates';
import { providerOf } from '../registry/attachments';
import { limitsOf } from '../registry/provider-record';
import { NAMESPACE } from '../rules/findings';
import { Limits, ManagedInstancesLimits } from '../service/managed-instances-limits';

/** The facts about resources that the constructs of an app know and a template doesn't show. */
export class KnownResources {
  private readonly byId: Map<string, CfnResource>;

  /** The constructs by logical id. They are looked up on demand, since each logical id has to be resolved. */
  constructor(resources: CfnResource[]) {
    this.byId = new Map(resources.map((resource) => [idOfConstruct(resource), resource]));
  }

  public construct(id: string): CfnResource | undefined {
    return this.byId.get(id);
  }

  /** Returns the limits of the resource's fleet if they differ from the library's own. */
  public otherLimits(id: string): Limits | undefined {
    const resource = this.byId.get(id);
    return resource && otherLimits(resource);
  }

  /** Whether synthesis has already printed this warning. */
  public hasWarning(id: string, findingId: string): boolean {
    return this.byId.get(id)?.node.metadata.some((entry) => isWarning(entry) && entry.data.endsWith(`${acknowledgement(findingId)}]`)) ?? false;
  }
}

/** Returns the resources about which the constructs of an app know more than the template. */
export function remarkableResources(app: IConstruct): KnownResources {
  return new KnownResources(app.node.findAll().filter(isRemarkable));
}

/** Returns all resources below a construct that have rules. */
export function judgedResources(scope: IConstruct): KnownResources {
  return new KnownResources(scope.node.findAll().filter(CfnResource.isCfnResource).filter(({ cfnResourceType }) => isJudged(cfnResourceType)));
}

/** Whether a finding is acknowledged on a construct or above. */
export function isAcknowledged(construct: IConstruct, findingId: string): boolean {
  return construct.node.scopes.some((scope) => scope.node.metadata.some(({ type, data }) => (
    type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && findingId in data
  )));
}

/** This runs for every construct of the app, so it decides quickly for most of them. */
function isRemarkable(construct: IConstruct): construct is CfnResource {
  const { cfnResourceType } = construct as Partial<CfnResource>;
  if (cfnResourceType === undefined) return false;
  if (cfnResourceType === CAPACITY_PROVIDER || (cfnResourceType === FUNCTION && otherLimits(construct as CfnResource) !== undefined)) return true;
  return construct.node.metadata.some(isWarning);
}

function otherLimits(resource: CfnResource): Limits | undefined {
  const provider = lambda.CfnFunction.isCfnFunction(resource)
    ? resource.capacityProviderConfig && providerOf(resource, [])
    : (lambda.CfnCapacityProvider.isCfnCapacityProvider(resource) ? resource : undefined);
  const limits = provider && limitsOf(provider);
  return limits === ManagedInstancesLimits.CURRENT._values ? undefined : limits;
}

function isWarning({ type, data }: MetadataEntry): boolean {
  return type === ArtifactMetadataEntryType.WARN && typeof data === 'string' && data.includes(acknowledgement(`${NAMESPACE}::`));
}
