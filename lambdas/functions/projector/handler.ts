// Brings the rows of one read model up to the hints of a batch: one write a stream, however many of its commits came. A
// stream that fails takes only its own messages with it.
import type { SQSEvent } from 'aws-lambda';
import pMap from 'p-map';
import { decodeBundle } from '../../adapters/wire/bundle-codec.ts';
import type { Hint } from '../../kernel/bundle.ts';
import { catchUp, type ProjectionPorts } from '../../kernel/catch-up.ts';
import type { Projection } from '../../kernel/projection.ts';
import { type BatchResponse, failedMessages } from '../../runtime/batch-response.ts';
import { logger } from '../../runtime/logger.ts';
import { type Delivered, readMessages } from '../../runtime/queue-messages.ts';

/** How many streams are brought up to date at once. */
const PARALLEL_STREAMS = 20;

export function projector<View>(
  projection: Projection<View>,
  ports: ProjectionPorts<View>,
): (event: SQSEvent) => Promise<BatchResponse> {
  return async ({ Records }) => {
    const failedIds = new Set<string>();
    const delivered = readMessages(Records, decodeBundle, failedIds);
    const byStream = Map.groupBy(delivered, ({ content }) => content.stream);
    const project = async ([stream, ofStream]: [string, Delivered<Hint>[]]) => {
      const hints = ofStream.map(({ content }) => content);
      try {
        await catchUp(ports, projection, stream, hints);
      } catch (error) {
        const correlationIds = hints.map(({ correlationId }) => correlationId);
        logger.error('A stream could not be projected', { error, stream, correlationIds });
        for (const { messageId } of ofStream) failedIds.add(messageId);
      }
    };
    await pMap(byStream, project, { concurrency: PARALLEL_STREAMS });
    return failedMessages([...failedIds]);
  };
}
