/** Keeps the findings that are certain: those that hold in every world, however an app is deployed (see reading/worlds.ts). */
import { Finding } from './findings';
import { Level } from './rule';
import { ResourceView } from '../reading/resource-view';
import { assuming, inEachWorld, questions } from '../reading/worlds';

/**
 * Returns a judge's findings about a resource that hold for all values of conditions and parameters. A finding that holds only with default values,
 * of parameters or of AWS, is at most a warning and names the assumption.
 */
export function certainFindings(resource: Pick<ResourceView, 'isLeftOut'>, judge: () => Finding[]): Finding[] {
  const { asked } = questions;
  const findings = resource.isLeftOut ? [] : judge();
  // Most resources depend on no condition or parameter, so one run is enough.
  return questions.asked === asked ? findings : findingsOfAllWorlds(resource, judge);
}

function findingsOfAllWorlds(resource: Pick<ResourceView, 'isLeftOut'>, judge: () => Finding[]): Finding[] {
  const everywhere = () => commonFindings(inEachWorld(() => (resource.isLeftOut ? undefined : judge())));
  const certain = everywhere();
  const { result, assumed } = assuming(everywhere);
  const likely = result.filter(({ code }) => certain.every((finding) => finding.code !== code));
  if (likely.length === 0) return certain;
  const without = assumed.map((assumption) => ({ assumption, findings: assuming(everywhere, assumption).result }));
  return [...certain, ...likely.map((finding) => {
    const needed = without.filter(({ findings }) => !findings.some((other) => isSame(finding, other))).map(({ assumption }) => assumption);
    return underAssumptions(finding, needed.length > 0 ? needed : assumed);
  })];
}

function isSame(one: Finding, other: Finding): boolean {
  return one.code === other.code && one.property === other.property;
}

/** Returns the findings that all worlds share, by code and property. Worlds without the resource don't count. */
function commonFindings(worlds: (Finding[] | undefined)[]): Finding[] {
  const [first = [], ...others] = worlds.filter((findings): findings is Finding[] => findings !== undefined);
  return first.flatMap((finding) => {
    const alike = others.map((findings) => findings.find((other) => isSame(finding, other)));
    const all = [finding, ...alike];
    return all.every((other) => other !== undefined) ? [together(all)] : [];
  });
}

/** Merges findings into one: the mildest, with all values that were found. */
function together(findings: Finding[]): Finding {
  const levels = Object.values(Level);
  const mildest = findings.reduce((one, other) => (levels.indexOf(other.level) > levels.indexOf(one.level) ? other : one));
  const found = [...new Set(findings.map((finding) => finding.found))];
  // A custom sentence describes only one world.
  return found.length > 1 ? { ...mildest, found: found.join(' or '), statement: undefined } : mildest;
}

function underAssumptions(finding: Finding, assumed: readonly string[]): Finding {
  const condition = ` (assuming ${assumed.join(' and ')})`;
  return {
    ...finding,
    level: finding.level === Level.ERROR ? Level.WARNING : finding.level,
    allowed: finding.allowed.replace(/^must\b/, 'should'),
    found: `${finding.found}${condition}`,
    statement: finding.statement && `${finding.statement}${condition}`,
  };
}
