// A function that decides commands: it loads streams and appends to those of its categories, and can do nothing else.
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { EVENT_TABLE, readTableVariable } from '../../../lambdas/spine/bindings/environment.ts';
import { type OriginSecret, originLock } from '../edge/origin-secret.ts';
import type { EventTable } from '../events/event-table.ts';
import type { ReadModel } from '../events/read-model.ts';
import { ServiceFunction } from '../operations/service-function.ts';
import { functionDefaults } from '../settings/construct-props.ts';
import type { StageSettings } from '../settings/stage-settings.ts';
import type { TokenIssuer } from '../settings/token-issuer.ts';
import { tokenEnvironment } from './token-environment.ts';

/** Rows that are counted; nothing else of them is read. */
export interface Counting {
  readonly readModel: ReadModel;
  readonly index: { readonly name: string };
}

export interface CommandFunctionProps {
  readonly settings: StageSettings;
  readonly code: Code;
  readonly eventTable: EventTable;
  /** Categories of the streams that it appends to. */
  readonly appends: readonly string[];
  /**
   * Whose tokens it checks.
   * @default it takes requests without one
   */
  readonly tokens?: TokenIssuer;
  /** How it recognises the edge; present on a stage with one. */
  readonly originSecret: OriginSecret | undefined;
  /**
   * What it counts.
   * @default nothing
   */
  readonly counts?: Counting;
}

export class CommandFunction extends ServiceFunction {
  constructor(scope: Construct, id: string, props: CommandFunctionProps) {
    const { settings, code, eventTable, appends, tokens, originSecret, counts } = props;
    super(scope, id, {
      ...functionDefaults(settings),
      code,
      size: settings.http,
      logRetention: settings.requestLogRetention,
      environment: {
        [EVENT_TABLE]: eventTable.table.tableName,
        ...(tokens && tokenEnvironment(tokens)),
        ...originLock(originSecret),
        ...(counts && { [readTableVariable(counts.readModel.projection.name)]: counts.readModel.table.tableName }),
      },
    });
    eventTable.grantAppend(this, appends);
    counts?.readModel.grantCount(this, counts.index);
  }
}
