// The event stream on Kinesis: a lane's hints in one record, a lane always in the same shard.
import type { KinesisStreamEvent } from 'aws-lambda';
import type { EventStream } from '../../../aws/kinesis/event-stream.ts';
import { laneOf } from '../../../aws/kinesis/lane.ts';
import { encodeBundle, type WireVersion } from '../../../aws/wire/bundle-codec.ts';
import type { Instance } from '../functions/instance.ts';
import type { Shard, SimulatedStream, StreamRecord } from './stream.ts';

const LANES = 4;

export const eventStreamOf = (
  { call }: Instance,
  stream: SimulatedStream<string>,
  wireVersion: WireVersion,
): EventStream => ({
  async put(hints) {
    const refused: string[] = [];
    let code = 'InternalFailure';
    for (const [lane, ofLane] of Map.groupBy(hints, (hint) => laneOf(hint.stream, LANES))) {
      try {
        await call(
          `put ${ofLane.map((hint) => `${hint.stream}@${hint.wire.v}`).join(', ')}`,
          { service: stream.name },
          () => stream.put(lane, encodeBundle(ofLane, wireVersion)),
        );
      } catch (error) {
        code = error instanceof Error ? error.name : code;
        refused.push(...ofLane.map((hint) => hint.stream));
      }
    }
    return { streams: new Set(refused), codes: refused.length > 0 ? [code] : [], isOpen: false };
  },
});

export const kinesisEvent = (records: readonly StreamRecord<string>[], { id }: Shard<string>): KinesisStreamEvent =>
  ({
    Records: records.map(({ sequenceNumber, data }) => ({
      eventID: `${id}:${sequenceNumber}`,
      eventSourceARN: 'arn:aws:kinesis:local:0:stream/events',
      kinesis: { sequenceNumber, data: Buffer.from(data).toString('base64'), partitionKey: '' },
    })),
  }) as unknown as KinesisStreamEvent;
