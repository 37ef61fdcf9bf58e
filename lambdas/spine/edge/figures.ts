// What became of a batch, as metrics: each batch is one line in the Embedded Metric Format, which CloudWatch reads out of the log.
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { INVALIDATION_CALLS, TAGS_CHANGED, TAGS_DROPPED, TAGS_INVALIDATED, TOKENS_LEFT } from '../bindings/metrics.ts';
import type { PlannedCollection } from './plan.ts';

/** Of work that will be delivered again, only the calls and tags that CloudFront took are counted. */
export interface InvalidationFigures {
  readonly tagsChanged: number;
  readonly tagsInvalidated: number;
  readonly calls: number;
  readonly tagsDropped: number;
  readonly tokensLeft: number;
}

/** The number of tags in all collections together. */
export const tagsIn = (collections: readonly PlannedCollection[], which: 'asked' | 'changed'): number =>
  collections.reduce((sum, each) => sum + each[which].length, 0);

export function publishFigures(metrics: Metrics, figures: InvalidationFigures): void {
  const { tagsChanged, tagsInvalidated, calls, tagsDropped, tokensLeft } = figures;
  metrics
    .addMetric(TAGS_CHANGED, MetricUnit.Count, tagsChanged)
    .addMetric(TAGS_INVALIDATED, MetricUnit.Count, tagsInvalidated)
    .addMetric(INVALIDATION_CALLS, MetricUnit.Count, calls)
    .addMetric(TAGS_DROPPED, MetricUnit.Count, tagsDropped)
    .addMetric(TOKENS_LEFT, MetricUnit.Count, tokensLeft)
    .publishStoredMetrics();
}
