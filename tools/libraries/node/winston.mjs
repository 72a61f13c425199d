import { setTimeout } from 'node:timers/promises';
import winston from 'winston';

const logger = winston.createLogger({ format: winston.format.json(), transports: [new winston.transports.Console()] });

export async function defaultMeta(event, context) {
  logger.defaultMeta = { requestId: context.awsRequestId, user: event.user };
  await setTimeout(10 + Math.random() * 20);
  logger.info('done');
  return { user: event.user };
}

export async function child(event, context) {
  const mine = logger.child({ requestId: context.awsRequestId, user: event.user });
  await setTimeout(10 + Math.random() * 20);
  mine.info('done');
  return { user: event.user };
}
