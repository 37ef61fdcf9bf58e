// Who is told when something is wrong, what is kept beside the tables, and what a month may cost.

export interface BackupSettings {
  /** How long each day's backup is kept. */
  readonly retentionInDays: number;
  /** Whether nobody can delete a backup sooner, but who may first take the lock away (AWS Backup's governance mode). */
  readonly isLocked: boolean;
}

export interface OperationSettings {
  /** SNS topic in the stage's region that every alarm notifies. Without one the alarms only show their state. */
  readonly alarmTopicArn?: string;
  /**
   * SNS topic in us-east-1 for the alarms on the edge: CloudFront has its metrics there, and an alarm is where its metric is.
   * @default `alarmTopicArn` on a stage in us-east-1; elsewhere nobody watches the edge
   */
  readonly edgeAlarmTopicArn?: string;
  /**
   * Backups of the event table by AWS Backup, each day, beside its point-in-time recovery: they outlive the table and its 35 days.
   * @default none
   */
  readonly backups?: BackupSettings | 'none';
  /**
   * What the account may cost in a month; the alarms' topic hears when it has, or is forecast to.
   * @default none
   */
  readonly monthlyBudgetInDollars?: number | 'none';
  /**
   * `none` says that no limit for a single client is wanted, where an edge with `rateLimitPerFiveMinutes` or `webAclArn` would have one.
   * @default nothing is said, which is enough on a stage that nobody attacks
   */
  readonly protection?: 'none';
}

/** Operation settings before they are checked. */
export type OperationDraft = Omit<OperationSettings, 'protection'> & { readonly protection?: string };

/** Region of an SNS topic; nothing for what is no topic's ARN. */
export const topicRegion = (arn: string): string | undefined =>
  /^arn:aws[a-z-]*:sns:([a-z0-9-]+):\d{12}:[\w-]{1,256}$/.exec(arn)?.[1];
