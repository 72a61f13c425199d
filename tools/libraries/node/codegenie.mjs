import { setTimeout } from 'node:timers/promises';
import serverlessExpress from '@codegenie/serverless-express';
import express from 'express';
import { app } from './app.mjs';
import { asRequest } from './as-request.mjs';

const wrapped = serverlessExpress({ app });

export const handler = (event, context) => wrapped(asRequest(event), context);

/** The handler as in its README, with three parameters. */
export const direct = wrapped;

const asking = express();
asking.post('/:user', async (request, response) => {
  await setTimeout(10 + Math.random() * 20);
  response.json({ user: serverlessExpress.getCurrentInvoke().event.path });
});
const wrappedAsking = serverlessExpress({ app: asking });

export const currentInvoke = (event, context) => wrappedAsking(asRequest(event), context);
