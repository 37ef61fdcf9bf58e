// The messages between the host and the thread that runs DynamoDB.
import type { ChangeRecord } from '../../ports.ts';
import type { JournalPosition } from './intent-journal.ts';
import type { TableKey } from './key-schema.ts';
import type { Change } from './write-recorder.ts';

export interface ThreadData {
  readonly storeFolder: string;
  readonly journalFile: string;
  readonly keptRecordsFile: string;
}

export type Instruction =
  /** Records the writes to these tables from now on, after the changes that the last run left unconsumed. */
  | { readonly kind: 'stream'; readonly tables: ReadonlyMap<string, TableKey> }
  /** Keeps records that were given up, to be read back. */
  | { readonly kind: 'keep'; readonly records: readonly ChangeRecord[] }
  | { readonly kind: 'mark' }
  | { readonly kind: 'forget'; readonly before: JournalPosition }
  | { readonly kind: 'stop' };

export type Report =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'streaming' }
  | { readonly kind: 'kept' }
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'marked'; readonly position: JournalPosition }
  | { readonly kind: 'stopped' };
