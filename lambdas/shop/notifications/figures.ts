// What became of a batch's e-mails, as metrics.
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import {
  EMAILS_BLOCKED,
  EMAILS_DELAYED,
  EMAILS_EXPIRED,
  EMAILS_REFUSED,
  EMAILS_SENT,
} from '../../spine/bindings/metrics.ts';

const names = {
  sent: EMAILS_SENT,
  delayed: EMAILS_DELAYED,
  blocked: EMAILS_BLOCKED,
  refused: EMAILS_REFUSED,
  expired: EMAILS_EXPIRED,
} as const;

export type EmailFate = keyof typeof names;
export type EmailFigures = Readonly<Partial<Record<EmailFate, number>>>;

/** A batch without e-mails leaves no line. */
export function publishFigures(metrics: Metrics, figures: EmailFigures): void {
  const counted = Object.entries(figures) as [EmailFate, number][];
  for (const [fate, count] of counted) metrics.addMetric(names[fate], MetricUnit.Count, count);
  if (counted.length > 0) metrics.publishStoredMetrics();
}
