// What the dashboard tells of the way to the subscribers, of what nobody could pass on, of the edge and of the bill.
import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  INVALIDATION_CALLS,
  TAGS_CHANGED,
  TAGS_DROPPED,
  TAGS_INVALIDATED,
  TOKENS_LEFT,
} from '../../../../lambdas/spine/bindings/metrics.ts';
import type { EventStream } from '../../events/event-stream.ts';
import type { ServiceFunction } from '../service-function.ts';
import { serviceMetric } from '../service-metric.ts';
import type { Graph, Line } from './graph.ts';

const period = Duration.minutes(1);
const sum = { period, statistic: 'Sum' };
const maximum = { period, statistic: 'Maximum' };

/** A line for each source. */
const each = <Source>(
  sources: Readonly<Record<string, Source>>,
  metricOf: (source: Source) => Line,
): Record<string, Line> =>
  Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, metricOf(source)]));

export const commandGraph = (functions: Readonly<Record<string, ServiceFunction>>): Graph => ({
  title: 'Commands and queries',
  unit: 'requests a minute',
  lines: each(functions, ({ function: handler }) => handler.metricInvocations(sum)),
  rightUnit: 'ms, p99',
  rightLines: Object.fromEntries(
    Object.entries(functions).map(([name, { function: handler }]) => [
      `${name}, time`,
      handler.metricDuration({ period, statistic: 'p99' }),
    ]),
  ),
});

export const commitGraph = (events: TableV2): Graph => ({
  title: 'Commits',
  unit: 'a minute',
  lines: {
    commits: events.metricSuccessfulRequestLatency({
      period,
      statistic: 'SampleCount',
      dimensionsMap: { TableName: events.tableName, Operation: 'PutItem' },
    }),
    'lost races': events.metricConditionalCheckFailedRequests(sum),
  },
  rightUnit: 'write units a minute',
  rightLines: { 'write units': events.metricConsumedWriteCapacityUnits(sum) },
});

const hopGraph = (title: string, { function: reader }: ServiceFunction, failures: Queue): Graph => ({
  title,
  unit: 'ms behind',
  lines: { 'iterator age': reader.metric('IteratorAge', maximum) },
  rightUnit: 'a minute',
  rightLines: {
    invocations: reader.metricInvocations(sum),
    errors: reader.metricErrors(sum),
    'not passed on': failures.metricApproximateNumberOfMessagesVisible(maximum),
  },
});

export const relayGraph = (relay: ServiceFunction, failures: Queue): Graph => hopGraph('Relay', relay, failures);

export const fanOutGraph = (fanOut: ServiceFunction, failures: Queue): Graph => hopGraph('Fan-out', fanOut, failures);

export const streamGraph = ({ stream }: EventStream): Graph => ({
  title: 'Event stream',
  unit: 'records a minute',
  lines: { in: stream.metricIncomingRecords(sum), out: stream.metricGetRecords(sum) },
  rightUnit: 'a minute',
  rightLines: {
    bytes: stream.metricIncomingBytes(sum),
    throttled: stream.metricWriteProvisionedThroughputExceeded(sum),
  },
});

export const deadLetterGraph = (queues: Readonly<Record<string, Queue>>): Graph => ({
  title: 'Dead letters',
  unit: 'messages',
  lines: each(queues, (queue) => queue.metricApproximateNumberOfMessagesVisible(maximum)),
});

/** What CloudFront takes for a tag after the first 1,000 of a month (https://aws.amazon.com/cloudfront/pricing/pay-as-you-go/). */
const DOLLARS_A_TAG = 0.005;

export function invalidationGraph(stage: string, service: string): Graph {
  const of = (name: string, statistic = 'Sum') => serviceMetric({ stage }, service, name, { statistic, period });
  return {
    title: 'Invalidations',
    unit: 'tags a minute',
    lines: {
      changed: of(TAGS_CHANGED),
      invalidated: of(TAGS_INVALIDATED),
      dropped: of(TAGS_DROPPED),
      calls: of(INVALIDATION_CALLS),
    },
    rightUnit: 'dollars a minute; tags',
    rightLines: {
      spend: new MathExpression({
        expression: `tags * ${DOLLARS_A_TAG}`,
        usingMetrics: { tags: of(TAGS_INVALIDATED) },
        period,
      }),
      'budget left': of(TOKENS_LEFT, 'Minimum'),
    },
  };
}

/** Account-wide, several times a day, in us-east-1 alone, once somebody has switched billing alerts on. */
const estimatedCharges = new Metric({
  namespace: 'AWS/Billing',
  metricName: 'EstimatedCharges',
  dimensionsMap: { Currency: 'USD' },
  statistic: 'Maximum',
  period: Duration.hours(6),
  region: 'us-east-1',
});

/**
 * The bill, and beside it what drives it: the units that tables take.
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html)
 */
export const costGraph = (tables: Readonly<Record<string, TableV2>>): Graph => ({
  title: 'Cost: write units, and the account’s month',
  unit: 'write units a minute',
  lines: each(tables, (table) => table.metricConsumedWriteCapacityUnits(sum)),
  rightUnit: 'dollars',
  rightLines: { 'this month': estimatedCharges },
});
