import { setTimeout } from 'node:timers/promises';
import { Tracer } from '@aws-lambda-powertools/tracer';

const tracer = new Tracer({ serviceName: 'orders' });

export async function handler(event) {
  const segment = tracer.getSegment();
  const subsegment = segment.addNewSubsegment('handler');
  tracer.setSegment(subsegment);
  try {
    await setTimeout(10 + Math.random() * 20);
    tracer.putAnnotation('user', event.user);
    return { user: event.user };
  } finally {
    subsegment.close();
    tracer.setSegment(segment);
  }
}
