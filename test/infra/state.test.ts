import type { Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { appOf, type Deployment, deploymentOf, settingsOf } from './deployment.ts';

const prod = deploymentOf('prod');
const dev = deploymentOf('dev');
const tables = prod.ofType('AWS::DynamoDB::GlobalTable').map(({ path }) => path);
const replicaOf = (deployment: Deployment, path: string) =>
  (deployment.at(path).properties['Replicas'] as Record<string, unknown>[])[0];

describe('state', () => {
  it('the event table is keyed by stream and version, and its change stream carries what was written and what stood there before', () => {
    expect(prod.at('events/table').properties).toMatchObject({
      KeySchema: [
        { AttributeName: 'stream', KeyType: 'HASH' },
        { AttributeName: 'version', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'stream', AttributeType: 'S' },
        { AttributeName: 'version', AttributeType: 'N' },
      ],
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });

  it('a stage that was deployed with new images only can go on with its stream, under the same names', () => {
    const kept = deploymentOf('prod', { changeImages: 'new' });
    expect(kept.at('events/table').properties).toMatchObject({ StreamSpecification: { StreamViewType: 'NEW_IMAGE' } });
    expect(Object.keys(kept.state.findOutputs('*'))).toEqual(Object.keys(prod.state.findOutputs('*')));
    expect(() => settingsOf('dev', { changeImages: 'old' })).toThrow('changeImages (-c changeImages) must be');
  });

  it.each(tables)(
    '%s is encrypted with a key of the account, billed by request and recoverable to any second',
    (path) => {
      expect(prod.at(path).properties).toMatchObject({
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        BillingMode: 'PAY_PER_REQUEST',
      });
      expect(replicaOf(prod, path)).toMatchObject({
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
    },
  );

  it('the event stream is encrypted', () => {
    expect(prod.at('event-stream/stream').properties).toMatchObject({ StreamEncryption: { EncryptionType: 'KMS' } });
  });

  it('production keeps tables, stream, users and dead letters when its stack is deleted', () => {
    const kept = prod.resources.filter(({ deletionPolicy }) => String(deletionPolicy).startsWith('Retain'));
    expect(kept.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        ...tables,
        'event-stream/stream',
        'users/user-pool',
        ...prod
          .ofType('AWS::SQS::Queue')
          .map(({ path }) => path)
          .filter((path) => !path.endsWith('/queue')),
      ]),
    );
  });

  it('production protects tables and users against deletion', () => {
    for (const path of tables) expect(replicaOf(prod, path)).toMatchObject({ DeletionProtectionEnabled: true });
    expect(prod.at('users/user-pool').properties).toMatchObject({ DeletionProtection: 'ACTIVE' });
  });

  it.each([
    ['prod', true],
    ['dev', false],
  ] as const)('the state stack of %s has termination protection: %s', (stage, expected) => {
    const stack = appOf(stage).node.findChild(`eventspine-${stage}-state`) as Stack;
    expect(stack.terminationProtection).toBe(expected);
  });

  it('a development stage leaves nothing behind when it is destroyed', () => {
    const kept = dev.resources.filter(({ deletionPolicy }) => String(deletionPolicy).startsWith('Retain'));
    expect(kept).toEqual([]);
    for (const path of tables) expect(replicaOf(dev, path)).toMatchObject({ DeletionProtectionEnabled: false });
  });

  it('the event table, and nothing that follows from it, is backed up each day for as long as the setting says', () => {
    const { BackupPlanRule: rules } = prod.at('backups/plan').properties['BackupPlan'] as {
      BackupPlanRule: Record<string, unknown>[];
    };
    expect(rules).toEqual([expect.objectContaining({ Lifecycle: { DeleteAfterDays: 35 } })]);
    expect(prod.target(rules[0]?.['TargetBackupVault'])).toBe('backups/vault.BackupVaultName');
    const { Resources } = prod.at('backups/plan/event-table').properties['BackupSelection'] as {
      Resources: unknown[];
    };
    expect(Resources.map((arn) => prod.target(arn))).toEqual(['events/table.Arn']);
    expect(prod.at('backups/vault').deletionPolicy).toBe('Retain');
    expect(prod.at('backups/vault').properties).not.toHaveProperty('LockConfiguration');
  });

  it('a locked vault keeps its backups for all of that time', () => {
    const locked = deploymentOf('prod', { backups: { retentionInDays: 90, isLocked: true } });
    expect(locked.at('backups/vault').properties['LockConfiguration']).toEqual({ MinRetentionDays: 90 });
  });

  it('nothing is backed up where the setting declines it', () => {
    const none = deploymentOf('prod', { backups: 'none' });
    expect(none.resources.filter(({ type }) => type.startsWith('AWS::Backup::'))).toEqual([]);
  });

  it('the stages differ in the capacity of the event stream', () => {
    const stream = (deployment: Deployment) => deployment.at('event-stream/stream').properties;
    expect(stream(prod)).toMatchObject({ StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
    expect(stream(dev)).toMatchObject({ ShardCount: 1 });
    expect(stream(deploymentOf('local'))).toMatchObject({ ShardCount: 2 });
  });
});
