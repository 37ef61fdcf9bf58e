// The event table: one immutable item a commit, and a change stream that carries each to the relay.
import type { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, StreamViewType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { eventTableKey } from '../../lambdas/bindings/tables.ts';

export interface EventTableProps {
  readonly deletionProtection: boolean;
  readonly removalPolicy: RemovalPolicy;
}

export class EventTable extends Construct {
  readonly table: TableV2;
  readonly changeStreamArn: string;

  constructor(scope: Construct, id: string, props: EventTableProps) {
    super(scope, id);
    this.table = new TableV2(this, 'table', {
      partitionKey: { name: eventTableKey.partition, type: AttributeType.STRING },
      sortKey: { name: eventTableKey.sort, type: AttributeType.NUMBER },
      dynamoStream: StreamViewType.NEW_IMAGE,
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.deletionProtection,
      removalPolicy: props.removalPolicy,
    });
    const { tableStreamArn } = this.table;
    if (tableStreamArn === undefined) throw new Error('The event table must have a change stream, got none.');
    this.changeStreamArn = tableStreamArn;
  }

  /** Load and append. Nothing here can change or delete a commit. */
  grantAppend(grantee: IGrantable): Grant {
    return this.grant(grantee, 'dynamodb:Query', 'dynamodb:PutItem');
  }

  grantLoad(grantee: IGrantable): Grant {
    return this.grant(grantee, 'dynamodb:Query');
  }

  /** Load, and find single commits of many streams at once. */
  grantFind(grantee: IGrantable): Grant {
    return this.grant(grantee, 'dynamodb:Query', 'dynamodb:BatchGetItem');
  }

  /** Read the change stream, as a mapping of Lambda does. */
  grantChanges(grantee: IGrantable): Grant {
    return this.table.grantStreamRead(grantee);
  }

  private grant(grantee: IGrantable, ...actions: string[]): Grant {
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [this.table.tableArn] });
  }
}
