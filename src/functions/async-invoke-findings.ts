/** Finds mistakes in a configuration of asynchronous calls. */
import { Finding, findingOf } from '../rules/findings';
import { descriptions, Level } from '../rules/rule';
import { PAGES } from '../service/pages';

/** Seconds, from the page in `PAGES.apiEventInvoke` (read 2026-11-28). */
const AGE_MIN = 60;
const AGE_MAX = 21_600;
const RETRIES_MAX = 2;

/** The descriptions of findings about a configuration of asynchronous calls. */
export const ASYNC_INVOKE_FINDINGS = descriptions({
  AsyncInvokeRange: {
    level: Level.ERROR,
    what: 'Retries and maximum age of asynchronous calls are within the API\'s range.',
    why: 'Lambda refuses the configuration.',
    source: PAGES.apiEventInvoke,
  },
  AsyncInvokeTwice: {
    level: Level.ERROR,
    what: 'Asynchronous calls of a version or an alias are configured once.',
    why: 'Lambda keeps one configuration for each.',
    source: PAGES.apiEventInvoke,
  },
});

/** Checks how many seconds a call may wait and how often it is retried, as far as both are known. */
export function rangeFindings(age?: number, retries?: number): Finding[] {
  const findings: Finding[] = [];
  if (age !== undefined && !(Number.isInteger(age) && age >= AGE_MIN && age <= AGE_MAX)) {
    findings.push(findingOf(ASYNC_INVOKE_FINDINGS.AsyncInvokeRange, {
      property: 'maxEventAge', allowed: `must be ${AGE_MIN} to ${AGE_MAX} whole seconds`, found: `${age} seconds`, remedy: 'use a duration in that range',
    }));
  }
  if (retries !== undefined && !(Number.isInteger(retries) && retries >= 0 && retries <= RETRIES_MAX)) {
    findings.push(findingOf(ASYNC_INVOKE_FINDINGS.AsyncInvokeRange, {
      property: 'retryAttempts', allowed: `must be a whole number from 0 to ${RETRIES_MAX}`, found: retries, remedy: 'use a number in that range',
    }));
  }
  return findings;
}
