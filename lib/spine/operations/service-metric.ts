// A metric that a function publishes through its log, summed up.
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { METRICS_NAMESPACE } from '../../../lambdas/spine/bindings/metrics.ts';

/** @param service id of the function's construct */
export const serviceMetric = ({ stage }: { readonly stage: string }, service: string, metricName: string): Metric =>
  new Metric({
    namespace: METRICS_NAMESPACE,
    metricName,
    dimensionsMap: { service, stage },
    statistic: 'Sum',
    period: Duration.minutes(5),
  });
