// Brings the rows of one read model up to the hints of a batch: one write a stream, however many of its commits came. A
// stream that fails takes only its own messages with it.
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import pMap from 'p-map';
import { decodeBundle } from '../../adapters/wire/bundle-codec.ts';
import type { Hint } from '../../kernel/bundle.ts';
import { catchUp, type ProjectionPorts } from '../../kernel/catch-up.ts';
import type { Projection } from '../../kernel/projection.ts';
import { type BatchResponse, failedMessages } from '../../runtime/batch-response.ts';
import { logger } from '../../runtime/logger.ts';

/** How many streams are brought up to date at once. */
const PARALLEL_STREAMS = 20;

export function projector<View>(
  projection: Projection<View>,
  ports: ProjectionPorts<View>,
): (event: SQSEvent) => Promise<BatchResponse> {
  return async ({ Records }) => {
    const failedIds = new Set<string>();
    const delivered = Records.flatMap((record) => hintsOf(record, failedIds));
    const byStream = Map.groupBy(delivered, ({ hint }) => hint.stream);
    const project = async ([stream, ofStream]: [string, Delivered[]]) => {
      const hints = ofStream.map(({ hint }) => hint);
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

interface Delivered {
  readonly messageId: string;
  readonly hint: Hint;
}

function hintsOf({ messageId, body }: SQSRecord, failedIds: Set<string>): Delivered[] {
  try {
    return decodeBundle(body).map((hint) => ({ messageId, hint }));
  } catch (error) {
    logger.error('A message is no bundle', { error, messageId });
    failedIds.add(messageId);
    return [];
  }
}
