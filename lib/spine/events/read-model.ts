import { AttributeType, Billing, ProjectionType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { readTableKey } from '../../../lambdas/spine/bindings/tables.ts';
import type { Application } from '../../../lambdas/spine/manifest/manifest.ts';
import type { TableThroughput } from '../settings/capacity-settings.ts';
import { Subscription, type SubscriptionProps } from './subscription.ts';

/** What infrastructure needs to know of a projection. */
export type ProjectionDefinition = Pick<
  Application['readModels'][number],
  'name' | 'indexes' | 'streamsPerSecond' | 'replaces'
> & {
  /** Present if a view is made of several streams, and so read with a `Query`. */
  readonly compose?: unknown;
};

export interface ReadModelProps extends SubscriptionProps {
  readonly projection: ProjectionDefinition;
  readonly deletionProtection: boolean;
  /** For the table and each of its indexes: a write to the table is a write to all of them. */
  readonly throughput: TableThroughput | undefined;
}

/** The construct's id is the projection's name. */
export class ReadModel extends Subscription {
  readonly projection: ProjectionDefinition;
  readonly table: TableV2;

  constructor(scope: Construct, id: string, props: ReadModelProps) {
    super(scope, id, { ...props, streamsPerSecond: props.projection.streamsPerSecond });
    this.projection = props.projection;
    this.table = new TableV2(this, 'table', {
      partitionKey: { name: readTableKey.partition, type: AttributeType.STRING },
      sortKey: { name: readTableKey.sort, type: AttributeType.STRING },
      globalSecondaryIndexes: props.projection.indexes.map((index) => ({
        indexName: index.name,
        partitionKey: { name: index.partitionKey, type: AttributeType.STRING },
        sortKey: { name: index.sortKey, type: AttributeType.STRING },
        projectionType: index.keysOnly === true ? ProjectionType.KEYS_ONLY : ProjectionType.ALL,
        ...props.throughput,
      })),
      billing: Billing.onDemand(props.throughput),
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.deletionProtection,
      removalPolicy: props.removalPolicy,
    });
  }

  /** What a projector needs: read rows, and write them on a condition. */
  grantProject(grantee: IGrantable): Grant {
    const actions = ['dynamodb:GetItem', 'dynamodb:PutItem'];
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [this.table.tableArn] });
  }

  /** What a sweep needs: see how far rows are, many at once, and write them on a condition. */
  grantSweep(grantee: IGrantable): Grant {
    const actions = ['dynamodb:BatchGetItem', 'dynamodb:PutItem'];
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [this.table.tableArn] });
  }

  /** See how far rows are, many at once. */
  grantCompare(grantee: IGrantable): Grant {
    const resourceArns = [this.table.tableArn];
    return Grant.addToPrincipal({ grantee, actions: ['dynamodb:BatchGetItem'], resourceArns });
  }

  /**
   * What a query needs: find rows, and write a row that it had to bring up to date first. A list is one of an index, whose rows are all
   * that it reads, or else a scan. Views of several streams are queried for.
   */
  grantQuery(grantee: IGrantable): void {
    const { tableArn } = this.table;
    const indexArns = this.projection.indexes
      .filter(({ keysOnly }) => keysOnly !== true)
      .map((index) => `${tableArn}/index/${index.name}`);
    const rows = ['dynamodb:GetItem', 'dynamodb:PutItem'];
    const actions = [
      ...rows,
      ...(indexArns.length > 0 ? [] : ['dynamodb:Scan']),
      ...(this.projection.compose === undefined ? [] : ['dynamodb:Query']),
    ];
    Grant.addToPrincipal({ grantee, actions, resourceArns: [tableArn] });
    if (indexArns.length > 0) {
      Grant.addToPrincipal({ grantee, actions: ['dynamodb:Query'], resourceArns: indexArns });
    }
  }

  /** Permission to count the rows of an index, and to read nothing of the rows themselves. */
  grantCount(grantee: IGrantable, index: { readonly name: string }): Grant {
    const resourceArns = [`${this.table.tableArn}/index/${index.name}`];
    return Grant.addToPrincipal({ grantee, actions: ['dynamodb:Query'], resourceArns });
  }
}
