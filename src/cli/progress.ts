/**
 * Shows the progress of a rehearsal on a terminal, in one line that is overwritten. Shows nothing in a pipe, and nothing in the first second.
 */
import { WriteStream } from 'node:tty';
import { Progress } from '../rehearsal/rehearsal-result';

const QUIET_MS = 1000;
const EVERY_MS = 100;
const CLEAR = '\r\u001b[2K';

export interface ShownProgress {
  show(progress: Progress): void;
  /** Removes the line. */
  end(): void;
}

export function showProgress(stream: Pick<WriteStream, 'isTTY' | 'write' | 'columns'>): ShownProgress {
  const started = Date.now();
  let last = 0;
  return {
    show: ({ phase, requests, problems }) => {
      const now = Date.now();
      if (!stream.isTTY || now - started < QUIET_MS || now - last < EVERY_MS) return;
      last = now;
      const line = `${phase}: ${requests} requests, ${problems === 0 ? 'nothing found' : `${problems} problem${problems === 1 ? '' : 's'}`} so far`;
      stream.write(CLEAR + line.slice(0, (stream.columns ?? 80) - 1));
    },
    end: () => {
      if (last > 0) stream.write(CLEAR);
    },
  };
}
