import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { DashboardStack } from '../examples/dashboard/dashboard-stack';

/** Returns the synthesised body of the dashboard in `examples/dashboard`, with intrinsic functions replaced by their values. */
export function exampleBody(): any {
  const app = new App({ outdir: 'node_modules/.cache/preview' });
  const stack = new DashboardStack(app, 'Example');
  const { template } = app.synth().getStackByName('Example');
  const dashboard = Object.values<any>(template.Resources).find(({ Type }) => Type === 'AWS::CloudWatch::Dashboard');
  return JSON.parse(readable(dashboard.Properties.DashboardBody, stack));
}

/** Returns the part of the body that the README shows: down to the reasons for throttles. */
export function topOf({ widgets }: any): any {
  const { y, height } = widgets.find(({ properties }: any) => properties.title === 'Throttles by reason');
  return { widgets: widgets.filter((widget: any) => widget.y + widget.height <= y + height) };
}

function readable(value: any, stack: Stack): string {
  if (typeof value === 'string') return value;
  if (value['Fn::Join']) return value['Fn::Join'][1].map((part: any) => readable(part, stack)).join(value['Fn::Join'][0]);
  if (value.Ref === 'AWS::Region') return 'eu-west-1';
  return nameOf(stack, value.Ref ?? value['Fn::GetAtt'][0]);
}

/** Returns a short name instead of the one that CloudFormation generates: the id in the example, or `Fleet` for its provider. */
function nameOf(scope: Stack, logicalId: string): string {
  const isIt = (construct: IConstruct) => CfnResource.isCfnResource(construct) && scope.resolve(construct.logicalId) === logicalId;
  const { id, scope: above } = scope.node.findAll().find(isIt)!.node.scope!.node;
  return id === 'CapacityProvider' ? above!.node.id : id;
}
