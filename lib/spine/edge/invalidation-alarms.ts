// The alarms on what invalidations cost: one before the budget runs dry, one when it has.
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { METRICS_NAMESPACE, TAGS_DROPPED, TAGS_INVALIDATED } from '../../../lambdas/spine/bindings/metrics.ts';
import { OperatorAlarm } from '../operations/operator-alarm.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';

export interface InvalidationAlarmsProps {
  readonly stage: string;
  readonly alarmTopicArn: string | undefined;
  readonly edge: EdgeSettings;
  /** The service that publishes the metrics. */
  readonly service: string;
}

const hoursInMonth = 730;

export class InvalidationAlarms extends Construct {
  constructor(scope: Construct, id: string, { stage, alarmTopicArn, edge, service }: InvalidationAlarmsProps) {
    super(scope, id);
    const { sharedLifetimeInSeconds, invalidation } = edge;
    const sum = (metricName: string, period: Duration): Metric =>
      new Metric({
        namespace: METRICS_NAMESPACE,
        metricName,
        dimensionsMap: { service, stage },
        statistic: 'Sum',
        period,
      });
    new OperatorAlarm(this, 'budget-alarm', {
      alarmTopicArn,
      runbook: 'invalidation-budget',
      description: `The budget of invalidations is dry. The edge answers with what was true up to ${sharedLifetimeInSeconds} seconds ago.`,
      remedy:
        'nothing, if that staleness will do until the budget has gained again; else raise it (-c edgeTagsPerMonth) or lower the lifetime (-c edgeSharedLifetimeSeconds).',
      metric: sum(TAGS_DROPPED, Duration.minutes(5)),
      threshold: 1,
      periods: 1,
    });
    new OperatorAlarm(this, 'spending-alarm', {
      alarmTopicArn,
      runbook: 'invalidation-budget',
      description: `Invalidations have taken more for six hours than the budget of ${invalidation.tagsPerMonth} tags a month gains. It lives on what it saved up.`,
      remedy:
        'see whether the shop changes more than usual; raise the budget (-c edgeTagsPerMonth), or let it run dry: answers are then stale for their lifetime at most.',
      metric: sum(TAGS_INVALIDATED, Duration.hours(1)),
      // The first whole number above the pace, as an alarm rings at its threshold.
      threshold: Math.floor(invalidation.tagsPerMonth / hoursInMonth) + 1,
      periods: 6,
    });
  }
}
