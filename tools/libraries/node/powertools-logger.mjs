import { setTimeout } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';

const logger = new Logger({ serviceName: 'orders' });

export async function handler(event, context) {
  logger.addContext(context);
  logger.appendKeys({ user: event.user });
  await setTimeout(10 + Math.random() * 20);
  logger.info('done');
  return { user: event.user };
}

export async function persistent(event, context) {
  logger.addContext(context);
  logger.appendPersistentKeys({ user: event.user });
  await setTimeout(10 + Math.random() * 20);
  logger.info('done');
  return { user: event.user };
}
