// The alarms that belong to no single construct: on the tables, on log lines that must never be, on the account's e-mails and bill.
import { FilterPattern, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { COMMIT_CHANGED } from '../../../lambdas/spine/bindings/log-codes.ts';
import { ReputationAlarms } from '../notifications/reputation-alarms.ts';
import { isOnOneMachine, type Stage } from '../settings/stages.ts';
import { CostBudget } from './cost-budget.ts';
import { LogAlarm } from './log-alarm.ts';
import { TableAlarms, type TableAlarmsProps } from './table-alarms.ts';

export interface StageAlarmsProps {
  readonly stage: Stage;
  readonly alarmTopicArn: string | undefined;
  /**
   * What the account may cost in a month.
   * @default no budget
   */
  readonly monthlyBudgetInDollars?: number | 'none';
  /** By the names that operators know them by. */
  readonly tables: Readonly<Record<string, Pick<TableAlarmsProps, 'table' | 'indexes'>>>;
  readonly relayLogs: ILogGroup;
  readonly sendsMails: boolean;
}

export class StageAlarms extends Construct {
  constructor(scope: Construct, id: string, props: StageAlarmsProps) {
    super(scope, id);
    const { stage, alarmTopicArn, tables } = props;
    for (const [name, watched] of Object.entries(tables))
      new TableAlarms(this, `${name}-throttles`, { alarmTopicArn, name, ...watched });
    // One machine has neither metric filters nor a reputation or a bill.
    if (isOnOneMachine(stage)) return;
    this.watchLogs(props);
    if (props.sendsMails) new ReputationAlarms(this, 'email', { alarmTopicArn });
    const { monthlyBudgetInDollars: dollarsPerMonth = 'none' } = props;
    if (dollarsPerMonth !== 'none' && alarmTopicArn !== undefined)
      new CostBudget(this, 'cost', { dollarsPerMonth, topicArn: alarmTopicArn });
  }

  private watchLogs({ stage, alarmTopicArn, relayLogs }: StageAlarmsProps): void {
    new LogAlarm(this, 'changed-commits', {
      stage,
      alarmTopicArn,
      runbook: 'changed-commits',
      logGroup: relayLogs,
      pattern: FilterPattern.stringValue('$.code', '=', COMMIT_CHANGED),
      metricName: 'ChangedCommits',
      threshold: 1,
      description: 'A commit in the event table was overwritten or deleted. Subscribers know it as it was.',
      remedy:
        'take the keys from the relay’s log, find who did it (CloudTrail data events, whoever may write the table), take that away, and put the commit back from point-in-time recovery or a backup.',
    });
  }
}
