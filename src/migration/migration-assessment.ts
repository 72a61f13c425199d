import { IConstruct } from 'constructs';
import { assessMigration } from './assess-migration';
import { migrationJson, migrationText, NamedFunction } from './migration-text';
import { graphAround } from '../judging/fleets';
import { throwErrors } from '../judging/report';
import { FunctionLoad, loadFacts } from '../planning/constructs/function-load';
import { estimateFindings } from '../planning/cost-rules';
import { optionProblems } from '../planning/plan-options';
import { PriceBook } from '../prices/price-book';
import { codeContext, RuleContext } from '../rules/rule';
import { ManagedInstancesLimits } from '../service/managed-instances-limits';

/**
 * With what functions are assessed.
 */
export interface MigrationAssessmentOptions {
  /**
   * How much functions are used.
   *
   * @default - the assessment says from how many requests at once on a move pays, not from how many in a month
   */
  readonly load?: FunctionLoad[];

  /**
   * The prices of instances.
   *
   * @default PriceBook.builtin()
   */
  readonly prices?: PriceBook;

  /**
   * The discount on the EC2 part, from 0 to 1.
   *
   * @default 0
   */
  readonly computeDiscount?: number;

  /**
   * The numbers of the service.
   *
   * @default ManagedInstancesLimits.CURRENT
   */
  readonly limits?: ManagedInstancesLimits;
}

/**
 * What it takes to run the standard functions of an app on managed instances: what must change, what can't be known, what calls them, the
 * environment to begin with, and from which load on it pays.
 *
 * A function that is deployed can't be moved: a move is a second function, and a cut-over in front of it.
 *
 * ```ts
 * console.log(MigrationAssessment.of(this).toString());
 * ```
 */
export class MigrationAssessment {
  /**
   * Assesses all functions below a construct that are on no capacity provider, as they are at this moment.
   *
   * @throws one error that lists each option which is not possible
   */
  public static of(scope: IConstruct, options: MigrationAssessmentOptions = {}): MigrationAssessment {
    throwErrors(scope, estimateFindings(optionProblems(options)));
    const context = codeContext((options.limits ?? ManagedInstancesLimits.CURRENT)._values);
    const loads = new Map((options.load ?? []).map((load) => [loadFacts(load).functionName, loadFacts(load)]));
    const functions = assessMigration(graphAround(scope), {
      context,
      prices: options,
      loadOf: ({ name }) => loads.get(name),
      isWanted: ({ key }) => (key as IConstruct).node.scopes.includes(scope),
    });
    return new MigrationAssessment(functions.map((fn) => ({ ...fn, name: fn.resource.name })), context);
  }

  private readonly functions: NamedFunction[];
  private readonly context: RuleContext;

  private constructor(functions: NamedFunction[], context: RuleContext) {
    this.functions = functions;
    this.context = context;
  }

  /**
   * The assessment as text for people, at most 80 characters wide.
   */
  public toString(): string {
    return migrationText(this.functions, this.context);
  }

  /**
   * The assessment for programs. Its shape is versioned and described by `schema/migration-assessment-1.json` in the repository of this library.
   */
  public toJson(): any {
    return migrationJson(this.functions);
  }
}
