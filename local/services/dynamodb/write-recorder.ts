// Stands before dynalite and records the writes to tables with a change stream, which dynalite does not have. A PutItem becomes a
// recorded change; any other write to such a table is refused, because its record would be missing.

import type { IntentJournal } from './intent-journal.ts';
import { keyOf, type TableKey } from './key-schema.ts';
import { Turns } from './turns.ts';
import { type Answer, success, validationError, type WireItem, type WireRequest, type WireResponse } from './wire.ts';

/** A write that a table with a change stream has taken. */
export interface Change {
  readonly table: string;
  readonly key: WireItem;
  readonly item: WireItem;
  /** What stood there before; nothing for an insert. */
  readonly oldItem?: WireItem;
  readonly eventName: 'INSERT' | 'MODIFY';
}

interface Write {
  readonly TableName?: string;
  readonly Item?: WireItem;
  readonly ReturnValues?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName?: string }>>[];
}

const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);

export class WriteRecorder {
  /** The tables with a change stream and their keys. */
  streamedTables: ReadonlyMap<string, TableKey> = new Map();
  readonly #dynalite: Answer;
  readonly #journal: IntentJournal;
  readonly #emit: (change: Change) => void;
  readonly #turns = new Turns();

  constructor(dynalite: Answer, journal: IntentJournal, emit: (change: Change) => void) {
    this.#dynalite = dynalite;
    this.#journal = journal;
    this.#emit = emit;
  }

  async answer(request: WireRequest): Promise<WireResponse> {
    if (!writes.has(request.operation)) return await this.#dynalite(request);
    const write = parsed(request.body);
    const table = tablesOf(write).find((name) => this.streamedTables.has(name));
    const tableKey = table === undefined ? undefined : this.streamedTables.get(table);
    if (table === undefined || tableKey === undefined) return await this.#dynalite(request);
    if (request.operation !== 'PutItem')
      return validationError(
        `A table with a change stream takes PutItem only here, where no other write is recorded: ${request.operation} on ${table}`,
      );
    const item = write.Item ?? {};
    const key = keyOf(item, tableKey);
    if (key === undefined) return await this.#dynalite(request);
    // Puts under one partition key take turns, so that their records come in the order of the commits.
    return await this.#turns.take(`${table} ${JSON.stringify(item[tableKey.partition])}`, () =>
      this.#put(request, write, { table, key, item }),
    );
  }

  async #put(request: WireRequest, write: Write, change: Omit<Change, 'eventName' | 'oldItem'>): Promise<WireResponse> {
    const noted = this.#journal.open({ table: change.table, key: change.key });
    const response = await this.#dynalite({ ...request, body: JSON.stringify({ ...write, ReturnValues: 'ALL_OLD' }) });
    if (response.status !== 200) {
      this.#journal.settle(noted);
      return response;
    }
    const { Attributes: old, ...result } = JSON.parse(response.body) as { readonly Attributes?: WireItem };
    this.#emit(
      old === undefined ? { ...change, eventName: 'INSERT' } : { ...change, eventName: 'MODIFY', oldItem: old },
    );
    this.#journal.settle(noted);
    if (old === undefined || write.ReturnValues === 'ALL_OLD') return response;
    return success(result);
  }
}

/** The write; nothing for a request that is not JSON, which dynalite answers. */
function parsed(body: string): Write {
  try {
    return (JSON.parse(body) ?? {}) as Write;
  } catch {
    return {};
  }
}

const tablesOf = ({ TableName, RequestItems, TransactItems }: Write): string[] =>
  [
    TableName,
    ...Object.keys(RequestItems ?? {}),
    ...(TransactItems ?? []).flatMap((action) => Object.values(action).map((part) => part.TableName)),
  ].filter((table) => table !== undefined);
