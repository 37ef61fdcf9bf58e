// The function's one set of metrics: lines of its log, with the service's name as their dimension.
import { Metrics } from '@aws-lambda-powertools/metrics';
import { METRICS_NAMESPACE } from '../bindings/metrics.ts';

export const metrics = new Metrics({ namespace: METRICS_NAMESPACE });
