/** The colours of lines. Each colour means the same thing on a whole dashboard. */
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
  /** A limit that isn't the threshold of an alarm. */
  limit: '#7f7f7f',
  /** The band of usual values that CloudWatch learns. */
  usual: '#95a5a6',
};

/** The colours of second lines, such as that of the busiest environment beside the typical one. */
export const PALE = {
  concurrency: '#dbdb8d',
  cpu: '#9edae5',
  memory: '#c5b0d5',
};
