// What a pipeline of full rows would carry for the same events: the row before and after, as change data capture has it.

import { type OrderView, orderDetail } from '../../lambdas/shop/orders/order-detail.ts';
import type { Commit } from '../../lambdas/spine/kernel/envelope.ts';
import { foldCommit, type Row } from '../../lambdas/spine/kernel/projections/projection.ts';

/** Bytes a commit, as JSON, without an envelope. */
export function changeRecordBytes(commits: readonly Commit[]): number {
  const rows = new Map<string, Row<OrderView>>();
  let bytes = 0;
  for (const commit of commits) {
    const before = rows.get(commit.stream);
    const after = foldCommit(orderDetail, before, commit);
    rows.set(commit.stream, after);
    bytes += Buffer.byteLength(JSON.stringify({ before: before?.part ?? null, after: after.part }));
  }
  return bytes / commits.length;
}
