// A projector: folds the commits in a read model's queue into its read table.
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import {
  EVENT_TABLE,
  INVALIDATION_QUEUE_URL,
  PROJECTION,
  readTableVariable,
} from '../../../lambdas/spine/bindings/environment.ts';
import type { OperationsTable } from '../operations/operations-table.ts';
import type { FunctionDefaults } from '../operations/service-function.ts';
import type { EventTable } from './event-table.ts';
import type { ReadModel } from './read-model.ts';
import { type LagAlarmProps, Subscriber } from './subscriber.ts';
import type { Subscription } from './subscription.ts';

export interface ProjectorProps extends FunctionDefaults {
  readonly stage: string;
  readonly lagAlarm: LagAlarmProps;
  /** Where it notes its dead letters. */
  readonly operations: OperationsTable;
  readonly code: Code;
  readonly eventTable: EventTable;
  readonly readModel: ReadModel;
  /** Gets the cache tags of changed rows; there on a stage with an edge. */
  readonly invalidation: Subscription | undefined;
}

export class Projector extends Subscriber {
  constructor(scope: Construct, id: string, props: ProjectorProps) {
    const { eventTable, readModel, invalidation } = props;
    const { projection, table } = readModel;
    super(scope, id, {
      ...props,
      subscription: readModel,
      impact: 'Its rows may be behind.',
      environment: {
        [PROJECTION]: projection.name,
        [EVENT_TABLE]: eventTable.table.tableName,
        [readTableVariable(projection.name)]: table.tableName,
        ...(invalidation !== undefined && { [INVALIDATION_QUEUE_URL]: invalidation.queue.queueUrl }),
      },
    });
    eventTable.grantLoad(this);
    readModel.grantProject(this);
    invalidation?.grantSend(this);
  }
}
