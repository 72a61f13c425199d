import { wait } from './wait.mjs';

const logger = { context: {}, info(message) { console.log({ ...this.context, message }); } };

/** The answer is right, but the log isn't. */
export async function bad(event) {
  logger.context = { user: event.user };
  await wait();
  logger.info('done');
  return { user: event.user };
}

export async function good(event) {
  const mine = { ...logger, context: { user: event.user } };
  await wait();
  mine.info('done');
  return { user: event.user };
}

/** Logs a whole line in the name of another request. */
const fields = {};
export async function wholeLine(event, context) {
  Object.assign(fields, { requestId: context.awsRequestId, user: event.user });
  await wait();
  process.stdout.write(`${JSON.stringify({ ...fields, message: 'done' })}\n`);
  return { user: event.user };
}
