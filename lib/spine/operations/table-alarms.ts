// Alarms when a table refuses requests because it has reached its maximum, or one partition DynamoDB's.
import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { OperatorAlarm } from './operator-alarm.ts';

export interface TableAlarmsProps {
  readonly alarmTopicArn: string | undefined;
  /** As operators know the table. */
  readonly name: string;
  readonly table: TableV2;
  /** Names of its indexes, whose throttling is not in the table's own metrics. */
  readonly indexes: readonly string[];
}

const kinds = [
  { kind: 'reads', metricName: 'ReadThrottleEvents', consumed: 'ConsumedReadCapacityUnits' },
  { kind: 'writes', metricName: 'WriteThrottleEvents', consumed: 'ConsumedWriteCapacityUnits' },
] as const;

export class TableAlarms extends Construct {
  constructor(scope: Construct, id: string, { alarmTopicArn, name, table, indexes }: TableAlarmsProps) {
    super(scope, id);
    for (const index of [undefined, ...indexes]) {
      const place = index === undefined ? `the table of ${name}` : `the index ${index} of the table of ${name}`;
      const dimensionsMap = { TableName: table.tableName, ...(index && { GlobalSecondaryIndexName: index }) };
      for (const { kind, metricName, consumed } of kinds) {
        new OperatorAlarm(this, index === undefined ? kind : `${index}-${kind}`, {
          alarmTopicArn,
          runbook: 'table-throttling',
          description: `DynamoDB has throttled ${kind} of ${place} for ten minutes. Commands and queries answer 503, read models lag.`,
          remedy: `compare ${consumed} with the maximum in lib/spine/settings/capacity-settings.ts (tableThroughput) and raise it, or find the one key that takes all (CloudWatch Contributor Insights).`,
          metric: table.metric(metricName, { period: Duration.minutes(5), statistic: 'Sum', dimensionsMap }),
          threshold: 1,
          periods: 2,
        });
      }
    }
  }
}
