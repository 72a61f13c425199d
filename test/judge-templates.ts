/** Judges templates as they stand, without files, transforms or constructs. */
import { judgeApp } from '../src/checks/judge-app';
import { ResourceGraph } from '../src/reading/resource-graph';
import { Template } from '../src/reading/templates/template';
import { resourcesOf, TemplateResource } from '../src/reading/templates/templates';
import { Judgement } from '../src/rules/judge';
import { templateContext } from '../src/rules/rule';

/** Nested stacks are judged where their templates are given, too: whoever reads files or constructs finds them. */
export function judgeTemplates(templates: readonly Template[]): Judgement<TemplateResource>[] {
  const context = templateContext();
  return judgeApp(new ResourceGraph(resourcesOf(templates)), { contextOf: () => context });
}
