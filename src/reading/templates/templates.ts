import { AppOutputs } from './app-outputs';
import { constructPathOf, entriesOf, Template } from './template';
import { TemplateProperties } from './template-properties';
import { TemplatesOfApp, TemplateScope } from './template-scope';
import { isRelated } from '../callers';
import { conditionHolds, ExpressionScope } from '../expression';
import { UNKNOWN } from '../fact';
import { Place, ResourceView, SECURITY_GROUP } from '../resource-view';

/** A resource in a template. */
export interface TemplateResource extends ResourceView {
  readonly template: Template;
  readonly logicalId: string;
}

/** Whether rules apply to resources of a type. */
export function isJudged(type: string): boolean {
  return isRelated(type) || type === SECURITY_GROUP || /^AWS::Serverless::/.test(type);
}

/**
 * Returns the resources of the templates. They may refer to each other through outputs and parameters of nested stacks, and to `neighbours` by the
 * ids that these have in the app. Templates come from a synthesis or from files, and may contain mistakes of any kind.
 */
export function resourcesOf(templates: readonly Template[], neighbours: ReadonlyMap<string, object> = new Map()): TemplateResource[] {
  const app = new AppOfTemplates(templates, neighbours);
  return templates.flatMap((template) => {
    const scope = app.scopeOf(template);
    const place: Place = { account: template.account ?? UNKNOWN, region: template.region ?? UNKNOWN };
    return entriesOf(template.body?.Resources).filter(([, resource]) => typeof resource?.Type === 'string').map(([logicalId, resource]) => ({
      template,
      logicalId,
      name: constructPathOf(resource) ?? logicalId,
      type: resource.Type,
      key: resource,
      properties: new TemplateProperties(resource.Properties ?? {}, scope),
      deletionPolicy: resource.DeletionPolicy,
      place,
      get isLeftOut() { return resource.Condition !== undefined && conditionHolds(resource.Condition, scope) === false; },
    }));
  });
}

/** The scopes of all templates of an app, through which they find each other. */
class AppOfTemplates implements TemplatesOfApp {
  public readonly outputs: AppOutputs;
  private readonly scopes = new Map<Template, ExpressionScope>();

  constructor(templates: readonly Template[], public readonly neighbours: ReadonlyMap<string, object>) {
    this.outputs = new AppOutputs(templates, (template) => this.scopeOf(template));
  }

  public scopeOf(template: Template): ExpressionScope {
    const scope = this.scopes.get(template) ?? new TemplateScope(template, this);
    this.scopes.set(template, scope);
    return scope;
  }
}
