// Which records Kinesis has taken, by shard, for those who read its streams.

/** A record that a shard has taken. */
export interface Arrival {
  readonly stream: string;
  readonly shardId: string;
}

type Listener = (arrival: Arrival) => void;

interface PutRequest {
  readonly StreamName?: string;
  readonly StreamARN?: string;
}

/** An entry of the answer to PutRecords, or the whole answer to PutRecord; a refused entry has no shard. */
interface PutResult {
  readonly ShardId?: string;
}

export class Arrivals {
  readonly #listeners: Listener[] = [];

  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** Takes note of the records in a request to put some, by what was answered. */
  note(requestBody: string, responseBody: string): void {
    const { StreamName, StreamARN } = JSON.parse(requestBody) as PutRequest;
    const stream = StreamName ?? StreamARN?.split(':stream/')[1] ?? '';
    const answer = JSON.parse(responseBody) as PutResult & { readonly Records?: readonly PutResult[] };
    for (const { ShardId: shardId } of answer.Records ?? [answer])
      if (shardId !== undefined) for (const listener of this.#listeners) listener({ stream, shardId });
  }
}
