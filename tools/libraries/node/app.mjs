import { setTimeout } from 'node:timers/promises';
import express from 'express';

/** An application whose answer contains the request. */
export const app = express();
app.use(express.json());
app.post('/:user', async (request, response) => {
  await setTimeout(10 + Math.random() * 20);
  response.json({ user: request.params.user, body: request.body });
});
