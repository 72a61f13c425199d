import { setTimeout } from 'node:timers/promises';
import AWSXRay from 'aws-xray-sdk-core';

export function handler(event) {
  return AWSXRay.captureAsyncFunc('work', async (subsegment) => {
    await setTimeout(10 + Math.random() * 20);
    subsegment.addAnnotation('user', event.user);
    subsegment.close();
    return { user: event.user };
  });
}
