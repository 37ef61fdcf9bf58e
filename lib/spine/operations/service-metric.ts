// A metric that a function publishes through its log, summed up unless another statistic is asked for.
import { Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { METRICS_NAMESPACE } from '../../../lambdas/spine/bindings/metrics.ts';

/** @param service id of the function's construct */
export const serviceMetric = (
  { stage }: { readonly stage: string },
  service: string,
  metricName: string,
  options: Pick<MetricOptions, 'statistic' | 'period'> = {},
): Metric =>
  new Metric({
    namespace: METRICS_NAMESPACE,
    metricName,
    dimensionsMap: { service, stage },
    statistic: 'Sum',
    period: Duration.minutes(5),
    ...options,
  });
