// What a hop could not pass on and the redrive passes on later: the names of streams, because the event table has the rest.

export interface StreamsToRedrive {
  readonly kind: 'streams';
  /** Whose queue did not take them; absent if they did not reach the event stream, and so no subscriber. */
  readonly subscriber?: string;
  readonly streams: readonly string[];
}

/** Records that were not processed. Only the records themselves say which streams they are of. */
export interface RecordsToRedrive {
  readonly kind: 'records';
  readonly source: 'change-stream' | 'event-stream';
  readonly streamArn: string;
  readonly shardId: string;
  /** Sequence numbers of the first and the last record. All records between them in the shard are meant. */
  readonly first: string;
  readonly last: string;
}

export type ToRedrive = StreamsToRedrive | RecordsToRedrive;

export const streamsIn = (what: readonly ToRedrive[]): ReadonlySet<string> =>
  new Set(what.flatMap((each) => (each.kind === 'streams' ? each.streams : [])));

export interface RedriveQueue {
  /** @returns what the queue did not take, and perhaps names that it did take. Never throws. */
  send(what: readonly ToRedrive[]): Promise<readonly ToRedrive[]>;
}
