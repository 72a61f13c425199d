import { ProviderFacts, TagFacts } from './provider-facts';
import { isKnown } from '../../reading/fact';
import { PAGES } from '../../service/pages';
import { Level, Rule, RuleContext, Violation } from '../rule';

/** Returns the remedy for tags that can't be propagated. */
function fewer({ words }: RuleContext): string {
  return words('propagate fewer tags with PropagateTags.explicit(…), or none with PropagateTags.none()', 'list fewer in ExplicitTags, or set Mode to None', 'list fewer, or leave ManagedResourceTags out');
}

/** The rules about the tags that are propagated to instances, volumes and network interfaces. */
export const PROVIDER_TAG_RULES: Rule<ProviderFacts>[] = [
  {
    code: 'PropagatedTags',
    level: Level.ERROR,
    what: 'The tags for instances are within the service\'s limits, including those inherited from stack and app.',
    why: 'Lambda refuses the capacity provider.',
    source: PAGES.tagPropagation,
    check({ propagatedTags }, context) {
      const { limits: { propagatedTagsMax: max, tagKeyMax, tagValueMax }, term } = context;
      if (!isKnown(propagatedTags)) return undefined;
      if (propagatedTags.length > max) {
        return {
          property: term('propagateTags'),
          verb: 'has',
          allowed: `Lambda takes at most ${max}${context.words(', those of stack and app included', '')}`,
          found: `${propagatedTags.length} tags`,
          remedy: fewer(context),
        };
      }
      return reserved(propagatedTags, context) ?? tooLong(propagatedTags, 'key', tagKeyMax, context) ?? tooLong(propagatedTags, 'value', tagValueMax, context);
    },
  },
  {
    code: 'PropagatedTagMode',
    level: Level.ERROR,
    what: 'Tags are listed if, and only if, the mode of propagation asks for a list.',
    why: 'Mode and list contradict each other: Lambda refuses the capacity provider.',
    source: PAGES.tagPropagation,
    check({ tagPropagation, propagatedTags }, { term, words }) {
      if (!isKnown(tagPropagation) || (propagatedTags !== undefined && !isKnown(propagatedTags))) return undefined;
      const count = propagatedTags?.length ?? 0;
      if (tagPropagation === 'Explicit' && count === 0) {
        return {
          property: term('propagateTags'),
          verb: 'lists',
          allowed: 'its mode is Explicit',
          found: 'no tags',
          remedy: words('list tags, or use PropagateTags.none()', 'list tags in ExplicitTags, or set Mode to None', 'list tags, or leave ManagedResourceTags out'),
        };
      }
      if (tagPropagation === 'None' && count > 0) {
        return {
          property: term('propagateTags'),
          verb: 'lists',
          allowed: 'its mode is None',
          found: `${count} tag${count === 1 ? '' : 's'}`,
          remedy: words('use PropagateTags.explicit(…), or leave the list out', 'set Mode to Explicit, or leave ExplicitTags out'),
        };
      }
      return undefined;
    },
  },
  {
    code: 'TagsNotPropagated',
    level: Level.INFO,
    what: 'The capacity provider\'s tags reach its instances.',
    why: 'Otherwise they stay on the provider, and reports of cost by tag miss the instances.',
    source: PAGES.tagPropagation,
    check({ hasTags, tagPropagation }, { term, words }) {
      if (!hasTags || (tagPropagation !== undefined && tagPropagation !== 'None')) return undefined;
      return {
        property: term('propagateTags'),
        allowed: 'the tags of the capacity provider then don\'t reach its instances',
        found: tagPropagation ?? 'none',
        remedy: words('list them with PropagateTags.explicit(…)', 'set Mode to Explicit, and list them in ExplicitTags', 'list them in ManagedResourceTags.Tags'),
      };
    },
  },
];

/** Reports a key that only AWS may set. */
function reserved(tags: TagFacts[], { term }: RuleContext): Violation | undefined {
  const key = tags.map((tag) => tag.key).filter(isKnown).find((text) => /^aws:/i.test(text));
  if (key === undefined) return undefined;
  return { property: term('propagateTags'), verb: 'has', allowed: 'keys that begin with aws: are reserved', found: `the key ${key}`, remedy: 'rename the tag, or leave it out' };
}

function tooLong(tags: TagFacts[], part: 'key' | 'value', max: number, context: RuleContext): Violation | undefined {
  const long = tags.map((tag) => tag[part]).filter(isKnown).find((text) => text.length > max);
  if (long === undefined) return undefined;
  return {
    property: context.term('propagateTags'),
    verb: 'has',
    allowed: `a ${part} may have at most ${max}`,
    found: `a ${part} of ${long.length} characters (${long.slice(0, 20)}…)`,
    remedy: fewer(context),
  };
}
