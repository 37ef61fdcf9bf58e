// What a hop could not pass on, and is to be passed on later: by the names of the streams, because the event table has the rest.

export interface StreamsToRedrive {
  readonly kind: 'streams';
  /** Whose queue did not take them; absent for what did not reach the event stream, and so nobody. */
  readonly subscriber?: string;
  readonly streams: readonly string[];
}

/** Records that were not processed: of which streams, only the records themselves tell. */
export interface RecordsToRedrive {
  readonly kind: 'records';
  readonly source: 'change-stream' | 'event-stream';
  readonly streamArn: string;
  readonly shardId: string;
  /** Sequence numbers of the first and the last record, which are all those between in the shard. */
  readonly first: string;
  readonly last: string;
}

export type ToRedrive = StreamsToRedrive | RecordsToRedrive;

export const streamsIn = (what: readonly ToRedrive[]): ReadonlySet<string> =>
  new Set(what.flatMap((each) => (each.kind === 'streams' ? each.streams : [])));

export interface RedriveQueue {
  /** @returns what the queue did not take; a stream's name may have been taken and be among it. It never throws. */
  send(what: readonly ToRedrive[]): Promise<readonly ToRedrive[]>;
}
