import * as lambda from 'aws-cdk-lib/aws-lambda';
import { readSettledFleet } from '../../judging/fleets';
import { reportAtSynth } from '../../judging/report';
import { watchSynthesis } from '../../registry/attachments';
import { limitsOf } from '../../registry/provider-record';
import { codeContext } from '../../rules/rule';
import { Budget } from '../budget';
import { costFacts } from '../cost-facts';
import { budgetFindings } from '../cost-rules';
import { priceTerms } from '../plan-options';
import { unlessToken } from '../unknown-numbers';

/** Makes synthesis compare the idle floor with a budget, when all functions are attached. */
export function judgeBudgetAtSynth(fleet: lambda.ICapacityProviderRef, budget: Budget): void {
  const { warnAbove, failAbove, prices, computeDiscount } = budget._monthly;
  watchSynthesis(fleet);
  fleet.node.addValidation({
    validate: () => {
      // This computes only the floor. A whole plan would also read all resources around the fleet.
      const facts = readSettledFleet(fleet);
      const costs = costFacts(facts, facts.capacity(codeContext(limitsOf(fleet)).limits), priceTerms({ prices, computeDiscount }, fleet.env.region));
      // An amount that is known only at deployment can't be judged.
      const limits = { warnAbove: unlessToken(warnAbove), failAbove: unlessToken(failAbove) };
      return reportAtSynth(fleet, budgetFindings(costs, limits));
    },
  });
}
