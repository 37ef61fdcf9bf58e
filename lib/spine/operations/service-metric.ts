// A metric that a function publishes through its log, summed up.
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { METRICS_NAMESPACE } from '../../../lambdas/spine/bindings/metrics.ts';
import type { StageSettings } from '../settings/stage-settings.ts';

/** @param service id of the function's construct */
export const serviceMetric = ({ stage }: StageSettings, service: string, metricName: string): Metric =>
  new Metric({
    namespace: METRICS_NAMESPACE,
    metricName,
    dimensionsMap: { service, stage },
    statistic: 'Sum',
    period: Duration.minutes(5),
  });
