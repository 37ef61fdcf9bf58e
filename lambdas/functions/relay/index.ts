import { kinesisClient, kinesisEventStream } from '../../adapters/kinesis/event-stream.ts';
import { EVENT_STREAM, LANES } from '../../bindings/environment.ts';
import { batchHandler } from '../../runtime/batch-handler.ts';
import { required, requiredCount } from '../../runtime/environment.ts';
import { relay } from './handler.ts';

export const handler = batchHandler(
  relay(kinesisEventStream(kinesisClient(), required(EVENT_STREAM), requiredCount(LANES))),
);
