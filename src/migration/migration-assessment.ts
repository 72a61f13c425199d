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
 * Options of a migration assessment.
 */
export interface MigrationAssessmentOptions {
  /**
   * The load of the functions: requests per month, durations and CPU times.
   *
   * @default - the assessment says how many requests at once make a move worth its cost, but not how many requests a month
   */
  readonly load?: FunctionLoad[];

  /**
   * The prices of instances, and of standard Lambda.
   *
   * @default PriceBook.builtin()
   */
  readonly prices?: PriceBook;

  /**
   * The discount on EC2, from 0 to 1: 0.66 for a Savings Plan or Reserved Instances of 66 %. The fee isn't reduced.
   *
   * @default 0
   */
  readonly computeDiscount?: number;

  /**
   * The service limits that functions are checked against. Override a limit if AWS has raised it.
   *
   * @default ManagedInstancesLimits.CURRENT
   */
  readonly limits?: ManagedInstancesLimits;
}

/**
 * An assessment of what it takes to move an app's functions from standard Lambda onto managed instances. It says what must change, what the app
 * doesn't show, what calls the functions, which environment to start with, and how much load makes a move worth its cost.
 *
 * A deployed function can't be moved. You create a second function and switch the callers over to it.
 *
 * ```ts
 * console.log(MigrationAssessment.of(this).toString());
 * ```
 */
export class MigrationAssessment {
  /**
   * Assesses all functions below a construct that are on no capacity provider, as they are at this moment.
   *
   * @throws one error that lists each impossible option
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
   * Returns the assessment as text, at most 80 characters wide.
   */
  public toString(): string {
    return migrationText(this.functions, this.context);
  }

  /**
   * Returns the assessment as an object for programs. Its shape is versioned and described by `schema/migration-assessment-1.json` in the repository of this library.
   */
  public toJson(): any {
    return migrationJson(this.functions);
  }
}
