/** Of throttles, in counts and in shares alike. */
export const THROTTLES = '#ff7f0e';

/** Of what failed. */
export const ERRORS = '#d62728';
