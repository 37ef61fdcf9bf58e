// A function that decides commands: it loads streams and appends to those of its categories, and can do nothing else.
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { EVENT_TABLE } from '../../../lambdas/spine/bindings/environment.ts';
import { type OriginSecret, originLock } from '../edge/origin-secret.ts';
import type { EventTable } from '../events/event-table.ts';
import { ServiceFunction } from '../operations/service-function.ts';
import type { StageSettings } from '../settings/stage-settings.ts';
import type { TokenIssuer } from '../settings/token-issuer.ts';
import { tokenEnvironment } from './token-environment.ts';

export interface CommandFunctionProps {
  readonly settings: StageSettings;
  readonly code: Code;
  readonly eventTable: EventTable;
  /** Categories of the streams that it appends to. */
  readonly categories: readonly string[];
  readonly tokens: TokenIssuer;
  /** How it knows the edge; there on a stage with one. */
  readonly originSecret: OriginSecret | undefined;
  /**
   * What this function is told beyond that.
   * @default nothing
   */
  readonly environment?: Readonly<Record<string, string>>;
}

export class CommandFunction extends ServiceFunction {
  constructor(scope: Construct, id: string, props: CommandFunctionProps) {
    const { settings, code, eventTable, categories, tokens, originSecret, environment } = props;
    super(scope, id, {
      settings,
      code,
      size: settings.http,
      logRetention: settings.requestLogRetention,
      environment: {
        [EVENT_TABLE]: eventTable.table.tableName,
        ...tokenEnvironment(tokens),
        ...originLock(originSecret),
        ...environment,
      },
    });
    eventTable.grantAppend(this, categories);
  }
}
