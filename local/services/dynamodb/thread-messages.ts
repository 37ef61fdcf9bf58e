// The messages between the host and the thread that runs DynamoDB.
import type { LoggedChange } from './change-log.ts';
import type { JournalPosition } from './intent-journal.ts';
import type { TableKey } from './key-schema.ts';
import type { Change } from './write-recorder.ts';

export interface ThreadData {
  readonly storeFolder: string;
  readonly journalFile: string;
  readonly changeLogFile: string;
}

export type Instruction =
  /** Records the writes to these tables from now on, after the changes that the last run left unconsumed. */
  | { readonly kind: 'stream'; readonly tables: ReadonlyMap<string, TableKey> }
  | { readonly kind: 'mark' }
  | { readonly kind: 'forget'; readonly before: JournalPosition }
  | { readonly kind: 'stop' };

export type Report =
  | { readonly kind: 'listening'; readonly port: number }
  /** `newestAt`: when the newest record of the runs before was made, in milliseconds since 1970. */
  | { readonly kind: 'streaming'; readonly newestAt: number | undefined }
  | { readonly kind: 'change'; readonly change: Change; readonly logged: LoggedChange }
  | { readonly kind: 'marked'; readonly position: JournalPosition }
  | { readonly kind: 'stopped' };
