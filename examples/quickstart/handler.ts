import { setTimeout } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';

const logger = new Logger({ serviceName: 'quickstart' });

/** Takes two seconds, so that requests that arrive together overlap in one execution environment. */
export async function handler(event: unknown, context: Context) {
  // Concurrent requests share the logger, so pass the id with each line.
  const request = { requestId: context.awsRequestId };
  logger.info('begin', { ...request, event });
  await setTimeout(2000);
  logger.info('end', request);
  return { ...request, maxConcurrency: process.env.AWS_LAMBDA_MAX_CONCURRENCY };
}
