// What invalidations may still cost: a token bucket, one item.
import type { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { budgetTableKey } from '../../../lambdas/spine/bindings/tables.ts';
import type { TableThroughput } from '../settings/capacity-settings.ts';

export interface InvalidationBudgetProps {
  readonly deletionProtection: boolean;
  readonly removalPolicy: RemovalPolicy;
  readonly throughput: TableThroughput | undefined;
}

export class InvalidationBudget extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, props: InvalidationBudgetProps) {
    super(scope, id);
    this.table = new TableV2(this, 'table', {
      partitionKey: { name: budgetTableKey.partition, type: AttributeType.STRING },
      billing: Billing.onDemand(props.throughput),
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.deletionProtection,
      removalPolicy: props.removalPolicy,
    });
  }

  /** Read the bucket, and write it back on the condition that nobody else did. */
  grantSpend(grantee: IGrantable): Grant {
    const actions = ['dynamodb:GetItem', 'dynamodb:PutItem'];
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [this.table.tableArn] });
  }
}
