// What a command of `npm run ops` is, and what it gets.
import type { parseArgs } from 'node:util';
import type { ShopApi } from '../deployment/shop-api.ts';

export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface OpsContext {
  readonly api: ShopApi;
  /** What follows the command's name. */
  readonly names: readonly string[];
  /** The command's own flags. */
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
  /** For programs: JSON, and nothing else. */
  readonly asJson: boolean;
  readonly out: Output;
  /** For what is over when the command is: progress. */
  readonly progress: Output;
  wait(millis: number): Promise<void>;
}

export interface OpsCommand {
  /** Lines of the help: how it is called, and what it does. */
  readonly usage: readonly (readonly [call: string, does: string])[];
  readonly options: NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;
  /** @throws DeploymentError that says what is wrong and what would be right */
  run(context: OpsContext): Promise<void>;
}
