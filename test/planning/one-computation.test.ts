import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as fc from 'fast-check';
import { CapacityPlan, InstanceSelection, ManagedInstances } from '../../src';
import { readFleet } from '../../src/judging/fleets';
import { planLine } from '../../src/monitoring/dashboard/plan-line';
import { ManagedInstancesLimits } from '../../src/service/managed-instances-limits';
import { testFunction, testStack } from '../util';

interface Given {
  readonly types: string[];
  readonly ceiling: number;
  readonly paused: boolean;
  readonly functions: { readonly ratio: number; readonly vCpus: number; readonly min: number; readonly more: number; readonly numbered: boolean }[];
}

const fleets: fc.Arbitrary<Given> = fc.record({
  types: fc.constantFrom([], ['c7g.xlarge', 'm7g.xlarge', 'r7g.xlarge'], ['m7g.2xlarge', 'm7g.4xlarge', 'c7g.4xlarge']),
  ceiling: fc.constantFrom(12, 16, 24, 32, 64, 100, 128, 400),
  paused: fc.boolean(),
  functions: fc.array(fc.record({
    ratio: fc.constantFrom(2, 4, 8),
    vCpus: fc.constantFrom(1, 2, 3, 4),
    min: fc.constantFrom(0, 1, 2, 3, 5),
    more: fc.integer({ min: 0, max: 9 }),
    numbered: fc.boolean(),
  }), { minLength: 1, maxLength: 4 }),
});

const at = (hour: string) => ScheduleExpression.cron({ hour, minute: '0' });

function fleetOf({ types, ceiling, paused, functions }: Given): ManagedInstances {
  const stack = testStack({ env: { region: 'us-east-1' } });
  const instances = types.length > 0 ? InstanceSelection.allow(...types.map((type) => new ec2.InstanceType(type))) : undefined;
  const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: ceiling, instances });
  functions.forEach(({ ratio, vCpus, min, more, numbered }, i) => {
    const fn = testFunction(stack, `F${i}`, { memorySize: ratio * vCpus * 1024, architecture: lambda.Architecture.ARM_64 });
    fleet.addFunction(fn, {
      executionEnvironmentMemoryGiBPerVCpu: ratio,
      latestPublishedScalingConfig: { minExecutionEnvironments: min, maxExecutionEnvironments: min + more },
    });
    if (numbered) fn.currentVersion;
  });
  if (paused) fleet.pauseOnSchedule('Night', { from: at('22'), until: at('6') });
  return fleet;
}

/** Each sum that a text prints, `12 at rest (3 × …) + 4 … = 16`, with the terms added up here. */
function sumsIn(text: string): { readonly terms: number; readonly total: number }[] {
  return [...text.matchAll(/: ([^:;]*? = (\d+))/g)].map(([, sum, total]) => ({
    terms: sum.split(' = ')[0].replace(/\([^)]*\)/g, '').split(' + ').reduce((all, term) => all + Number(/\d+/.exec(term)![0]), 0),
    total: Number(total),
  }));
}

/** The vCPUs in the rows of the plan's table, by their titles. */
function rowsOf(plan: CapacityPlan): Map<string, number> {
  const [, table] = plan.toString().split('the whole fleet');
  return new Map([...table.matchAll(/^([=+]? ?[a-zA-Z].*?) {2,}.*?(\d+)$/gm)].map(([, title, vCpus]) => [title.trim(), Number(vCpus)]));
}

test('rules, plan and dashboard agree to the vCPU, and each sum adds up', () => {
  fc.assert(fc.property(fleets, (given) => {
    const fleet = fleetOf(given);
    const plan = fleet.plan();
    const facts = readFleet(fleet.capacityProvider);
    const header = planLine(facts, ManagedInstancesLimits.CURRENT._values);
    const found = plan.findings.find(({ code }) => /^VCpuCeiling(Tight|BelowMinimum)$/.test(code));
    const finding = found?.text ?? '';
    const { vCpusAtRest, vCpusDuringDeployment, vCpusDuringDeploymentOfAll, sufficientVCpuCount, instances } = plan;

    // The plan and the header of the dashboard
    if (instances) expect(plan.sufficientVCpuCount).toBe(Math.max(12, vCpusDuringDeployment));
    expect(header).toMatch(`keep${plan.versions.length === 1 ? 's' : ''} ${given.paused ? 'at most ' : ''}${vCpusAtRest} vCPUs`);
    expect(header).toMatch(`${vCpusDuringDeployment} vCPUs while a function is deployed`);
    if (sufficientVCpuCount !== undefined) expect(header).toMatch(`a \`maxVCpuCount\` of ${sufficientVCpuCount} suffices`);

    // The table of the plan
    if (instances) {
      const rows = rowsOf(plan);
      const added = [...rows].filter(([title]) => title.startsWith('+'));
      const first = added.findIndex(([title]) => title === '+ for a replacement');
      expect(rows.get(given.paused ? 'at the busiest time of the week' : 'at rest')).toBe(vCpusAtRest);
      expect(rows.get('= to deploy one function')).toBe(vCpusDuringDeployment);
      expect(vCpusAtRest + added.slice(0, first + 1).reduce((sum, [, vCpus]) => sum + vCpus, 0)).toBe(vCpusDuringDeployment);
    }

    // The week
    expect(plan.week.length > 0).toBe(given.paused);
    if (given.paused) {
      expect(Math.max(...plan.week.map(({ vCpus }) => vCpus))).toBe(vCpusAtRest);
      expect(plan.week.reduce((sum, { hoursPerWeek }) => sum + hoursPerWeek, 0)).toBeCloseTo(168, 6);
    }

    // The rules
    expect(found?.level === 'error' && found.code === 'VCpuCeilingBelowMinimum').toBe(given.ceiling < plan.toJson().vCpus.fewest && given.ceiling < vCpusAtRest);
    if (vCpusAtRest > 0) expect(finding !== '').toBe(given.ceiling < vCpusDuringDeploymentOfAll);
    const sums = sumsIn(finding);
    sums.forEach(({ terms, total }) => expect(terms).toBe(total));
    if (finding !== '') expect(sums.map(({ total }) => total)).toEqual([given.ceiling < vCpusDuringDeployment ? vCpusDuringDeployment : vCpusDuringDeploymentOfAll]);
  }), {
    numRuns: 60,
    // A version that keeps nothing forces larger instances.
    examples: [[{
      types: [],
      ceiling: 24,
      paused: false,
      functions: [
        { ratio: 2, vCpus: 1, min: 2, more: 0, numbered: false }, { ratio: 2, vCpus: 4, min: 0, more: 0, numbered: false },
      ],
    }]],
  });
});

test('what is certain is never more than what is likely', () => {
  fc.assert(fc.property(fleets, (given) => {
    const plan = fleetOf(given).plan();

    return plan.instances === undefined || plan.toJson().vCpus.fewest <= plan.vCpusAtRest;
  }), { numRuns: 60 });
});
