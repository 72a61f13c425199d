import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CfnResource, IPolicyValidationContext, NestedStack, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Template } from '../templates/template';

/** Returns the templates of a synthesised app, including those of nested stacks. */
export function readTemplates({ stackTemplates, appConstruct }: IPolicyValidationContext): Template[] {
  const stacks = appConstruct.node.findAll().filter(isStack);
  const nested = stacks.filter(NestedStack.isNestedStack);
  const names = new Map(stacks.map(({ node, stackName }) => [node.path, stackName]));
  return stackTemplates.flatMap(({ stackConstructPath, templatePath, accountId, region }) => (
    withNested({ file: templatePath, body: readJson(templatePath), stackName: names.get(stackConstructPath), account: accountId, region }, nested)
  ));
}

/** Returns the id of a resource in the app: `<file>/<logical id>`. */
export function resourceId(file: string, logicalId: string): string {
  return `${fileName(file)}/${logicalId}`;
}

/** Returns the id in the app of a construct's resource. */
export function idOfConstruct(resource: CfnResource): string {
  return resourceId(resource.stack.templateFile, resource.stack.resolve(resource.logicalId));
}

function withNested(template: Template, nested: NestedStack[]): Template[] {
  const name = fileName(template.file);
  const children = nested.filter((stack) => stack.nestedStackParent!.templateFile === name).map((stack) => {
    const file = join(dirname(template.file), stack.templateFile);
    const logicalId = stack.nestedStackParent!.resolve(stack.nestedStackResource!.logicalId);
    return { ...template, file, body: readJson(file), stackName: undefined, parameters: undefined, nestedIn: { template, logicalId } };
  });
  return [template, ...children.flatMap((child) => withNested(child, nested))];
}

/** This runs for every construct of the app, so it calls CDK for few of them. */
function isStack(construct: IConstruct): construct is Stack {
  return 'stackName' in construct && Stack.isStack(construct);
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

function readJson(path: string): any {
  return JSON.parse(readFileSync(path, 'utf-8'));
}
