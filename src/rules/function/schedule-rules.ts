/** The rules about schedules that change the number of execution environments. */
import { wrongCounts } from './scaling-rules';
import { ScheduleFacts } from './schedule-facts';
import { Fact, isKnown, UNKNOWN } from '../../reading/fact';
import { LATEST_PUBLISHED } from '../../service/execution-environments';
import { PAGES } from '../../service/pages';
import { descriptions, Level, Rule } from '../rule';

/** The minutes before the work in which a raise counts as late, because environments take minutes to start. */
const LATE_WITHIN_MINUTES = 60;

/** The descriptions of findings about calls that create schedules, which no template shows. */
export const SCHEDULE_FINDINGS = descriptions({
  ScheduleId: {
    level: Level.ERROR,
    what: 'Each schedule of a function has an id of its own.',
    why: 'Two constructs of one scope can\'t have the same id.',
    source: PAGES.scheduledScaling,
  },
  PauseTime: {
    level: Level.ERROR,
    what: 'A pause begins and ends by cron expressions, at two times.',
    why: 'A rate or a single date has no matching end.',
    source: PAGES.scheduledScaling,
  },
  PauseOverlap: {
    level: Level.ERROR,
    what: 'No pause of a fleet ends within another one.',
    why: 'Its end raises the environments, though the other pause goes on.',
    source: PAGES.scheduledScaling,
  },
  ScheduleQueue: {
    level: Level.ERROR,
    what: 'The dead-letter queue of a schedule is a standard queue.',
    why: 'EventBridge Scheduler refuses the ARN of a FIFO queue.',
    source: PAGES.apiModel,
  },
});

/** The rules about a schedule that scales a version. */
export const SCHEDULE_RULES: Rule<ScheduleFacts>[] = [
  {
    code: 'ScheduleQualifier',
    level: Level.ERROR,
    what: 'A schedule scales `$LATEST.PUBLISHED` or the number of a version.',
    why: 'Lambda refuses the call each time: an alias and `$LATEST` have no environments of their own.',
    source: PAGES.apiModel,
    check({ qualifier, refersTo, isOfOtherFunction }, { term }) {
      if (isOfOtherFunction) {
        return {
          property: term('qualifier'),
          allowed: 'must be a version of the function that is scaled',
          found: 'a version of another function',
          remedy: `name a version of this function, or ${LATEST_PUBLISHED}`,
        };
      }
      if (refersTo !== 'alias' && (qualifier === UNKNOWN || qualifier === LATEST_PUBLISHED || isNumber(qualifier))) return undefined;
      return {
        property: term('qualifier'),
        allowed: `must be ${LATEST_PUBLISHED} or the number of a version`,
        found: refersTo === 'alias' ? 'an alias' : String(qualifier ?? 'none'),
        remedy: `scale ${LATEST_PUBLISHED}, which callers without a qualifier use, or the version that the alias points to`,
      };
    },
  },
  {
    code: 'ScheduleCounts',
    level: Level.ERROR,
    what: 'A schedule sets both the minimum and the maximum of execution environments, as whole numbers within the API\'s range.',
    why: 'Lambda refuses the call, or resets the number that is left out to its default.',
    source: PAGES.scaling,
    check(facts, context) {
      const { minExecutionEnvironments: min, maxExecutionEnvironments: max } = facts;
      const { term } = context;
      const missing = min === undefined ? 'minExecutionEnvironments' : (max === undefined ? 'maxExecutionEnvironments' : undefined);
      if (missing) {
        return { property: term(missing), allowed: 'a schedule has to set both numbers: Lambda resets one that is left out to its default', found: 'none', remedy: 'set both numbers; a pause uses the numbers of the function' };
      }
      return wrongCounts(facts, context);
    },
  },
  {
    code: 'ScheduleOverlap',
    level: Level.WARNING,
    what: 'No two schedules change one version in the same minute.',
    why: 'It is left to chance which of them comes last and wins.',
    source: PAGES.scheduledScaling,
    check({ change, timetable }, { term }) {
      const twin = change && timetable?.twinOf(change);
      if (!twin) return undefined;
      return {
        property: term('schedule'),
        allowed: `${twin.expression} runs in the same minute, and either may come last`,
        found: change.expression,
        remedy: 'move one of them by a few minutes, or join them',
      };
    },
  },
  {
    code: 'ScheduleLate',
    level: Level.WARNING,
    what: 'A schedule raises environments before the work begins.',
    why: 'Environments take minutes to start, and calls are throttled until then.',
    source: PAGES.scaling,
    check({ change, timetable }, { term }) {
      const late = change && change.level > 0 ? timetable?.callBefore(change, LATE_WITHIN_MINUTES) : undefined;
      if (!late) return undefined;
      return {
        property: term('schedule'),
        allowed: `the work begins at ${late.expression}, and environments take some minutes to start`,
        found: change!.expression,
        remedy: 'raise them earlier, by 15 minutes for instance',
      };
    },
  },
  {
    code: 'ScheduleOfVersion',
    level: Level.WARNING,
    what: 'A schedule scales `$LATEST.PUBLISHED`.',
    why: 'The next numbered version doesn\'t have the schedule, and starts with its own numbers.',
    source: PAGES.scaling,
    check({ qualifier, refersTo, isOfOtherFunction }, { term }) {
      if (isOfOtherFunction || (refersTo !== 'version' && !isNumber(qualifier))) return undefined;
      return {
        property: term('qualifier'),
        allowed: 'the next version won\'t have the schedule',
        found: isKnown(qualifier) ? qualifier : 'a numbered version',
        remedy: `scale ${LATEST_PUBLISHED}, or renew the schedule with each version and acknowledge this`,
      };
    },
  },
];

function isNumber(qualifier: Fact<string>): boolean {
  return isKnown(qualifier) && /^\d+$/.test(qualifier);
}
