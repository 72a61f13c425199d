import { setTimeout } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

/** Prints each span as it ends. */
const printer = {
  onStart() {},
  onEnd: ({ name, attributes }) => console.log(JSON.stringify({ name, ...attributes })),
  async forceFlush() {},
  async shutdown() {},
};
new NodeTracerProvider({ spanProcessors: [printer] }).register();
const tracer = trace.getTracer('users');

/** Sets an attribute on the span that is active after an await. */
export const handler = ({ user }) => tracer.startActiveSpan('request', async (span) => {
  await setTimeout(10 + Math.random() * 20);
  trace.getActiveSpan()?.setAttribute('user', user);
  span.end();
  return { user };
});
