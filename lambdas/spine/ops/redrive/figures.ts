// What became of a batch, as metrics.
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { STREAMS_AWAITING_REDRIVE, STREAMS_REDRIVEN } from '../../bindings/metrics.ts';
import type { RedriveFigures } from './ports.ts';

export function publishFigures(metrics: Metrics, { redriven, waiting }: RedriveFigures): void {
  metrics
    .addMetric(STREAMS_REDRIVEN, MetricUnit.Count, redriven)
    .addMetric(STREAMS_AWAITING_REDRIVE, MetricUnit.Count, waiting)
    .publishStoredMetrics();
}
