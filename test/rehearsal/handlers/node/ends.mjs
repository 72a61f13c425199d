import { spawn } from 'node:child_process';
import { wait } from './wait.mjs';

let inFlight = 0;

async function counted(work) {
  inFlight++;
  try {
    await wait();
    return work(inFlight);
  } finally {
    inFlight--;
  }
}

/** Leaves a failing promise without awaiting it. */
export const floats = (event) => counted((others) => {
  if (others > 1) void Promise.reject(new Error('nobody waits for this'));
  return { user: event.user };
});

export const exits = (event) => counted((others) => {
  if (others > 1) process.exit(3);
  return { user: event.user };
});

/** Waits for a turn that never comes. */
export const hangs = (event) => counted((others) => (others > 1 ? new Promise(() => {}) : { user: event.user }));

export const floatsAlone = async (event) => {
  await wait();
  if (event.user === 'bobby') void Promise.reject(new Error('nobody waits for this'));
  return { user: event.user };
};

export const hangsAlone = (event) => new Promise((resolve) => { if (event.user !== 'bobby') resolve({ user: event.user }); });

export const failsAlone = async (event) => {
  await wait();
  if (event.user === 'bobby') throw new TypeError('no order in this event');
  return { user: event.user };
};

/** Starts programs that leave the process group, and doesn't wait for them. */
function leaveChildren() {
  const { MARK } = process.env;
  spawn('sh', ['-c', 'sleep 97531; :', MARK], { detached: true, stdio: 'ignore' }).unref();
  spawn('sh', ['-c', '(setsid sh -c "sleep 97531; :" "$0" &)', MARK], { stdio: 'ignore' });
}

export async function leavesChildren(event) {
  leaveChildren();
  await wait();
  return { user: event.user };
}

export async function leavesChildrenAndHangs() {
  leaveChildren();
  await new Promise(() => {});
}
