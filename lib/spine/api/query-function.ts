// The function that answers queries from the read tables, and catches a row up from the event table when asked to.
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import {
  EVENT_TABLE,
  OPERATIONS_TABLE,
  readTableVariable,
  SHARED_LIFETIME_SECONDS,
} from '../../../lambdas/spine/bindings/environment.ts';
import { type OriginSecret, originLock } from '../edge/origin-secret.ts';
import type { EventTable } from '../events/event-table.ts';
import type { ReadModel } from '../events/read-model.ts';
import type { OperationsTable } from '../operations/operations-table.ts';
import { ServiceFunction } from '../operations/service-function.ts';
import { functionDefaults } from '../settings/construct-props.ts';
import type { StageSettings } from '../settings/stage-settings.ts';
import type { TokenIssuer } from '../settings/token-issuer.ts';
import { tokenEnvironment } from './token-environment.ts';

export interface QueryFunctionProps {
  readonly settings: StageSettings;
  readonly code: Code;
  readonly eventTable: EventTable;
  readonly readModels: readonly ReadModel[];
  /** Has what is full of that which takes the place of another. */
  readonly operations: OperationsTable;
  readonly tokens: TokenIssuer;
  /** How it recognises the edge; present on a stage with one. */
  readonly originSecret: OriginSecret | undefined;
}

export class QueryFunction extends ServiceFunction {
  constructor(scope: Construct, id: string, props: QueryFunctionProps) {
    const { settings, code, eventTable, readModels, operations, tokens, originSecret } = props;
    const replaces = readModels.some(
      ({ projection }) => projection.replaces ?? projection.indexes.some((index) => index.replaces),
    );
    const { edge } = settings;
    const readTables = readModels.map(({ projection, table }) => [readTableVariable(projection.name), table.tableName]);
    super(scope, id, {
      ...functionDefaults(settings),
      code,
      size: settings.http,
      logRetention: settings.requestLogRetention,
      environment: {
        [EVENT_TABLE]: eventTable.table.tableName,
        ...Object.fromEntries(readTables),
        ...(replaces && { [OPERATIONS_TABLE]: operations.table.tableName }),
        ...tokenEnvironment(tokens),
        ...originLock(originSecret),
        ...(edge !== undefined && { [SHARED_LIFETIME_SECONDS]: String(edge.sharedLifetimeInSeconds) }),
      },
    });
    eventTable.grantFind(this);
    for (const readModel of readModels) readModel.grantQuery(this);
    if (replaces) operations.grantLook(this);
  }
}
