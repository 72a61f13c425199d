import { setTimeout } from 'node:timers/promises';
import pino from 'pino';
import { lambdaRequestTracker, pinoLambdaDestination } from 'pino-lambda';

const logger = pino(pinoLambdaDestination());
const track = lambdaRequestTracker();

export async function handler(event, context) {
  track(event, context);
  await setTimeout(10 + Math.random() * 20);
  logger.info({ user: event.user }, 'done');
  return { user: event.user };
}
