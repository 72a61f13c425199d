import { ProviderFacts, ScalingPolicyFacts } from './provider-facts';
import { isKnown } from '../../reading/fact';
import { GPU_UTILIZATION_METRIC } from '../../service/gpu';
import { PAGES } from '../../service/pages';
import { Level, Rule } from '../rule';
import { outOfRange } from '../whole-number';

const CPU_METRIC = 'LambdaCapacityProviderAverageCPUUtilization';

/** The rules about the ceiling of a capacity provider and its scaling policies. */
export const PROVIDER_SCALING_RULES: Rule<ProviderFacts>[] = [
  {
    code: 'VCpuCeilingRange',
    level: Level.ERROR,
    what: 'The vCPU ceiling is a whole number within the service\'s range.',
    why: 'Lambda refuses the capacity provider.',
    source: PAGES.apiScalingConfig,
    check({ maxVCpuCount }, context) {
      const { vCpuCountMin: min, vCpuCountMax: max } = context.limits;
      const remedy = isKnown(maxVCpuCount) && maxVCpuCount < min ? `raise it to at least ${min}` : `choose a whole number up to ${max}`;
      return outOfRange(context, 'maxVCpuCount', maxVCpuCount, [min, max], remedy, ' vCPUs');
    },
  },
  {
    code: 'VCpuCeilingUnproven',
    level: Level.WARNING,
    what: 'The vCPU ceiling is known to work.',
    why: 'The API accepts less, but CDK and others start at 12, and nobody has reported that less works.',
    source: PAGES.cdkReadme,
    check({ maxVCpuCount }, { limits: { vCpuCountMin: min, vCpuCountProvenMin: proven }, term }) {
      if (!isKnown(maxVCpuCount) || maxVCpuCount < min || maxVCpuCount >= proven) return undefined;
      return {
        property: term('maxVCpuCount'),
        allowed: `fewer than ${proven} vCPUs are unproven: the API accepts ${min} or more, but nobody has reported that it works`,
        found: maxVCpuCount,
        remedy: `raise it to ${proven} or more, or try it first and then acknowledge this`,
      };
    },
  },
  {
    code: 'VCpuCeilingUnset',
    level: Level.INFO,
    what: 'A vCPU ceiling is set.',
    why: 'AWS\'s default of 400 vCPUs also bounds the cost.',
    source: PAGES.capacityProviders,
    check({ maxVCpuCount }, { limits: { vCpuCountDefault }, term }) {
      if (maxVCpuCount !== undefined) return undefined;
      return {
        property: term('maxVCpuCount'),
        allowed: 'it also limits what the fleet can cost',
        found: `none, which means ${vCpuCountDefault} vCPUs`,
        remedy: `set ${term('maxVCpuCount')} to the vCPUs that the functions need at their maximum, plus room for a deployment`,
      };
    },
  },
  {
    code: 'ManualScalingWithoutPolicy',
    level: Level.ERROR,
    what: 'Manual scaling comes with 1 to 10 scaling policies.',
    why: 'Lambda refuses the capacity provider.',
    source: PAGES.apiScalingConfig,
    check({ scalingMode, scalingPolicies }, { limits: { scalingPoliciesMax: max }, term }) {
      if (scalingMode !== 'Manual' || (scalingPolicies !== undefined && !isKnown(scalingPolicies))) return undefined;
      const count = scalingPolicies?.length ?? 0;
      if (count >= 1 && count <= max) return undefined;
      return {
        property: term('scalingPolicies'),
        verb: 'has',
        allowed: `${term('scalingMode')} Manual needs 1 to ${max}`,
        found: `${count} policies`,
        remedy: count === 0 ? 'add a policy with a target for CPU utilisation, or leave scaling to Lambda (Auto)' : `keep at most ${max}`,
      };
    },
  },
  {
    code: 'AutoScalingWithPolicy',
    level: Level.ERROR,
    alsoLevel: Level.WARNING,
    what: 'No scaling policy is given with automatic scaling.',
    why: 'Lambda refuses it: "A scaling policy can\'t be specified when the scalingMode is set to Auto".',
    source: PAGES.scaling,
    check({ scalingMode, scalingPolicies }, { term }) {
      if ((scalingMode !== undefined && scalingMode !== 'Auto') || !isKnown(scalingPolicies) || scalingPolicies.length === 0) return undefined;
      return {
        property: term('scalingPolicies'),
        verb: 'has',
        allowed: `${scalingMode === undefined ? 'should' : 'must'} be left out unless ${term('scalingMode')} is Manual`,
        found: `${scalingPolicies.length} ${scalingPolicies.length === 1 ? 'policy' : 'policies'}, and ${term('scalingMode')} is Auto${scalingMode === undefined ? ' by default' : ''}`,
        remedy: `set ${term('scalingMode')} to Manual, or remove the policies`,
        // AWS documents Auto as the default, but the refusal was observed only with an explicit Auto.
        level: scalingMode === undefined ? Level.WARNING : Level.ERROR,
      };
    },
  },
  {
    code: 'ScalingTargetRange',
    level: Level.ERROR,
    what: 'The target of a scaling policy is a percentage.',
    why: 'Lambda refuses the capacity provider.',
    source: PAGES.cloudFormationScalingPolicy,
    check({ scalingPolicies, gpuTargetProp }, { term }) {
      const isPercentage = ({ target }: ScalingPolicyFacts) => !isKnown(target) || (target >= 0 && target <= 100);
      const policy = isKnown(scalingPolicies) ? scalingPolicies.find((one) => !isPercentage(one)) : undefined;
      if (policy === undefined) return undefined;
      return {
        property: (policy.metric === GPU_UTILIZATION_METRIC && gpuTargetProp) || term('targetValue'),
        allowed: 'must be a utilisation from 0 to 100 percent',
        found: policy.target as number,
        remedy: 'choose a percentage in that range',
      };
    },
  },
  {
    code: 'ScalingTargetHeadroom',
    level: Level.WARNING,
    what: 'The CPU utilisation target leaves room for bursts and can be reached.',
    why: 'With a higher target, requests are throttled until new instances arrive. 0 % is never reached.',
    source: PAGES.scaling,
    check({ scalingPolicies }, { limits: { scalingTargetHeadroomMax: max }, term }) {
      const target = targetsOf(scalingPolicies, CPU_METRIC).find((value) => value === 0 || (value > max && value <= 100));
      if (target === undefined) return undefined;
      return {
        property: term('targetValue'),
        allowed: target === 0 ? 'a CPU utilisation of 0 percent is never reached' : `above ${max} percent there is no room for bursts`,
        found: target,
        remedy: `choose 1 to ${max} percent; AWS suggests 25 to 30 for bursty traffic`,
      };
    },
  },
  {
    code: 'ScalingMetric',
    level: Level.ERROR,
    what: 'A scaling policy tracks the utilisation of the CPU or the GPU.',
    why: 'Lambda scales by no other metric.',
    source: PAGES.cloudFormationScalingPolicy,
    check({ scalingPolicies }, { term }) {
      const metric = (isKnown(scalingPolicies) ? scalingPolicies : []).map((policy) => policy.metric)
        .find((name) => isKnown(name) && name !== CPU_METRIC && name !== GPU_UTILIZATION_METRIC);
      if (!isKnown(metric)) return undefined;
      return { property: term('predefinedMetricType'), allowed: `must be ${CPU_METRIC} or ${GPU_UTILIZATION_METRIC}`, found: metric, remedy: 'use one of the two' };
    },
  },
];

function targetsOf(policies: ProviderFacts['scalingPolicies'], ofMetric: string): number[] {
  return (isKnown(policies) ? policies : [])
    .filter(({ metric }) => metric === ofMetric)
    .map(({ target }) => target)
    .filter(isKnown);
}
