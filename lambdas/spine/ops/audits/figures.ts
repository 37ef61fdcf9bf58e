// What audits find, as metrics.
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { AUDIT_LATE_RUNS, AUDIT_REPAIRS, AUDIT_STREAMS, AUDIT_UNREPAIRED } from '../../bindings/metrics.ts';
import type { Tally } from '../../kernel/audit/tally.ts';

export function auditFigures(metrics: Metrics) {
  return {
    publish({ counts }: Tally): void {
      metrics
        .addMetric(AUDIT_STREAMS, MetricUnit.Count, counts.streams)
        .addMetric(AUDIT_REPAIRS, MetricUnit.Count, counts.repaired)
        .addMetric(AUDIT_UNREPAIRED, MetricUnit.Count, counts.unreadable + counts.ahead + counts.stuck)
        .publishStoredMetrics();
    },
    countLateRun(): void {
      metrics.addMetric(AUDIT_LATE_RUNS, MetricUnit.Count, 1).publishStoredMetrics();
    },
  };
}
