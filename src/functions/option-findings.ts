/** Finds options of attaching that contradict properties of the function. */
import { PROPS_FINDINGS } from '../judging/props-findings';
import { isKnown } from '../reading/fact';
import { PropertySource } from '../reading/property-source';
import { Finding, findingOf } from '../rules/findings';

const OPTIONS = [
  { option: 'gpuMemory', property: 'acceleratorConfig', path: ['acceleratorConfig', 'acceleratorMemorySize'], unit: 'GB' },
  { option: 'ephemeralStorageSize', property: 'ephemeralStorageSize', path: ['ephemeralStorage', 'size'], unit: 'MB' },
];

/** Returns a finding for each option that contradicts a property of the function. */
export function optionFindings(own: PropertySource, planned: PropertySource): Finding[] {
  return OPTIONS.flatMap(({ option, property, path, unit }) => {
    const before = own.number(...path);
    const given = planned.number(...path);
    if (!isKnown(before) || !isKnown(given) || before === given) return [];
    return [findingOf(PROPS_FINDINGS.ContradictingProps, {
      property: option,
      allowed: `${property} of the function says ${before} ${unit}`,
      found: `${given} ${unit}`,
      remedy: `leave ${option} out, or ${property} of the function`,
    })];
  });
}
