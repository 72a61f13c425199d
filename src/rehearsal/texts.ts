/**
 * The texts of findings: a sentence or two about the problem, and the change to make in the function's language.
 */
import { FindingCode, Place, RehearsalFinding, shorten } from './findings';
import { Sighting } from './sightings';

export type Language = 'Node.js' | 'Python' | 'Java';

const KEEP_IN_REQUEST: Record<Language, string> = {
  'Node.js': 'Keep what belongs to a request in local variables, in arguments or in AsyncLocalStorage, not in the module, in process.env or in an object that requests share.',
  'Python': 'Each process takes one request at a time, so look for what processes share: files in /tmp, and services outside. Use a file name of its own for each request.',
  'Java': 'All requests share one handler object: keep what belongs to a request in local variables and arguments, not in fields, and clear what is kept in ThreadLocal.',
};

const OF_LIBRARY = ' Where a library writes it, see "Libraries on managed instances" for the first version that works.';

/** The advice on how log lines get the id of their request. */
export const LOG_WITH_ID: Record<Language, string> = {
  'Node.js': 'Log by console.log and its siblings, to which the client adds the id, or by a logger that adds context.awsRequestId.',
  'Python': 'Log by the module logging, to which the client adds the id, rather than by print.',
  'Java': 'Log by context.getLogger(), to which the client adds the id, or by a logger that adds context.getAwsRequestId().',
};

/** The advice on how a handler avoids ending its process. */
export const DONT_END: Record<Language, string> = {
  'Node.js': 'Await every promise and catch its errors, handle "error" events, and don\'t end the process in a handler: an environment loses all requests in flight.',
  'Python': 'Raise an exception instead of ending the process: a process that has ended is not replaced, and its request is never answered.',
  'Java': 'Throw an exception instead of ending the process: all threads of the environment end with it.',
};

/** The name of each place, in the singular and the plural. */
export const PLACE_NAMES: Record<Place, [string, string]> = {
  answer: ['answer', 'answers'],
  log: ['log line', 'log lines'],
  metric: ['metric', 'metrics'],
  trace: ['trace segment', 'trace segments'],
  file: ['file', 'files'],
  process: ['process', 'processes'],
};

const LEAK_CODES: Record<Place, FindingCode> = {
  answer: 'OtherRequestInAnswer',
  log: 'OtherRequestInLog',
  metric: 'OtherRequestInMetric',
  trace: 'OtherRequestInTrace',
  file: 'SharedFile',
  process: 'WorkerEnded',
};

/** The places where data was seen, and how often. */
export interface Seen {
  readonly count: number;
  readonly of: number;
  readonly environment: string;
}

/** Returns the finding that data of one request appeared with another while both ran. */
export function leak(sighting: Sighting, seen: Seen, label: (event: number) => string, language: Language): RehearsalFinding {
  const { place, path, invocation, other, seen: text, evidence } = sighting;
  const [, many] = PLACE_NAMES[place];
  const owner = invocation === undefined ? `one of the ${many}` : `the ${PLACE_NAMES[place][0]} of a request with ${label(invocation.event)}`;
  const what = other.id === undefined ? `"${shorten(text)}", which only ${label(other.event)} holds` : `the id of another request (${shorten(text)}, with ${label(other.event)})`;
  return {
    ...found(LEAK_CODES[place], place, seen),
    grade: 'leak',
    path,
    event: invocation && label(invocation.event),
    requestId: invocation?.id,
    otherEvent: label(other.event),
    evidence: shorten(evidence),
    message: `${seen.count} of ${seen.of} ${many} hold data of another request: ${owner} has ${what} at ${path}.`,
    fix: fixOf(place, language),
  };
}

/** Returns the advice about data of another request. */
export function fixOf(place: Place, language: Language): string {
  return KEEP_IN_REQUEST[language] + (place === 'answer' ? '' : OF_LIBRARY);
}

/** Returns the finding that data of an earlier request appeared, although requests came one at a time. */
export function stateKept(sighting: Sighting, seen: Seen, label: (event: number) => string): RehearsalFinding {
  const { place, path, invocation, other, seen: text, evidence } = sighting;
  return {
    ...found('StateKept', place, seen),
    grade: 'alone',
    path,
    event: invocation && label(invocation.event),
    requestId: invocation?.id,
    otherEvent: label(other.event),
    evidence: shorten(evidence),
    message: `${seen.count} of ${seen.of} ${PLACE_NAMES[place][1]} hold data of an earlier request, also when requests come one at a time: "${shorten(text)}" of ${label(other.event)} at ${path}.`,
    fix: 'Clear what is kept from one request to the next at the start of each request (with Powertools for Python: clear_state=True). If it is kept on purpose, pass --ignore with this path.',
  };
}

export function found(code: FindingCode, place: Place, { count, of, environment }: Seen) {
  return { code, place, count, of, environment };
}
