// A backup of the event table each day, outside the table: it outlives a table that is deleted, and point-in-time recovery's 35 days.
// Everything else can be made again from the event table.
import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { BackupSettings } from '../settings/operation-settings.ts';

export interface EventTableBackupsProps {
  readonly backups: BackupSettings;
  readonly table: TableV2;
  readonly removalPolicy: RemovalPolicy;
}

export class EventTableBackups extends Construct {
  constructor(scope: Construct, id: string, { backups, table, removalPolicy }: EventTableBackupsProps) {
    super(scope, id);
    const retention = Duration.days(backups.retentionInDays);
    const backupVault = new BackupVault(this, 'vault', {
      removalPolicy,
      ...(backups.isLocked && { lockConfiguration: { minRetention: retention } }),
    });
    const plan = new BackupPlan(this, 'plan', { backupVault });
    plan.addRule(new BackupPlanRule({ ruleName: 'daily', deleteAfter: retention }));
    const role = new Role(this, 'role', { assumedBy: new ServicePrincipal('backup.amazonaws.com') });
    const policy = 'service-role/AWSBackupServiceRolePolicyForBackup';
    role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName(policy));
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`,
      reason: 'AWS keeps what AWS Backup needs up to date in this policy; nothing of ours takes the role.',
    });
    plan.addSelection('event-table', {
      resources: [BackupResource.fromDynamoDbTable(table)],
      role,
      disableDefaultBackupPolicy: true,
    });
  }
}
