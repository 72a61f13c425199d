import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Budget, InstanceSelection, ManagedInstances, MonthlyBudget, PriceBook } from '../../src';
import { synthErrorOf, testFunction, testStack, warningsOf } from '../util';

/** At rest $365.18 on c7g.xlarge, $411.02 on m7g.xlarge, $539.46 on r7g.xlarge. */
function stackWith(budget?: Budget, region: string = 'us-east-1'): Stack {
  const stack = testStack({ env: { region } });
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: ['a', 'b', 'c'], privateSubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'],
  });
  const types = ['c7g.xlarge', 'm7g.xlarge', 'r7g.xlarge'].map((type) => new ec2.InstanceType(type));
  const fleet = new ManagedInstances(stack, 'Fleet', { vpc, budget, instances: InstanceSelection.allow(...types) });
  fleet.addFunction(testFunction(stack, 'Function', { architecture: lambda.Architecture.ARM_64 }));
  return stack;
}

function budgetWarnings(stack: Stack): string[] {
  return warningsOf(stack).filter((warning) => warning.includes('BudgetExceeded'));
}

test.each<[string, MonthlyBudget, string]>([
  ['more than the dearest type costs', { warnAbove: 540, failAbove: 540 }, ''],
  ['less than the dearest type costs', { warnAbove: 539 }, 'warning'],
  ['less than the cheapest type costs, but nothing to fail above', { warnAbove: 10 }, 'warning'],
  ['to fail above what the dearest type costs', { failAbove: 539 }, 'warning'],
  ['to fail above just what the cheapest type costs', { failAbove: 365.5 }, 'warning'],
  ['to fail above less than the cheapest type costs', { failAbove: 365 }, 'error'],
  ['with a discount that makes it enough', { failAbove: 365, warnAbove: 365, computeDiscount: 0.5 }, ''],
  ['with prices of its own', { failAbove: 1000, prices: PriceBook.perVCpuHour(10) }, 'error'],
])('a budget %s: %p', (_, budget, expected) => {
  const stack = stackWith(Budget.monthly(budget));

  const error = synthErrorOf(stack);
  expect(error.includes('BudgetExceeded')).toBe(expected === 'error');
  if (!error) expect(budgetWarnings(stack)).toHaveLength(expected === 'warning' ? 1 : 0);
});

test('holds what costs just as much', () => {
  const budgetOf = (failAbove: number) => Budget.monthly({ failAbove, warnAbove: failAbove, prices: PriceBook.perVCpuHour(0.05) });
  const floor = (stackWith().node.findChild('Fleet') as ManagedInstances).plan({ prices: PriceBook.perVCpuHour(0.05) }).idleFloor!;

  expect(budgetWarnings(stackWith(budgetOf(floor.highest.total)))).toEqual([]);
  expect(synthErrorOf(stackWith(budgetOf(floor.highest.total - 0.01)))).toMatch('BudgetExceeded');
});

test('says how much it would be, on which prices, and what to change', () => {
  expect(synthErrorOf(stackWith(Budget.monthly({ failAbove: 300 })))).toMatch(
    '[Stack/Fleet] The fleet costs about $365 to $539 a month at rest, more than the budget of $300 (failAbove): 3 × c7g.xlarge to r7g.xlarge, '
      + 'with the fee of 15 %, prices of 2026-02-07 to 2026-07-20 in us-east-1. Lower minExecutionEnvironments or the size of '
      + 'environments, allow cheaper instance types, or raise the budget. [cdk-lambda-managed-instances::BudgetExceeded]',
  );
});

test('is silent where no price is known', () => {
  const stack = stackWith(Budget.monthly({ failAbove: 1, warnAbove: 1 }), 'ap-southeast-7');

  expect(synthErrorOf(stack)).toBe('');
  expect(budgetWarnings(stack)).toEqual([]);
});

test('leaves nothing in the template', () => {
  const budget = Budget.monthly({ warnAbove: 10 });

  expect(Template.fromStack(stackWith(budget)).toJSON()).toEqual(Template.fromStack(stackWith()).toJSON());
});

test.each<[string, MonthlyBudget, string]>([
  ['nothing', {}, 'budget has neither warnAbove nor failAbove, but needs at least one of the two'],
  ['a negative amount', { warnAbove: -1 }, 'warnAbove is -1, but must be at least $0 a month'],
  ['no number', { failAbove: NaN }, 'failAbove is NaN, but must be at least $0 a month'],
  ['a warning above what fails', { warnAbove: 500.5, failAbove: 500 }, 'warnAbove is $500.5, but must not be above failAbove, which is $500 a month. Lower it, or leave it out: above failAbove, synthesis fails before it warns'],
  ['a discount in percent', { failAbove: 100, computeDiscount: 66 }, 'computeDiscount is 66, but must be a share from 0 to 1'],
])('refuses a budget of %s at the call', (_, budget, message) => {
  expect(() => stackWith(Budget.monthly(budget))).toThrow(message);
});

test('takes a token for what can\'t be judged', () => {
  const stack = testStack();
  const failAbove = new CfnParameter(stack, 'Budget', { type: 'Number' }).valueAsNumber;
  new ManagedInstances(stack, 'Fleet', { budget: Budget.monthly({ failAbove }) }).addFunction(testFunction(stack, 'Function'));

  expect(synthErrorOf(stack)).toBe('');
});
