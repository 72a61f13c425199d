import { CostFacts, InstanceCostRange, totalOf } from './cost-facts';
import { hostsText } from '../rules/fleet/need-text';
import { InvalidRequirement } from '../rules/provider/selection-facts';
import { Level, Rule } from '../rules/rule';
import { Hosts } from '../sizing/fleet-need';

const PRICING = 'https://aws.amazon.com/lambda/pricing/';

/** A budget, and what it is to be compared with. */
export interface BudgetFacts extends CostFacts {
  /** $ per month. */
  readonly warnAbove?: number;
  /** $ per month. */
  readonly failAbove?: number;
}

/** Each rule about what a fleet costs. */
export const COST_RULES: Rule<CostFacts>[] = [
  {
    code: 'IdleFloor',
    level: Level.INFO,
    what: 'What the environments that are kept cost each month, without a single request.',
    why: 'Instances under them are billed as long as they run, with the fee.',
    source: PRICING,
    check(facts, { term }) {
      const { floor } = facts;
      if (!floor || floor.highest.hosts.length === 0) return undefined;
      return {
        property: term('minExecutionEnvironments'),
        allowed: 'keeps instances that cost money at rest',
        found: `${about(facts)} ${amountOf(floor)} a month (${basisOf(facts)})`,
        remedy: 'lower it, or the size of environments, if that is too much',
      };
    },
  },
];

/** The rule about a budget. */
export const BUDGET_RULES: Rule<BudgetFacts>[] = [
  {
    code: 'BudgetExceeded',
    level: Level.ERROR,
    alsoLevel: Level.WARNING,
    what: 'The idle floor stays within the budget.',
    why: 'The fleet would cost more than its owner wants to pay, from the first day.',
    source: PRICING,
    check(facts, { term }) {
      const { floor, warnAbove = Infinity, failAbove = Infinity } = facts;
      if (!floor) return undefined;
      const [lowest, highest] = [totalOf(floor.lowest), totalOf(floor.highest)];
      const isRefused = lowest > failAbove;
      if (!isRefused && highest <= Math.min(warnAbove, failAbove)) return undefined;
      const limit = isRefused ? failAbove : Math.min(warnAbove, failAbove);
      return {
        level: isRefused ? Level.ERROR : Level.WARNING,
        property: term('budget'),
        allowed: `${isRefused ? 'must' : 'should'} hold the idle floor: at most ${dollars(limit)} a month`,
        found: `${about(facts)} ${amountOf(floor)} (${basisOf(facts)})`,
        remedy: `lower ${term('minExecutionEnvironments')} or the size of environments, allow cheaper instance types, or raise the budget`,
      };
    },
  },
];

/** What somebody gave to compute with, and can't be computed with. */
export const ESTIMATE_RULES: Rule<InvalidRequirement>[] = [
  {
    code: 'EstimateInput',
    level: Level.ERROR,
    what: 'What an estimate is computed from is possible: prices, discount, budget and load.',
    why: 'The result would mean nothing.',
    source: PRICING,
    check: (wrong) => wrong,
  },
];

/** `$205.51`, and from 1,000 on without cents: nobody knows an estimate better. */
export function dollars(amount: number): string {
  const digits = Math.abs(amount) < 1000 ? 2 : 0;
  return `$${amount.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** `$205.51`, or `$205.51 to $309.12` where the types differ. */
export function amountOf({ lowest, highest }: InstanceCostRange): string {
  const [low, high] = [lowest, highest].map((cost) => dollars(totalOf(cost)));
  return low === high ? low : `${low} to ${high}`;
}

/** `3 × m6g.large to m8gn.large`, with the number once where it is the same. */
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

/** What the amounts rest on, in words. */
export function basisOf({ floor, feeRate, asOf, region, regionAssumed, assumption: assumed = '' }: CostFacts): string {
  const place = regionAssumed ? `${region}, since the Region isn't known` : region;
  return `${instancesText(floor!.lowest.hosts, floor!.highest.hosts)}, with the fee of ${Math.round(feeRate * 100)} %, prices of ${asOf ?? 'your own'} in ${place}${assumed}`;
}
