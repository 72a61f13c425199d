import { UNKNOWN } from '../fact';
import { Place, ResourceView } from '../resource-view';
import { StackOutputs } from './stack-outputs';
import { Template } from './template';
import { TemplateProperties } from './template-properties';
import { findReference, TemplateScope } from './template-references';

/** A resource in a template. */
export interface TemplateResource extends ResourceView {
  readonly template: Template;
  readonly logicalId: string;
}

/** The resources that rules are about. */
const JUDGED_TYPES = /^AWS::(Lambda::|ApiGatewayV2::Integration$|Scheduler::Schedule$)/;
/** The resources that rules look up besides. */
const LOOKED_UP_TYPES = /^AWS::IAM::/;

/** Whether a rule is about resources of a type, and may find something in them. */
export function isJudged(type: string): boolean {
  return JUDGED_TYPES.test(type);
}

/** The resources of the templates, which may refer to each other: by outputs, or to `neighbours` by what these are called there. */
export function resourcesOf(templates: Template[], neighbours: Record<string, object> = {}): TemplateResource[] {
  const outputs = new StackOutputs(templates, scopeOf);
  return templates.flatMap((template) => {
    const scope = scopeOf(template, outputs, neighbours);
    const find = (expression: object) => findReference(expression, scope);
    const place: Place = { account: template.account ?? UNKNOWN, region: template.region ?? UNKNOWN };
    const read = Object.entries<any>(template.body.Resources ?? {}).filter(([, { Type }]) => isJudged(Type) || LOOKED_UP_TYPES.test(Type));
    return read.map(([logicalId, resource]) => ({
      template,
      logicalId,
      name: logicalId,
      type: resource.Type,
      key: resource,
      properties: new TemplateProperties(resource.Properties ?? {}, find),
      deletionPolicy: resource.DeletionPolicy,
      place,
    }));
  });
}

function scopeOf(template: Template, outputs: StackOutputs, neighbours: Record<string, object> = {}): TemplateScope {
  const { body, nestedIn } = template;
  return {
    resources: { ...neighbours, ...body.Resources },
    exported: (name) => outputs.exported(name, template),
    output: (stackName, name, region) => outputs.output(stackName, name, template, region),
    parameter: nestedIn && ((name) => {
      const given = nestedIn.template.body.Resources[nestedIn.logicalId].Properties?.Parameters?.[name];
      return findReference(given, scopeOf(nestedIn.template, outputs));
    }),
  };
}
