import { setTimeout } from 'node:timers/promises';
import express from 'express';

/** An application that answers what it was asked. */
export const app = express();
app.use(express.json());
app.post('/:user', async (request, response) => {
  await setTimeout(10 + Math.random() * 20);
  response.json({ user: request.params.user, body: request.body });
});

/** As a REST API sends it. */
export const asRequest = ({ user }) => ({
  resource: '/{proxy+}', path: `/${user}`, httpMethod: 'POST', headers: { 'content-type': 'application/json', 'Host': 'localhost' },
  multiValueHeaders: { 'content-type': ['application/json'], 'Host': ['localhost'] }, queryStringParameters: null, multiValueQueryStringParameters: null,
  requestContext: { httpMethod: 'POST', path: `/${user}`, identity: { sourceIp: '127.0.0.1' }, stage: 'live' }, body: JSON.stringify({ user }), isBase64Encoded: false,
});
