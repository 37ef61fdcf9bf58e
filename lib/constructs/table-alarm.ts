// Tells when a table refuses requests because it is at its maximum, or one partition at DynamoDB's.
import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { StageSettings } from '../stage-settings.ts';
import { OperatorAlarm } from './operator-alarm.ts';

export interface TableAlarmProps {
  readonly settings: StageSettings;
  /** As operators know the table. */
  readonly name: string;
  readonly table: TableV2;
  /** Names of its indexes, whose throttling its own metrics leave out. */
  readonly indexes: readonly string[];
}

const period = Duration.minutes(5);

export class TableAlarm extends OperatorAlarm {
  constructor(scope: Construct, id: string, { settings, name, table, indexes }: TableAlarmProps) {
    const throttled = [undefined, ...indexes].flatMap((index) =>
      ['ReadThrottleEvents', 'WriteThrottleEvents'].map((metricName) =>
        table.metric(metricName, {
          period,
          statistic: 'Sum',
          dimensionsMap: { TableName: table.tableName, ...(index && { GlobalSecondaryIndexName: index }) },
        }),
      ),
    );
    const usingMetrics = Object.fromEntries(throttled.map((metric, index) => [`throttled${index}`, metric]));
    super(scope, id, {
      settings,
      description: `DynamoDB has throttled the table of ${name}, or an index of it, for ten minutes. Commands and queries answer 503, read models lag.`,
      remedy:
        'compare ConsumedWriteCapacityUnits and ConsumedReadCapacityUnits with the maximum in lib/config.ts (tableThroughput) and raise it, or find the one key that takes all (CloudWatch Contributor Insights).',
      metric: new MathExpression({
        expression: Object.keys(usingMetrics)
          .map((id) => `FILL(${id}, 0)`)
          .join(' + '),
        usingMetrics,
        period,
      }),
      threshold: 1,
      periods: 2,
    });
  }
}
