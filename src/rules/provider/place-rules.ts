import { isKnown } from '../../reading/fact';
import { Place } from '../../reading/resource-view';
import { PAGES } from '../../service/pages';
import { REGIONS } from '../../service/regions';
import { Level, Rule } from '../rule';

/** The rules about the Regions that have managed instances. */
export const PLACE_RULES: Rule<Place>[] = [
  {
    code: 'RegionUnsupported',
    level: Level.ERROR,
    what: 'The Region has managed instances.',
    why: 'CloudFormation doesn\'t know the resource type there.',
    source: PAGES.regions,
    check({ region }, { limits, term }) {
      if (!isKnown(region) || !REGIONS.unsupported.test(region) || limits.supportedRegions.includes(region)) return undefined;
      return {
        property: term('region'),
        allowed: 'China and GovCloud have no managed instances',
        found: region,
        remedy: 'deploy to a commercial Region, or use ECS, EKS, or standard Lambda with provisioned concurrency',
      };
    },
  },
  {
    code: 'RegionUnlisted',
    level: Level.WARNING,
    what: 'The Region is on AWS\'s list for managed instances.',
    why: 'The deployment may be refused.',
    source: PAGES.regions,
    check({ region }, { limits, term, words }) {
      if (!isKnown(region) || REGIONS.unsupported.test(region) || [...REGIONS.listed, ...limits.supportedRegions].includes(region)) return undefined;
      return REGIONS.unlisted.includes(region) ? {
        property: term('region'),
        allowed: `AWS left it out when it listed the Regions in June 2026 (like ${REGIONS.unlisted.filter((other) => other !== region).join(', ')})`,
        found: region,
        remedy: 'deploy to another Region, or look up whether this one has managed instances by now',
      } : {
        property: term('region'),
        allowed: 'it isn\'t among the Regions that AWS listed for managed instances in June 2026',
        found: region,
        remedy: words(
          'correct its name, or add it to supportedRegions of ManagedInstancesLimits if it has managed instances by now',
          'correct its name, or look up whether it has managed instances by now',
        ),
      };
    },
  },
];
