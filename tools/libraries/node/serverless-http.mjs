import serverless from 'serverless-http';
import { app } from './app.mjs';
import { asRequest } from './as-request.mjs';

const wrapped = serverless(app);

export const handler = (event, context) => wrapped(asRequest(event), context);
