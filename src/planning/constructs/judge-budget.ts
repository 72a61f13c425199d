import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CapacityPlan } from './capacity-plan';
import { reportAtSynth } from '../../judging/report';
import { Budget } from '../budget';
import { budgetFindings } from '../cost-rules';
import { unlessToken } from '../unknown-numbers';

/** Has the idle floor compared with a budget at synthesis, when all functions are attached. */
export function judgeBudgetAtSynth(fleet: lambda.ICapacityProviderRef, budget: Budget): void {
  const { warnAbove, failAbove, prices, computeDiscount } = budget._monthly;
  fleet.node.addValidation({
    validate: () => {
      const { costs } = CapacityPlan._of(fleet, fleet, { prices, computeDiscount })._details;
      // An amount that is known at deployment only can't be judged.
      const limits = { warnAbove: unlessToken(warnAbove), failAbove: unlessToken(failAbove) };
      return reportAtSynth(fleet, budgetFindings(costs, limits));
    },
  });
}
