import { setTimeout } from 'node:timers/promises';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';

const records = (event) => ({ Records: [{ messageId: event.user, body: event.user }] });

async function process({ body }) {
  await setTimeout(10 + Math.random() * 20);
  if (body === 'nobody') throw new Error('there is nobody');
}

export const inHandler = (event, context) => processPartialResponse(records(event), process, new BatchProcessor(EventType.SQS), { context });
