import { setTimeout } from 'node:timers/promises';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

const metrics = new Metrics({ namespace: 'shop', serviceName: 'orders' });

export async function handler(event) {
  metrics.addDimension('user', event.user);
  metrics.addMetric('orders', MetricUnit.Count, 1);
  await setTimeout(10 + Math.random() * 20);
  metrics.publishStoredMetrics();
  return { user: event.user };
}
