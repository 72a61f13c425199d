import { setTimeout } from 'node:timers/promises';
import { createMetricsLogger, Unit } from 'aws-embedded-metrics';

export async function handler(event) {
  const metrics = createMetricsLogger();
  metrics.putDimensions({ user: event.user });
  metrics.putMetric('orders', 1, Unit.Count);
  await setTimeout(10 + Math.random() * 20);
  await metrics.flush();
  return { user: event.user };
}
