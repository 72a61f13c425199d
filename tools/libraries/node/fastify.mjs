import { setTimeout } from 'node:timers/promises';
import awsLambdaFastify from '@fastify/aws-lambda';
import fastify from 'fastify';
import { asRequest } from './as-request.mjs';

const app = fastify();
app.post('/:user', async (request) => {
  await setTimeout(10 + Math.random() * 20);
  return { user: request.params.user, body: request.body };
});
const wrapped = awsLambdaFastify(app);

export const handler = (event, context) => wrapped(asRequest(event), context);
