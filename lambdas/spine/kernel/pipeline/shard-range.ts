// Reads back a range of a shard's records, of whichever stream: both number the records of a shard in rising order.

export interface ShardPage<Rec> {
  readonly records: readonly Rec[];
  /** Where the next page begins; absent at the end of the shard. */
  readonly next: string | undefined;
}

export interface ShardRange<Rec> {
  readonly records: readonly Rec[];
  /** False when the stream has dropped some of them. */
  readonly isWhole: boolean;
}

/** A page may be empty although there is more: a service limits how far it reads for one call. */
const MOST_PAGES = 100;

/**
 * @param first sequence number of the first record, where `start` begins
 * @param last that of the last one
 */
export async function readShardRange<Rec extends { readonly sequenceNumber: string }>(
  { first, last }: { readonly first: string; readonly last: string },
  start: string | undefined,
  readPage: (from: string) => Promise<ShardPage<Rec>>,
): Promise<ShardRange<Rec>> {
  const records: Rec[] = [];
  let from = start;
  for (let page = 0; from !== undefined && page < MOST_PAGES; page += 1) {
    const { records: read, next } = await readPage(from);
    const end = read.findIndex(({ sequenceNumber }) => BigInt(sequenceNumber) > BigInt(last));
    records.push(...(end === -1 ? read : read.slice(0, end)));
    if (end !== -1 || records.at(-1)?.sequenceNumber === last) break;
    from = next;
  }
  return { records, isWhole: records[0]?.sequenceNumber === first && records.at(-1)?.sequenceNumber === last };
}
