import { setTimeout } from 'node:timers/promises';
import middy from '@middy/core';

export const handler = middy(async (event, context) => {
  await setTimeout(10 + Math.random() * 20);
  return { user: event.user, internal: context.user };
}).before((request) => {
  request.internal.user = request.event.user;
  request.context.user = request.internal.user;
});
