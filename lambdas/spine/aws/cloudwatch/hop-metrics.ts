// What CloudWatch knows of the hops: how old the oldest message of a queue is, and the lag of a subscriber.
import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { LAG, METRICS_NAMESPACE } from '../../bindings/metrics.ts';
import { requestHandler } from '../request-handler.ts';

export interface MeasuredHop {
  readonly name: string;
  readonly queueUrl: string;
  /** The service whose lag is measured. @default none is */
  readonly service?: string | undefined;
}

export interface HopFigures {
  readonly oldestSeconds?: number;
  readonly lag?: { readonly p50Ms: number; readonly p99Ms: number; readonly maxMs: number };
}

const WINDOW_IN_MILLIS = 15 * 60 * 1_000;
/** SQS publishes once a minute (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html). */
const AGE_PERIOD_IN_SECONDS = 60;
const LAG_PERIOD_IN_SECONDS = 300;
/** A queue that has had nothing to tell for longer has nothing old in it. */
const AGE_COUNTS_FOR_MILLIS = 5 * 60 * 1_000;
const LAG_STATISTICS = { p50: 'p50', p99: 'p99', max: 'Maximum' } as const;

export const cloudWatchClient = (): CloudWatchClient => new CloudWatchClient({ requestHandler: requestHandler(3_000) });

/** One call for all of them, of at most 500 metrics. @returns the newest figures by the hops' names */
export async function hopFigures(
  client: CloudWatchClient,
  hops: readonly MeasuredHop[],
  stage: string,
  now: Date,
): Promise<ReadonlyMap<string, HopFigures>> {
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(now.getTime() - WINDOW_IN_MILLIS),
      EndTime: now,
      ScanBy: 'TimestampDescending',
      MetricDataQueries: hops.flatMap((hop, at) => queriesOf(hop, at, stage)),
    }),
  );
  const newest = new Map(
    MetricDataResults.map(({ Id, Values, Timestamps }) => [Id, { value: Values?.[0], at: Timestamps?.[0] }]),
  );
  return new Map(
    hops.map(({ name }, index) => {
      const age = newest.get(`age${index}`);
      const isOfNow = age?.at !== undefined && now.getTime() - age.at.getTime() < AGE_COUNTS_FOR_MILLIS;
      const [p50, p99, max] = Object.keys(LAG_STATISTICS).map((name) => newest.get(`${name}_${index}`)?.value);
      const isMeasured = p50 !== undefined && p99 !== undefined && max !== undefined;
      return [
        name,
        {
          ...(isOfNow && age.value !== undefined && { oldestSeconds: Math.round(age.value) }),
          ...(isMeasured && { lag: { p50Ms: Math.round(p50), p99Ms: Math.round(p99), maxMs: Math.round(max) } }),
        },
      ];
    }),
  );
}

function queriesOf({ queueUrl, service }: MeasuredHop, at: number, stage: string): MetricDataQuery[] {
  const queueName = queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
  const age = metricQuery(`age${at}`, 'AWS/SQS', 'ApproximateAgeOfOldestMessage', { QueueName: queueName });
  const lags = Object.entries(LAG_STATISTICS).map(([name, statistic]) =>
    metricQuery(`${name}_${at}`, METRICS_NAMESPACE, LAG, { service, stage }, statistic, LAG_PERIOD_IN_SECONDS),
  );
  return service === undefined ? [age] : [age, ...lags];
}

const metricQuery = (
  Id: string,
  Namespace: string,
  MetricName: string,
  dimensions: Readonly<Record<string, string | undefined>>,
  Stat = 'Maximum',
  Period = AGE_PERIOD_IN_SECONDS,
): MetricDataQuery => ({
  Id,
  MetricStat: {
    Metric: {
      ...{ Namespace, MetricName },
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    },
    ...{ Stat, Period },
  },
});
