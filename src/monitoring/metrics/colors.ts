/** Colours of lines: on a whole dashboard each means one thing. */
export const COLORS = {
  requests: '#1f77b4',
  errors: '#c2185b',
  throttles: '#ff7f0e',
  duration: '#e377c2',
  environments: '#2ca02c',
  concurrency: '#bcbd22',
  cpu: '#17becf',
  memory: '#9467bd',
  disk: '#8c564b',
  /** The threshold of an alarm. */
  alarm: '#d62728',
  /** A limit that isn't an alarm's. */
  limit: '#7f7f7f',
  /** The band of usual values that CloudWatch learns. */
  usual: '#95a5a6',
};

/** The colours of a second line about one thing: the busiest environment beside the typical one. */
export const PALE = {
  concurrency: '#dbdb8d',
  cpu: '#9edae5',
  memory: '#c5b0d5',
};
