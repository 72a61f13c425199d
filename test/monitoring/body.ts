import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/** Returns a text of a template, with intrinsic functions as `<…>`. */
export function textOf(value: any): string {
  if (typeof value === 'string') return value;
  const [glue, parts] = value['Fn::Join'] ?? [];
  if (!parts) return `<${Object.values(value)}>`;
  if (Array.isArray(parts)) return parts.map(textOf).join(glue);
  const [separator, text] = parts['Fn::Split'];
  return `<${textOf(text)} with ${glue} for ${separator}>`;
}

/** Returns the bodies of a stack's dashboards, as CloudWatch gets them. */
export function bodiesOf(stack: Stack): any[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'))
    .map(({ Properties }) => JSON.parse(textOf(Properties.DashboardBody)));
}

/** Returns the body of a stack's only dashboard. */
export function bodyOf(stack: Stack): any {
  const [body, ...others] = bodiesOf(stack);
  expect(others).toEqual([]);
  return body;
}

/** Returns the widget with a title. */
export function widgetOf(body: any, title: string): any {
  const found = body.widgets.filter(({ properties }: any) => properties.title === title);
  expect(found.map(({ properties }: any) => properties.title)).toEqual([title]);
  return found[0];
}

/**
 * Returns the alarms of a stack, including composite ones, by their path in it. References to resources with a fixed name are replaced by the name.
 */
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
