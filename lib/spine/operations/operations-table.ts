// What operators started, how far it is, and why what failed for good did.
import type { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { deadLettersOf, operationsTableKey } from '../../../lambdas/spine/bindings/tables.ts';
import type { TableThroughput } from '../settings/capacity-settings.ts';

export interface OperationsTableProps {
  readonly deletionProtection: boolean;
  readonly removalPolicy: RemovalPolicy;
  readonly throughput: TableThroughput | undefined;
}

export class OperationsTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, props: OperationsTableProps) {
    super(scope, id);
    this.table = new TableV2(this, 'table', {
      partitionKey: { name: operationsTableKey.partition, type: AttributeType.STRING },
      sortKey: { name: operationsTableKey.sort, type: AttributeType.STRING },
      timeToLiveAttribute: operationsTableKey.expiry,
      billing: Billing.onDemand(props.throughput),
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.deletionProtection,
      removalPolicy: props.removalPolicy,
    });
  }

  /** Look single items up. */
  grantLook(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['dynamodb:GetItem'], resourceArns: [this.table.tableArn] });
  }

  /** Read and write what is noted of jobs and failures. */
  grantKeep(grantee: IGrantable): Grant {
    const writes = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];
    const actions = ['dynamodb:GetItem', 'dynamodb:Query', ...writes];
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [this.table.tableArn] });
  }

  /** Note the dead letters of one subscriber. */
  grantNoteDeadLetters(grantee: IGrantable, subscriber: string): Grant {
    const key = 'dynamodb:LeadingKeys';
    return Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:PutItem'],
      resourceArns: [this.table.tableArn],
      conditions: {
        'ForAllValues:StringEquals': { [key]: [deadLettersOf(subscriber)] },
        // A request without keys would fit `ForAllValues` too.
        Null: { [key]: 'false' },
      },
    });
  }
}
