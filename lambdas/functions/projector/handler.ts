// Brings the rows of one read model up to the hints of a batch: one write a stream, however many of its commits came. A
// stream that fails takes only its own messages with it.
//
// Then, and not before, the edge is told: tags that overtook their write would be invalidated while the edge could still
// fetch the old row. It is told of rows that needed no write too: an earlier run may have died between write and telling,
// or a query may have caught the row up.
import type { SQSEvent } from 'aws-lambda';
import pMap from 'p-map';
import type { InvalidationQueue } from '../../adapters/sqs/invalidation-queue.ts';
import { decodeBundle } from '../../adapters/wire/bundle-codec.ts';
import type { Hint } from '../../kernel/bundle.ts';
import { catchUp, type ProjectionPorts } from '../../kernel/catch-up.ts';
import type { Projection, Row } from '../../kernel/projection.ts';
import { type BatchResponse, failedMessages } from '../../runtime/batch-response.ts';
import { logger } from '../../runtime/logger.ts';
import { type Delivered, readMessages } from '../../runtime/queue-messages.ts';

/** How many streams are brought up to date at once. */
const PARALLEL_STREAMS = 20;

export interface ProjectorPorts<View> extends ProjectionPorts<View> {
  /** `undefined` on a stage without an edge. */
  readonly invalidations: InvalidationQueue | undefined;
  now(): Date;
}

export function projector<View>(
  projection: Projection<View>,
  ports: ProjectorPorts<View>,
): (event: SQSEvent) => Promise<BatchResponse> {
  return async ({ Records }) => {
    const failedIds = new Set<string>();
    const fail = (failed: readonly Delivered<Hint>[]) => {
      for (const { messageId } of failed) failedIds.add(messageId);
    };
    const byStream = Map.groupBy(readMessages(Records, decodeBundle, failedIds), ({ content }) => content.stream);
    const projected: { readonly row: Row<View>; readonly ofStream: readonly Delivered<Hint>[] }[] = [];
    const project = async ([stream, ofStream]: [string, Delivered<Hint>[]]) => {
      const hints = ofStream.map(({ content }) => content);
      try {
        projected.push({ row: await catchUp(ports, projection, stream, hints), ofStream });
      } catch (error) {
        const correlationIds = hints.map(({ correlationId }) => correlationId);
        logger.error('A stream could not be projected', { error, stream, correlationIds });
        fail(ofStream);
      }
    };
    await pMap(byStream, project, { concurrency: PARALLEL_STREAMS });
    try {
      const rows = projected.map(({ row }) => row);
      await tellEdge(projection, ports, rows);
    } catch (error) {
      logger.error('The edge could not be told which rows have changed', { error, rows: projected.length });
      for (const { ofStream } of projected) fail(ofStream);
    }
    return failedMessages([...failedIds]);
  };
}

async function tellEdge<View>(
  projection: Projection<View>,
  { invalidations, now }: ProjectorPorts<View>,
  rows: readonly Row<View>[],
): Promise<void> {
  const tags = new Set(rows.flatMap((row) => projection.cacheTags(row)));
  if (!invalidations || tags.size === 0) return;
  await invalidations.send({
    collection: projection.name,
    tags: [...tags],
    changedAt: now().toISOString(),
    pass: 1,
  });
}
