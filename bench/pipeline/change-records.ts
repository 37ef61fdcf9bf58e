// What a pipeline of full rows would carry for the same events: the row before and after, as change data capture has it.
import type { Commit } from '../../lambdas/kernel/envelope.ts';
import { orderDetail } from '../../lambdas/read-models/order-detail.ts';

/** Bytes an event, as JSON, without an envelope. */
export function changeRecordBytes(commits: readonly Commit[]): number {
  const views = new Map<string, ReturnType<typeof orderDetail.evolve>>();
  let bytes = 0;
  for (const commit of commits)
    for (const event of orderDetail.codec.decode(commit)) {
      const before = views.get(commit.stream);
      const after = orderDetail.evolve(before, event);
      views.set(commit.stream, after);
      bytes += Buffer.byteLength(JSON.stringify({ before: before ?? null, after }));
    }
  return bytes / commits.length;
}
