import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/** Text as it ends in a template, with intrinsics as `<…>`. */
export function textOf(value: any): string {
  if (typeof value === 'string') return value;
  const [glue, parts] = value['Fn::Join'] ?? [];
  if (!parts) return `<${Object.values(value)}>`;
  if (Array.isArray(parts)) return parts.map(textOf).join(glue);
  const [separator, text] = parts['Fn::Split'];
  return `<${textOf(text)} with ${glue} for ${separator}>`;
}

/** The bodies of the dashboards of a stack, as CloudWatch gets them. */
export function bodiesOf(stack: Stack): any[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'))
    .map(({ Properties }) => JSON.parse(textOf(Properties.DashboardBody)));
}

/** The only one. */
export function bodyOf(stack: Stack): any {
  const [body, ...others] = bodiesOf(stack);
  expect(others).toEqual([]);
  return body;
}

/** The widget with the title. */
export function widgetOf(body: any, title: string): any {
  const found = body.widgets.filter(({ properties }: any) => properties.title === title);
  expect(found.map(({ properties }: any) => properties.title)).toEqual([title]);
  return found[0];
}

/** The alarms of a stack, metric and composite, by their path in it. References to what has a fixed name are that name. */
export function alarmsOf(stack: Stack): Record<string, any> {
  const { Resources } = Template.fromStack(stack).toJSON();
  const constructs = stack.node.findAll().filter((construct) => ALARMS.includes((construct as any).cfnResourceType));
  return Object.fromEntries(constructs.map((construct) => [
    construct.node.scope!.node.path.split('/').slice(1).join('/'),
    withNames(Resources[stack.resolve((construct as any).logicalId)].Properties, Resources),
  ]));
}

const ALARMS = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'];

function withNames(value: any, resources: any): any {
  return JSON.parse(JSON.stringify(value), (_, part) => {
    const { CapacityProviderName, FunctionName } = resources[part?.Ref]?.Properties ?? {};
    return CapacityProviderName ?? FunctionName ?? part;
  });
}
