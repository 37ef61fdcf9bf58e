import { kinesisClient, kinesisEventStream } from '../../aws/kinesis/event-stream.ts';
import { sqsRedriveQueue } from '../../aws/sqs/redrive-queue.ts';
import { sqsClient } from '../../aws/sqs/subscription-queue.ts';
import { wireVersionOf } from '../../aws/wire/bundle-codec.ts';
import { EVENT_STREAM, LANES, RELAY_FAILURES_URL, WIRE_VERSION } from '../../bindings/environment.ts';
import { batchHandler } from '../../runtime/batch-handler.ts';
import { required, requiredCount } from '../../runtime/environment.ts';
import { relay } from './handler.ts';

export const handler = batchHandler(
  relay({
    stream: kinesisEventStream(
      kinesisClient(),
      required(EVENT_STREAM),
      requiredCount(LANES),
      wireVersionOf(requiredCount(WIRE_VERSION)),
    ),
    redrive: sqsRedriveQueue(sqsClient(), required(RELAY_FAILURES_URL)),
  }),
);
