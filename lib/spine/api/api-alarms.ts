// Alarms when the API fails, is slow, or refuses many callers, for either kind of API.
import { Duration } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LogAlarm } from '../operations/log-alarm.ts';
import { OperatorAlarm } from '../operations/operator-alarm.ts';
import { isOnOneMachine, type Stage } from '../settings/stages.ts';

export interface ApiAlarmsProps {
  readonly stage: Stage;
  readonly alarmTopicArn: string | undefined;
  readonly api: WatchedApi;
  readonly accessLogs: ILogGroup;
}

export interface WatchedApi {
  metricServerError(options: MetricOptions): Metric;
  metricLatency(options: MetricOptions): Metric;
}

const period = Duration.minutes(5);
const slowInMillis = 3_000;
const manyRefusals = 100;

export class ApiAlarms extends Construct {
  constructor(scope: Construct, id: string, { stage, alarmTopicArn, api, accessLogs }: ApiAlarmsProps) {
    super(scope, id);
    new OperatorAlarm(this, 'server-errors', {
      alarmTopicArn,
      runbook: 'api-errors',
      description: 'The API has answered five requests or more with a 5xx in five minutes.',
      remedy:
        'look which routes in the access log (status >= 500), then in the log of their function by requestId; 503 alone points at a table or at contention.',
      metric: api.metricServerError({ period, statistic: 'Sum' }),
      threshold: 5,
      periods: 1,
    });
    new OperatorAlarm(this, 'latency', {
      alarmTopicArn,
      runbook: 'api-latency',
      description: `One request in a hundred has taken ${slowInMillis / 1000} s or longer for fifteen minutes.`,
      remedy:
        'see in the traces (X-Ray) which step takes the time: cold starts, a table that throttles, the issuer’s keys.',
      metric: api.metricLatency({ period, statistic: 'p99' }),
      threshold: slowInMillis,
      periods: 3,
    });
    if (isOnOneMachine(stage)) return;
    new LogAlarm(this, 'refused-callers', {
      stage,
      alarmTopicArn,
      runbook: 'refused-callers',
      logGroup: accessLogs,
      pattern: FilterPattern.literal('{ ($.status = "401") || ($.status = "403") }'),
      metricName: 'RefusedCallers',
      description: `The API has answered ${manyRefusals} requests or more with 401 or 403 in five minutes: somebody tries tokens, goes around the edge, or a client's or the edge's own credentials ran out.`,
      remedy:
        'count the security lines (code "request") of the functions by caller and address; refuse an address at the web ACL, or mend the client. 403 on everything: see docs/adr/0027.',
      threshold: manyRefusals,
    });
  }
}
