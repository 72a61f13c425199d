import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CfnResource, IPolicyValidationContext, NestedStack, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Template } from './templates';

/** The templates of a synthesised app, those of nested stacks included. */
export function readTemplates({ stackTemplates, appConstruct }: IPolicyValidationContext): Template[] {
  const nested = appConstruct.node.findAll().filter(NestedStack.isNestedStack);
  return stackTemplates.flatMap(({ templatePath, accountId, region }) => (
    withNested({ file: templatePath, body: readJson(templatePath), account: accountId, region }, nested)
  ));
}

/**
 * The templates that the constructs below a root would synthesise to, as far as rules read them. A reference into another
 * stack is not yet an export and an import, but points to the other's resource as if it stood beside.
 */
export function renderTemplates(root: IConstruct): Template[] {
  const stacks = root.node.findAll().filter(Stack.isStack);
  return stacks.map((stack) => ({
    file: stack.templateFile,
    body: { Resources: renderResources(stack) },
    account: unlessToken(stack.account),
    region: unlessToken(stack.region),
  }));
}

/** Which construct a resource in a template comes from: `<file>/<logical id>`. */
export function resourceId(file: string, logicalId: string): string {
  return join(file.split(/[/\\]/).pop()!, logicalId);
}

/** The same of a construct. */
export function idOfConstruct(resource: CfnResource): string {
  return resourceId(resource.stack.templateFile, resource.stack.resolve(resource.logicalId));
}

function withNested(template: Template, nested: NestedStack[]): Template[] {
  const name = template.file.split(/[/\\]/).pop();
  const children = nested.filter((stack) => stack.nestedStackParent!.templateFile === name).map((stack) => {
    const file = join(dirname(template.file), stack.templateFile);
    const logicalId = stack.nestedStackParent!.resolve(stack.nestedStackResource!.logicalId);
    return { ...template, file, body: readJson(file), nestedIn: { template, logicalId } };
  });
  return [template, ...children.flatMap((child) => withNested(child, nested))];
}

function unlessToken(value: string): string | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}

function renderResources(stack: Stack): Record<string, object> {
  const resources = stack.node.findAll().filter(CfnResource.isCfnResource).filter((resource) => resource.stack === stack);
  return Object.assign({}, ...resources.map((resource) => stack.resolve((resource as any)._toCloudFormation()).Resources));
}

function readJson(path: string): any {
  return JSON.parse(readFileSync(path, 'utf-8'));
}
