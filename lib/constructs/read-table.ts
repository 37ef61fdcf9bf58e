// The table of a read model with its indexes.
import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { readTableKey } from '../../lambdas/bindings/tables.ts';
import type { TableThroughput } from '../capacity-settings.ts';
import type { ProjectionDefinition } from '../projection-definition.ts';

export interface ReadTableProps {
  readonly projection: ProjectionDefinition;
  readonly deletionProtection: boolean;
  readonly removalPolicy: RemovalPolicy;
  /** Of the table and of each of its indexes: a write to the one is a write to the others. */
  readonly throughput: TableThroughput | undefined;
}

interface Key {
  readonly partition: string;
  readonly sort?: string;
}

/** Below a read model. A table's key never changes, so another key is another construct: see docs/adr/0034. */
export const readTable = (scope: Construct, props: ReadTableProps): TableV2 =>
  tableWith(readTableKey, scope, 'parts', props);

/**
 * The table of a read model of the release before, which had a row a stream and no keys of views. Its functions go on with it
 * while this one is deployed, and if it is rolled back; the next release takes it away. What they import is exported on:
 * CloudFormation refuses to remove an export that is in use
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html).
 */
export function keepFormerReadTable(scope: Construct, props: ReadTableProps): void {
  if (!formerReadModels.includes(props.projection.name)) return;
  const { tableName, tableArn } = tableWith({ partition: 'stream' }, scope, 'table', props);
  for (const imported of [tableName, tableArn]) Stack.of(scope).exportValue(imported);
}

const formerReadModels: readonly string[] = ['order-detail', 'customer-orders', 'catalogue'];

function tableWith(key: Key, scope: Construct, id: string, props: ReadTableProps): TableV2 {
  const { projection, throughput, deletionProtection, removalPolicy } = props;
  return new TableV2(scope, id, {
    partitionKey: { name: key.partition, type: AttributeType.STRING },
    ...(key.sort !== undefined && { sortKey: { name: key.sort, type: AttributeType.STRING } }),
    globalSecondaryIndexes: projection.indexes.map((index) => ({
      indexName: index.name,
      partitionKey: { name: index.partitionKey, type: AttributeType.STRING },
      sortKey: { name: index.sortKey, type: AttributeType.STRING },
      projectionType: index.keysOnly === true ? ProjectionType.KEYS_ONLY : ProjectionType.ALL,
      ...throughput,
    })),
    billing: Billing.onDemand(throughput),
    encryption: TableEncryptionV2.awsManagedKey(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection,
    removalPolicy,
  });
}
