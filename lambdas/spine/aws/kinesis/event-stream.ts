// The event stream on Kinesis: bundles of hints, one lane a partition key. Within a call a lane has at most one record, so
// that a record that has to be sent again is never overtaken by a later one of its lane.
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import type { BundleLimits } from '../../kernel/pipeline/bundle.ts';
import { bundles } from '../../kernel/pipeline/bundle.ts';
import { requestHandler } from '../request-handler.ts';
import { type EncodedHint, encodeBundle, type WireVersion } from '../wire/bundle-codec.ts';
import { deliver, type Transport, type Undelivered } from '../wire/delivery.ts';
import { inSmallerBundles, type UndeliveredHints, undeliveredHints } from '../wire/undelivered-hints.ts';
import { laneOf } from './lane.ts';

/** A record may have 1 MiB and a call 5 MiB and 500 records (Kinesis Data Streams quotas); lanes are far fewer. Packed it is less. */
const RECORD_LIMITS: BundleLimits = { bytes: 250_000, hints: 500 };

/** For all that a batch has, which may take more than one call. */
const MOST_MILLIS = 12_000;

export interface EventStream {
  /**
   * Puts the hints on the stream, in order within a lane. What Kinesis refuses for its content is taken apart until a hint goes
   * without its events. Never throws.
   */
  put(hints: readonly EncodedHint[]): Promise<UndeliveredHints>;
}

/** HTTP/1.1: the client's default is HTTP/2, whose idle sessions a frozen function loses, and which local servers lack. */
export const kinesisClient = (): KinesisClient => new KinesisClient({ requestHandler: requestHandler(10_000) });

interface LaneBundle {
  readonly lane: number;
  readonly hints: readonly EncodedHint[];
}

/** @param wireVersion the newest that every running version of the fan-out reads */
export function kinesisEventStream(
  client: KinesisClient,
  streamName: string,
  lanes: number,
  wireVersion: WireVersion = 1,
): EventStream {
  const transport: Transport<LaneBundle> = {
    async send(records, abortSignal) {
      const command = new PutRecordsCommand({
        StreamName: streamName,
        Records: records.map(({ lane, hints }) => ({
          PartitionKey: String(lane),
          ExplicitHashKey: hashKeyOf(lane, lanes),
          Data: Buffer.from(encodeBundle(hints, wireVersion)),
        })),
      });
      const { Records = [] } = await client.send(command, { abortSignal });
      return records.flatMap((entry, index) => {
        const { SequenceNumber, ErrorCode: code = 'unknown' } = Records[index] ?? {};
        // Kinesis refuses one record of a call for its throughput or for a failure of its own, and the call for its content.
        return SequenceNumber === undefined ? [{ entry, refusal: 'passing', code }] : [];
      });
    },
    takeApart: ({ lane, hints }) => inSmallerBundles(hints).map((part) => ({ lane, hints: part })),
  };
  return {
    async put(hints) {
      const waiting = byLane(hints, lanes).map(({ lane, hints: ofLane }) =>
        bundles(ofLane, RECORD_LIMITS).map((bundle) => ({ lane, hints: bundle })),
      );
      const undelivered: Undelivered<LaneBundle>[] = [];
      const signal = AbortSignal.timeout(MOST_MILLIS);
      for (let round = 0; waiting.some((bundle) => bundle[round]); round += 1) {
        const records = waiting.flatMap((ofLane) => ofLane[round] ?? []);
        const failed = await deliver(records, transport, signal);
        undelivered.push(...failed);
        for (const { entry, refusal, code } of failed) {
          // Where Kinesis cannot take more, the lane stops here; a refusal for content holds nothing up.
          if (refusal === 'content') continue;
          const ofLane = waiting.find(([first]) => first?.lane === entry.lane) ?? [];
          undelivered.push(...ofLane.splice(round + 1).map((left) => ({ entry: left, refusal, code })));
        }
      }
      return undeliveredHints(undelivered);
    },
  };
}

function byLane(hints: readonly EncodedHint[], lanes: number): { lane: number; hints: EncodedHint[] }[] {
  const groups = Map.groupBy(hints, ({ stream }) => laneOf(stream, lanes));
  return [...groups].map(([lane, ofLane]) => ({ lane, hints: ofLane }));
}

/** Spreads the lanes evenly over the shards, whose hash ranges cut the 128-bit key space into equal parts. */
const hashKeyOf = (lane: number, lanes: number): string => String((BigInt(lane) << 128n) / BigInt(lanes));
