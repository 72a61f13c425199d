/** The rule about a function whose `$LATEST.PUBLISHED` keeps environments that no caller uses. */
import { environmentCountFacts } from './function-facts';
import { Caller } from '../../reading/callers';
import { Fact, isKnown, UNKNOWN } from '../../reading/fact';
import { PropertySource } from '../../reading/property-source';
import { ResourceView } from '../../reading/resource-view';
import { EXECUTION_ENVIRONMENT_DEFAULTS } from '../../service/execution-environments';
import { PAGES } from '../../service/pages';
import { Level, Rule } from '../rule';

/** The facts about a function on a capacity provider that the rule needs. */
export interface PublishedFacts {
  readonly callers: Caller[];
  /** Whether `$LATEST.PUBLISHED` is published. Undefined if AWS's default applies, which is to publish. */
  readonly publishToLatestPublished: Fact<boolean>;
  /** The environments that `$LATEST.PUBLISHED` keeps. */
  readonly minEnvironments: Fact<number>;
  readonly maxEnvironments: Fact<number>;
  /** Whether a numbered version has a maximum of its own. */
  readonly hasMaximumOnVersion: boolean;
}

/** Reads a function and its versions. */
export function publishedFacts(fn: PropertySource, callers: Caller[], numberedVersions: ResourceView[]): PublishedFacts {
  const { minExecutionEnvironments, maxExecutionEnvironments } = environmentCountFacts(fn);
  const least = EXECUTION_ENVIRONMENT_DEFAULTS.minExecutionEnvironments;
  return {
    callers,
    publishToLatestPublished: fn.boolean('publishToLatestPublished'),
    minEnvironments: minExecutionEnvironments ?? (isKnown(maxExecutionEnvironments) ? Math.min(least, maxExecutionEnvironments) : least),
    maxEnvironments: maxExecutionEnvironments,
    hasMaximumOnVersion: numberedVersions.some(({ properties }) => environmentCountFacts(properties).maxExecutionEnvironments !== undefined),
  };
}

/** The rule. It applies only to templates, because only a finished template has all callers. */
export const PUBLISHED_RULES: Rule<PublishedFacts>[] = [
  {
    code: 'PublishedForNobody',
    level: Level.WARNING,
    what: 'If `$LATEST.PUBLISHED` keeps environments, something calls it.',
    why: 'Callers that use a numbered version or an alias never reach it, yet it costs as much as the version that they reach.',
    source: PAGES.versions,
    check({ callers, publishToLatestPublished: published, minEnvironments, maxEnvironments, hasMaximumOnVersion }, { term }) {
      if (published === false || published === UNKNOWN || !isKnown(minEnvironments) || minEnvironments === 0) return undefined;
      if (callers.length === 0 || callers.some(({ isQualified }) => !isQualified)) return undefined;
      const names = [...new Set(callers.map(({ resource: { name } }) => name))].sort();
      const some = names.length > 2 ? `${names[0]} and ${names.length - 1} more` : names.join(' and ');
      const maximum = isKnown(maxEnvironments) && !hasMaximumOnVersion
        ? `: ${term('maxExecutionEnvironments')} ${maxEnvironments} of the function bounds $LATEST.PUBLISHED alone` : '';
      return {
        property: term('publishToLatestPublished'),
        allowed: `every caller in the app (${some}) uses a version or an alias, and nothing uses the ${minEnvironments === 1 ? 'environment' : `${minEnvironments} environments`} that $LATEST.PUBLISHED keeps`,
        found: published === undefined ? 'true by default' : 'true',
        remedy: `set it to false, and set the minimum and maximum of environments on the version${maximum}`,
      };
    },
  },
];
