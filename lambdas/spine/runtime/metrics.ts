// A function's set of metrics: lines of its log, with the names of the service and of the stage as their dimensions.
import { Metrics } from '@aws-lambda-powertools/metrics';
import { METRICS_NAMESPACE } from '../bindings/metrics.ts';

/** Stages of one account share a namespace; the dimension keeps their figures and alarms apart. */
export const stageMetrics = (stage: string): Metrics =>
  new Metrics({ namespace: METRICS_NAMESPACE, defaultDimensions: { stage } });
