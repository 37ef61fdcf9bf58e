// The event stream on Kinesis: bundles of hints, one lane a partition key. Within a call a lane has at most one record, so
// that a record that has to be sent again is never overtaken by a later one of its lane.
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import type { BundleLimits } from '../../kernel/bundle.ts';
import { bundles } from '../../kernel/bundle.ts';
import { requestHandler } from '../request-handler.ts';
import { type EncodedHint, encodeBundle } from '../wire/bundle-codec.ts';
import { sendWithRetry } from '../wire/send-with-retry.ts';
import { laneOf } from './lane.ts';

/** A record may have 1 MiB and a call 5 MiB and 500 records (Kinesis Data Streams quotas); lanes are far fewer. */
const RECORD_LIMITS: BundleLimits = { bytes: 250_000, hints: 500 };

export interface EventStream {
  /** Puts the hints on the stream, in order within a lane. Returns the streams whose hints did not all get through. */
  put(hints: readonly EncodedHint[]): Promise<ReadonlySet<string>>;
}

/** HTTP/1.1: the client's default is HTTP/2, whose idle sessions a frozen function loses, and which local servers lack. */
export const kinesisClient = (): KinesisClient => new KinesisClient({ requestHandler: requestHandler(10_000) });

interface LaneBundle {
  readonly lane: number;
  readonly hints: readonly EncodedHint[];
}

export function kinesisEventStream(client: KinesisClient, streamName: string, lanes: number): EventStream {
  const send = async (records: readonly LaneBundle[]): Promise<readonly LaneBundle[]> => {
    const { Records } = await client.send(
      new PutRecordsCommand({
        StreamName: streamName,
        Records: records.map(({ lane, hints }) => ({
          PartitionKey: String(lane),
          ExplicitHashKey: hashKeyOf(lane, lanes),
          Data: Buffer.from(encodeBundle(hints)),
        })),
      }),
    );
    return records.filter((_, index) => Records?.[index]?.SequenceNumber === undefined);
  };
  return {
    async put(hints) {
      const waiting = byLane(hints, lanes).map(({ lane, hints: ofLane }) =>
        bundles(ofLane, RECORD_LIMITS).map((bundle) => ({ lane, hints: bundle })),
      );
      const lost = new Set<string>();
      for (let round = 0; waiting.some((bundle) => bundle[round]); round += 1) {
        const records = waiting.flatMap((ofLane) => ofLane[round] ?? []);
        const failed = await sendWithRetry(records, send);
        if (failed.length === 0) continue;
        const unsent = waiting.filter((ofLane) => failed.some(({ lane }) => lane === ofLane[round]?.lane));
        for (const bundle of unsent.flatMap((ofLane) => ofLane.splice(round))) {
          for (const { stream } of bundle.hints) lost.add(stream);
        }
      }
      return lost;
    },
  };
}

function byLane(hints: readonly EncodedHint[], lanes: number): { lane: number; hints: EncodedHint[] }[] {
  const groups = Map.groupBy(hints, ({ stream }) => laneOf(stream, lanes));
  return [...groups].map(([lane, ofLane]) => ({ lane, hints: ofLane }));
}

/** Spreads the lanes evenly over the shards, whose hash ranges cut the 128-bit key space into equal parts. */
const hashKeyOf = (lane: number, lanes: number): string => String((BigInt(lane) << 128n) / BigInt(lanes));
