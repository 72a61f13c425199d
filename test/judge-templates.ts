/** Judges templates directly, without files, transforms or constructs. */
import { judgeApp } from '../src/checks/judge-app';
import { ResourceGraph } from '../src/reading/resource-graph';
import { Template } from '../src/reading/templates/template';
import { resourcesOf, TemplateResource } from '../src/reading/templates/templates';
import { Judgement } from '../src/rules/judge';
import { templateContext } from '../src/rules/rule';

/** Judges templates. Nested stacks are judged only if their templates are given, too. */
export function judgeTemplates(templates: readonly Template[]): Judgement<TemplateResource>[] {
  const context = templateContext();
  const judgements = judgeApp(new ResourceGraph(resourcesOf(templates)), { contextOf: () => context });
  judgements.flatMap(({ findings }) => findings).forEach(({ property, allowed, remedy, verb = '' }) => {
    const words = wordsOfCdk([property, verb, allowed, remedy].join(' '));
    if (words.length > 0) throw new Error(`${words.join()} in what is said to the author of a template: ${remedy}`);
  });
  return judgements;
}

/**
 * Returns the words of CDK in a message. Names in camel case are CDK's, except numbers of vCPUs and names that users chose, and so are some others.
 */
export function wordsOfCdk(message: string): string[] {
  const own = message.replace(/\bvCPUs?\b/g, '');
  return own.match(/\b[a-z]+[A-Z]\w*|\b[a-z]\w*\.[A-Z]\w*|\bnew [A-Z]\w*|\b(PropagateTags|InstanceSelection|RemovalPolicy|Duration|ScalingOptions|Egress)\.|RETAIN|\bconstruct\b/g) ?? [];
}
