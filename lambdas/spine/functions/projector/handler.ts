// Brings the rows of one read model up to the hints of a batch: one write a stream, however many of its commits came. A
// stream that fails is parted from the others of its message.
//
// Then, and not before, the edge is told: tags that overtook their write would be invalidated while the edge could still
// fetch the old row. It is told of rows that needed no write too: an earlier run may have died between write and telling,
// or a query may have caught the row up.

import { decodeBundle } from '../../aws/wire/bundle-codec.ts';
import type { Hint } from '../../kernel/pipeline/bundle.ts';
import type { InvalidationQueue } from '../../kernel/pipeline/invalidation.ts';
import type { OwnQueue } from '../../kernel/pipeline/own-queue.ts';
import { catchUp, type ProjectionPorts } from '../../kernel/projections/catch-up.ts';
import type { Projection, Row } from '../../kernel/projections/projection.ts';
import { type BatchWorker, batchWorker } from '../../runtime/batch-worker.ts';
import type { LagPorts } from '../../runtime/lag.ts';
import type { LastFailurePorts } from '../../runtime/last-failures.ts';

/** How many streams are brought up to date at once. */
const PARALLEL_STREAMS = 20;

export interface ProjectorPorts<Part> extends ProjectionPorts<Part> {
  readonly ownQueue: OwnQueue;
  /** `undefined` on a stage without an edge. */
  readonly invalidations: InvalidationQueue | undefined;
  readonly lag?: LagPorts;
  readonly lastFailures?: LastFailurePorts;
  now(): Date;
}

export function projector<Part>(projection: Projection<Part>, ports: ProjectorPorts<Part>): BatchWorker {
  return (event, invocation) => {
    const rows: Row<Part>[] = [];
    const worker = batchWorker<Hint>({
      parse: decodeBundle,
      keyOf: ({ stream }) => stream,
      concurrency: PARALLEL_STREAMS,
      async work(stream, hints) {
        rows.push(await catchUp(ports, projection, stream, hints));
      },
      conclude: () => tellEdge(projection, ports, rows),
      handOn: (hints) => ports.ownQueue.handOn(hints),
      lag: ports.lag,
      lastFailures: ports.lastFailures,
    });
    return worker(event, invocation);
  };
}

async function tellEdge<Part>(
  projection: Projection<Part>,
  { invalidations, now }: ProjectorPorts<Part>,
  rows: readonly Row<Part>[],
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
