// How long after its event a subscriber was done with it: its row was written, its process carried on, its notification sent.
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { LAG } from '../bindings/metrics.ts';

export interface LagPorts {
  now(): Date;
  /** Takes the lags of a batch, in milliseconds; there is at least one. */
  publish(lagsInMillis: readonly number[]): void;
}

/**
 * One line of the log for a batch of any size. A metric of a line may have 100 values
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html), and
 * Powertools ends the line at the hundredth.
 */
const MOST_VALUES = 99;

/** @returns lag in milliseconds; none where the clock that the event was written by is ahead of this one */
export const lagInMillis = (eventTime: string, doneAt: Date): number =>
  Math.max(0, doneAt.getTime() - Date.parse(eventTime));

/** As many of them as a line takes, from the whole range evenly: smallest, largest and the percentiles between stay what they are. */
export function spread(lags: readonly number[], most = MOST_VALUES): readonly number[] {
  if (lags.length <= most) return lags;
  const inOrder = lags.toSorted((left, right) => left - right);
  return Array.from({ length: most }, (_, place) => inOrder[Math.round((place * (lags.length - 1)) / (most - 1))] ?? 0);
}

/** Publishes the lags as the metric of the function's service. */
export const lagMetric = (metrics: Metrics): LagPorts => ({
  now: () => new Date(),
  publish(lags) {
    for (const lag of spread(lags)) metrics.addMetric(LAG, MetricUnit.Milliseconds, lag);
    metrics.publishStoredMetrics();
  },
});
