import { setTimeout } from 'node:timers/promises';
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { contextStorage, getContext } from 'hono/context-storage';
import { asRequest } from './as-request.mjs';

const app = new Hono();
app.use(contextStorage());
app.post('/:user', async (context) => {
  context.set('user', context.req.param('user'));
  await setTimeout(10 + Math.random() * 20);
  return context.json({ user: getContext().get('user'), body: await context.req.json() });
});
const wrapped = handle(app);

export const handler = (event, context) => wrapped(asRequest(event), context);
