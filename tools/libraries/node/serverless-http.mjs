import serverless from 'serverless-http';
import { app, asRequest } from './app.mjs';

const wrapped = serverless(app);

export const handler = (event, context) => wrapped(asRequest(event), context);
