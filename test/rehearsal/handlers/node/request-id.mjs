import { wait } from './wait.mjs';

let last;

export async function bad(event, context) {
  last = context.awsRequestId;
  await wait();
  return { user: event.user, requestId: last };
}

export async function good(event, context) {
  await wait();
  return { user: event.user, requestId: context.awsRequestId, trace: context.xRayTraceId };
}
