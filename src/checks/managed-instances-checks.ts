import {
  IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolatingResource, PolicyViolation,
} from 'aws-cdk-lib';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { ALL_RULES } from './all-rules';
import { AroundApp, judgeApp } from './judge-app';
import { isAcknowledged, judgedResources, KnownResources, remarkableResources } from './known-resources';
import { UNREAD_JUDGE } from './not-checked';
import { statedAround } from '../judging/judge-provider';
import { limitFindings } from '../judging/props-findings';
import { throwErrors } from '../judging/report';
import { costFacts } from '../planning/cost-facts';
import { COST_JUDGE } from '../planning/cost-rules';
import { regionOf } from '../planning/plan-options';
import { PriceBook } from '../prices/price-book';
import { readTemplates, resourceId } from '../reading/constructs/read-templates';
import { renderTemplates } from '../reading/constructs/render-templates';
import { isKnown } from '../reading/fact';
import { ResourceGraph } from '../reading/resource-graph';
import { Template } from '../reading/templates/template';
import { resourcesOf, TemplateResource } from '../reading/templates/templates';
import { Finding, idOf, NAMESPACE, problemOf } from '../rules/findings';
import { FleetFacts } from '../rules/fleet/fleet-facts';
import { Judgement } from '../rules/judge';
import { Level, Moment, RuleContext, templateContext } from '../rules/rule';
import { ManagedInstancesLimits } from '../service/managed-instances-limits';

/**
 * Properties of `ManagedInstancesChecks`.
 */
export interface ManagedInstancesChecksProps {
  /**
   * The limits for resources that don't belong to a fleet of this library. A fleet's own limits apply to its functions.
   *
   * @default ManagedInstancesLimits.CURRENT
   */
  readonly limits?: ManagedInstancesLimits;
}

/**
 * Checks the templates of an app against the rules in RULES.md. It doesn't matter whether they come from constructs of this library, CDK's own
 * constructs, L1s with overrides, or included CloudFormation templates.
 *
 * Errors fail the synthesis. Warnings are reported unless synthesis has already printed them. Acknowledge a finding with
 * `cdk-lambda-managed-instances::<Code>`, on the construct or above.
 *
 * ```ts
 * cdk.Validations.of(this).addPlugins(new ManagedInstancesChecks());
 * ```
 */
export class ManagedInstancesChecks implements IPolicyValidationPlugin {
  /**
   * The name of the plugin in CDK's report.
   */
  public readonly name: string = NAMESPACE;

  /**
   * The codes of all findings that the plugin can report. RULES.md also lists those that calls and constructs report.
   */
  public readonly ruleIds?: string[] = ALL_RULES.filter(({ moments }) => moments.includes(Moment.TEMPLATE)).map(({ code }) => code);

  private readonly context: RuleContext;

  /**
   * @throws one error that lists each limit that can't be compared with
   */
  constructor(props: ManagedInstancesChecksProps = {}) {
    throwErrors(undefined, limitFindings(props?.limits));
    this.context = templateContext(props?.limits?._values);
  }

  /**
   * Checks the finished templates. CDK calls this.
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const known = remarkableResources(context.appConstruct);
    const judgements = this.judge(resourcesOf(readTemplates(context)), known);
    return report(judgements, (resource, finding) => {
      const isNews = finding.level === Level.ERROR || (finding.level === Level.WARNING && !known.hasWarning(idIn(resource), idOf(finding)));
      return isNews ? { resourceLogicalId: resource.logicalId, templatePath: resource.template.file, locations: [] } : undefined;
    });
  }

  /**
   * Checks the resources below a construct without a synthesis, for tests. Reports findings of all levels, including infos, except acknowledged ones.
   */
  public validateScope(scope: IConstruct): PolicyValidationPluginReport {
    const known = judgedResources(scope);
    const templates = renderTemplates(scope.node.root);
    const judgements = this.judge(resourcesOf(templates, neighboursOf(templates)), known, costFindings);
    return report([...judgements, ...this.unread(templates, known)], (resource, finding) => {
      const construct = known.construct(idIn(resource));
      return construct && !isAcknowledged(construct, idOf(finding)) ? { constructPath: construct.node.path, locations: [] } : undefined;
    });
  }

  /** Reports Lambda's resources that can't be read. For the resources that call functions, other findings say more. */
  private unread(templates: Template[], known: KnownResources): JudgementInTemplate[] {
    return templates.flatMap((template) => [...template.unread ?? []].flatMap(([logicalId, reason]) => {
      const resource = { template, logicalId };
      const type = known.construct(idIn(resource))?.cfnResourceType;
      return type?.startsWith('AWS::Lambda::') ? [{ resource, findings: UNREAD_JUDGE.judge({ unread: { reason, type } }, Moment.TEMPLATE, this.context) }] : [];
    }));
  }

  private judge(
    resources: TemplateResource[], known: KnownResources, alsoAboutFleet?: AroundApp<TemplateResource>['alsoAboutFleet'],
  ): Judgement<TemplateResource>[] {
    const contextOf = (resource: TemplateResource) => {
      const limits = known.otherLimits(idIn(resource));
      return limits ? templateContext(limits) : this.context;
    };
    const stated = (resource: TemplateResource) => {
      const construct = known.construct(idIn(resource));
      return CfnCapacityProvider.isCfnCapacityProvider(construct) ? statedAround(construct) : {};
    };
    return judgeApp(new ResourceGraph(resources), { contextOf, stated, alsoAboutFleet });
  }
}

/** Reports what the fleet costs at rest, an info that only `validateScope` shows. */
function costFindings(facts: FleetFacts, { place: { region } }: TemplateResource, context: RuleContext): Finding[] {
  const terms = { prices: PriceBook.builtin(), ...regionOf(isKnown(region) ? region : undefined), computeDiscount: 0 };
  return COST_JUDGE.judge({ cost: costFacts(facts, facts.capacity(context.limits), terms) }, Moment.TEMPLATE, context);
}

/** Findings about a resource, with just enough to identify it. */
interface JudgementInTemplate {
  readonly resource: Pick<TemplateResource, 'template' | 'logicalId'>;
  readonly findings: Finding[];
}

type Place = (resource: JudgementInTemplate['resource'], finding: Finding) => PolicyViolatingResource | undefined;

/** Makes a violation of each finding. `place` returns its location, or undefined for a finding that isn't reported. */
function report(judgements: JudgementInTemplate[], place: Place): PolicyValidationPluginReport {
  const violations = judgements.flatMap(({ resource, findings }) => findings.flatMap((finding) => {
    const violatingResource = place(resource, finding);
    return violatingResource ? [violation(finding, violatingResource)] : [];
  }));
  return { success: violations.every(({ severity }) => severity !== Level.ERROR), violations };
}

function violation(finding: Finding, resource: PolicyViolatingResource): PolicyViolation {
  const { code, level, source, remedy } = finding;
  return {
    ruleName: code,
    severity: level,
    description: problemOf(finding),
    fix: remedy,
    ruleMetadata: { source },
    violatingResources: [resource],
  };
}

function idIn({ template, logicalId }: JudgementInTemplate['resource']): string {
  return resourceId(template.file, logicalId);
}

/** Returns the resources of all stacks by their ids in the app, which references into other stacks use. */
function neighboursOf(templates: Template[]): Map<string, object> {
  return new Map(templates.flatMap(({ file, body }) => (
    Object.entries<object>(body.Resources).map(([logicalId, resource]) => [resourceId(file, logicalId), resource] as const)
  )));
}
