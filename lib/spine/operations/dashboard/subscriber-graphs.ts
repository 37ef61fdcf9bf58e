// What the dashboard tells of a subscriber: how much comes, how late it is done, what waits, and what fails.
import { Duration } from 'aws-cdk-lib';
import { LAG } from '../../../../lambdas/spine/bindings/metrics.ts';
import type { Subscriber } from '../../events/subscriber.ts';
import { serviceMetric } from '../service-metric.ts';
import type { Graph } from './graph.ts';

const period = Duration.minutes(1);

export function subscriberGraphs(stage: string, { node, function: consumer, subscription }: Subscriber): Graph[] {
  const { queue, deadLetters } = subscription;
  const lag = (statistic: string) => serviceMetric({ stage }, node.id, LAG, { statistic, period });
  return [
    {
      title: `${node.id}: rate`,
      unit: 'a minute',
      lines: {
        'messages in': queue.metricNumberOfMessagesSent({ period, statistic: 'Sum' }),
        'messages done': queue.metricNumberOfMessagesDeleted({ period, statistic: 'Sum' }),
        invocations: consumer.metricInvocations({ period, statistic: 'Sum' }),
      },
    },
    {
      title: `${node.id}: event to done`,
      unit: 'ms',
      lines: { p50: lag('p50'), p99: lag('p99'), longest: lag('Maximum') },
    },
    {
      title: `${node.id}: waiting`,
      unit: 'seconds',
      lines: { 'age of the oldest': queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'Maximum' }) },
      rightUnit: 'messages',
      rightLines: { waiting: queue.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }) },
    },
    {
      title: `${node.id}: errors`,
      unit: 'a minute',
      lines: {
        errors: consumer.metricErrors({ period, statistic: 'Sum' }),
        throttles: consumer.metricThrottles({ period, statistic: 'Sum' }),
        'dead letters': deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
      },
    },
  ];
}
