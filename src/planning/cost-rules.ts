import { CostFacts, InstanceCostRange, totalOf } from './cost-facts';
import { FeeRate } from '../prices/service-prices';
import { Finding, findingOf } from '../rules/findings';
import { hostsText } from '../rules/fleet/need-text';
import { Judge } from '../rules/judge';
import { descriptions, Level, Moment, Rule } from '../rules/rule';
import { PAGES } from '../service/pages';
import { Problem } from '../service/problem';
import { Hosts } from '../sizing/fleet-need';

/** The rules about the cost of a fleet. */
const COST_RULES: Rule<CostFacts>[] = [
  {
    code: 'IdleFloor',
    level: Level.INFO,
    what: 'The monthly cost of the environments that are always kept, even without requests.',
    why: 'Their instances are billed as long as they run, and so is the management fee.',
    source: PAGES.pricing,
    check(facts, { term }) {
      const { floor } = facts;
      if (!floor || floor.highest.hosts.length === 0) return undefined;
      const cost = `${about(facts)} ${amountOf(floor)} a month`;
      return {
        property: term('minExecutionEnvironments'),
        allowed: 'keeps instances that cost money at rest',
        found: cost,
        statement: `At rest this fleet costs ${cost}: ${basisOf(facts)}`,
        remedy: `lower ${term('minExecutionEnvironments')}, or the size of environments, if that is too much`,
      };
    },
  },
];

/** The judge of the cost of a fleet. Its findings appear in plans and reports only. */
export const COST_JUDGE = new Judge<{ readonly cost: CostFacts }>({ cost: { moments: [Moment.TEMPLATE], rules: COST_RULES } });

/** The descriptions of findings about the input of plans, estimates and budgets. */
export const COST_FINDINGS = descriptions({
  BudgetExceeded: {
    level: Level.ERROR,
    alsoLevel: Level.WARNING,
    what: 'The idle floor stays within the budget.',
    why: 'The fleet would cost more than the budget from its first day.',
    source: PAGES.pricing,
  },
  EstimateInput: {
    level: Level.ERROR,
    what: 'The inputs of an estimate are possible numbers: prices, discount, budget and load.',
    why: 'The result would mean nothing.',
    source: PAGES.pricing,
  },
});

/** The bounds of a budget, in dollars a month. */
export interface BudgetLimits {
  readonly warnAbove?: number;
  readonly failAbove?: number;
}

/** Checks that the idle floor stays within a budget. */
export function budgetFindings(costs: CostFacts, { warnAbove = Infinity, failAbove = Infinity }: BudgetLimits, failAboveIsCalled = 'failAbove'): Finding[] {
  const { floor } = costs;
  if (!floor) return [];
  const [lowest, highest] = [totalOf(floor.lowest), totalOf(floor.highest)];
  const isRefused = lowest > failAbove;
  if (!isRefused && highest <= Math.min(warnAbove, failAbove)) return [];
  const limit = isRefused ? failAbove : Math.min(warnAbove, failAbove);
  const budget = `${wholeDollars(limit)} (${limit === failAbove ? failAboveIsCalled : 'warnAbove'})`;
  const cost = `${about(costs)} ${amountOf(floor)} a month`;
  return [findingOf(COST_FINDINGS.BudgetExceeded, {
    level: isRefused ? Level.ERROR : Level.WARNING,
    property: 'budget',
    allowed: `the budget is ${budget}`,
    found: cost,
    statement: `The fleet costs ${cost} at rest, more than the budget of ${budget}: ${basisOf(costs)}`,
    remedy: 'lower minExecutionEnvironments or the size of environments, allow cheaper instance types, or raise the budget',
  })];
}

/** Returns a finding for each mistake in the input of an estimate. */
export function estimateFindings(problems: Problem[] = []): Finding[] {
  return problems.map((problem) => findingOf(COST_FINDINGS.EstimateInput, problem));
}

/** Formats an amount: `$205.51`, but without cents from $1,000 on, because estimates aren't that exact. */
export function dollars(amount: number): string {
  const digits = Math.abs(amount) < 1000 ? 2 : 0;
  return `$${amount.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** Formats an amount for a sentence: `$206`, but with cents below $100. */
export function wholeDollars(amount: number): string {
  return Math.abs(amount) < 100 ? dollars(amount) : `$${Math.round(amount).toLocaleString('en-US')}`;
}

/** Formats a range: `$206`, or `$206 to $309` if the types differ. */
export function amountOf({ lowest, highest }: InstanceCostRange): string {
  const [low, high] = [lowest, highest].map((cost) => wholeDollars(totalOf(cost)));
  return low === high ? low : `${low} to ${high}`;
}

/** Formats a range of instances: `3 × m6g.large to m8gn.large`, with the number only once if it is the same. */
export function instancesText(low: Hosts, high: Hosts): string {
  if (low.length === 0 && high.length === 0) return 'none';
  const [first, last] = [low, high].map(hostsText);
  if (first === last) return first;
  const isSameCount = low.length === 1 && high.length === 1 && low[0].count === high[0].count;
  return `${first} to ${isSameCount ? high[0].type.name : last}`;
}

function about({ isAtLeast }: CostFacts): string {
  return isAtLeast ? 'at least' : 'about';
}

/** Formats a fee: `15 %`. */
export function feeText({ rate, isUnproven }: FeeRate): string {
  return `${Math.round(rate * 100)} %${isUnproven ? ' (unproven for instances with a GPU)' : ''}`;
}

/** Returns the basis of the amounts, in words. */
export function basisOf({ floor, fee, asOf, region, regionAssumed, isOverWeek, assumption: assumed = '' }: CostFacts): string {
  const place = regionAssumed ? `${region}, since the Region isn't known` : region;
  const time = isOverWeek ? ' at the busiest time of the week' : '';
  return `${instancesText(floor!.lowest.hosts, floor!.highest.hosts)}${time}, with the fee of ${feeText(fee)}, prices of ${asOf ?? 'your own'} in ${place}${assumed}`;
}
