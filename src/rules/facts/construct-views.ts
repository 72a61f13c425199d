import { CfnResource, Stack, Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ConstructProperties } from './construct-properties';
import { Fact, UNKNOWN } from './fact';
import { Place, ResourceView } from './resource-view';

/** A resource as its L1 describes it. */
export function viewOf(resource: CfnResource): ResourceView {
  return {
    type: resource.cfnResourceType,
    key: resource,
    properties: new ConstructProperties(resource),
    deletionPolicy: resource.cfnOptions.deletionPolicy,
    place: placeOf(resource.stack),
  };
}

/** The Lambda resources below a construct, without those of stages inside: they are synthesised apart. */
export function lambdaViewsBelow(construct: IConstruct): ResourceView[] {
  const views: ResourceView[] = [];
  const visit = (node: IConstruct) => {
    if (CfnResource.isCfnResource(node) && node.cfnResourceType.startsWith('AWS::Lambda::')) views.push(viewOf(node));
    for (const child of node.node.children) {
      if (!Stage.isStage(child)) visit(child);
    }
  };
  visit(construct);
  return views;
}

/** Account and Region, where they are known before deployment. */
export function placeOf({ account, region }: Pick<Stack, 'account' | 'region'>): Place {
  return { account: unlessToken(account), region: unlessToken(region) };
}

function unlessToken(value: string): Fact<string> {
  return Token.isUnresolved(value) ? UNKNOWN : value;
}
