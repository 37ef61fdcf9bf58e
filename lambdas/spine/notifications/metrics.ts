// What became of a batch's notifications, as metrics.
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import {
  NOTIFICATIONS_BLOCKED,
  NOTIFICATIONS_DELAYED,
  NOTIFICATIONS_EXPIRED,
  NOTIFICATIONS_REFUSED,
  NOTIFICATIONS_SENT,
} from '../bindings/metrics.ts';

const names = {
  sent: NOTIFICATIONS_SENT,
  delayed: NOTIFICATIONS_DELAYED,
  blocked: NOTIFICATIONS_BLOCKED,
  refused: NOTIFICATIONS_REFUSED,
  expired: NOTIFICATIONS_EXPIRED,
} as const;

export type Outcome = keyof typeof names;
export type OutcomeCounts = Readonly<Partial<Record<Outcome, number>>>;

/** A batch without notifications leaves no line. */
export function publishOutcomes(metrics: Metrics, counts: OutcomeCounts): void {
  const counted = Object.entries(counts) as [Outcome, number][];
  for (const [outcome, count] of counted) metrics.addMetric(names[outcome], MetricUnit.Count, count);
  if (counted.length > 0) metrics.publishStoredMetrics();
}
