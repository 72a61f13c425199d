import { setTimeout } from 'node:timers/promises';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';

const processor = new BatchProcessor(EventType.SQS);

export const handler = (event, context) => processPartialResponse(
  { Records: [{ messageId: event.user, body: event.user }] }, () => setTimeout(10 + Math.random() * 20), processor, { context },
);
