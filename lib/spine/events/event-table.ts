// The event table: one item a commit, written once, and a change stream that carries each to the relay.
import type { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, StreamViewType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { eventTableKey } from '../../../lambdas/spine/bindings/tables.ts';
import type { TableThroughput } from '../settings/capacity-settings.ts';
import type { PipelineSettings } from '../settings/pipeline-settings.ts';

export interface EventTableProps {
  readonly deletionProtection: boolean;
  readonly removalPolicy: RemovalPolicy;
  readonly throughput: TableThroughput | undefined;
  /**
   * Which images of a commit the change stream's records have.
   * @default both
   */
  readonly changeImages?: PipelineSettings['changeImages'];
}

export class EventTable extends Construct {
  readonly table: TableV2;
  readonly changeStreamArn: string;

  constructor(scope: Construct, id: string, props: EventTableProps) {
    super(scope, id);
    this.table = new TableV2(this, 'table', {
      partitionKey: { name: eventTableKey.partition, type: AttributeType.STRING },
      sortKey: { name: eventTableKey.sort, type: AttributeType.NUMBER },
      // The old image too: should anything ever overwrite or delete a commit, its record has what was there before.
      dynamoStream: props.changeImages === 'new' ? StreamViewType.NEW_IMAGE : StreamViewType.NEW_AND_OLD_IMAGES,
      billing: Billing.onDemand(props.throughput),
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.deletionProtection,
      removalPolicy: props.removalPolicy,
    });
    const { tableStreamArn } = this.table;
    if (tableStreamArn === undefined) throw new Error('The event table must have a change stream, got none.');
    this.changeStreamArn = tableStreamArn;
  }

  /**
   * Allows to load any stream, and to put items into streams of some categories. IAM cannot ask for the condition under which a
   * commit is appended,
   * so a faulty function could overwrite a commit of its own categories, but none of another's
   * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html).
   */
  grantAppend(grantee: IGrantable, categories: readonly string[]): void {
    this.grantLoad(grantee);
    const key = 'dynamodb:LeadingKeys';
    Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:PutItem'],
      resourceArns: [this.table.tableArn],
      conditions: {
        'ForAllValues:StringLike': { [key]: categories.map((category) => `${category}-*`) },
        // A request without keys would fit `ForAllValues` too.
        Null: { [key]: 'false' },
      },
    });
  }

  grantLoad(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['dynamodb:Query'], resourceArns: [this.table.tableArn] });
  }

  /** Load, and find single commits of many streams at once. */
  grantFind(grantee: IGrantable): Grant {
    const actions = ['dynamodb:Query', 'dynamodb:BatchGetItem'];
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [this.table.tableArn] });
  }

  /** Load any stream, and read all of them one after the other. */
  grantSweep(grantee: IGrantable): Grant {
    const actions = ['dynamodb:Query', 'dynamodb:Scan'];
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [this.table.tableArn] });
  }

  /** Read the change stream, as a mapping of Lambda does. */
  grantChanges(grantee: IGrantable): Grant {
    return this.table.grantStreamRead(grantee);
  }
}
