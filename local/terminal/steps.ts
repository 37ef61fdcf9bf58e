// Tells what happens: a line for each event, when its commit has reached the change stream. Names streams and events alone, as
// what events hold is for nobody else to read.
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { itemToCommit } from '../../lambdas/spine/aws/dynamodb/commit-item.ts';
import type { Commit } from '../../lambdas/spine/kernel/envelope.ts';
import type { ChangeRecord } from '../ports.ts';

/** How many requests' beginnings are kept, to tell how long after it a step came. */
const mostRequests = 1_000;

/** @returns takes a record of the event table's change stream, and gives its lines to `show` */
export function showSteps(show: (line: string) => void): (record: Pick<ChangeRecord, 'dynamodb'>) => void {
  const begunAt = new Map<string, number>();
  const millisSince = ({ correlationId, time }: Commit): number => {
    const at = Date.parse(time);
    const begun = begunAt.get(correlationId);
    if (begun !== undefined) return at - begun;
    const [oldest] = begunAt.keys();
    if (begunAt.size >= mostRequests && oldest !== undefined) begunAt.delete(oldest);
    begunAt.set(correlationId, at);
    return 0;
  };
  return ({ dynamodb }) => {
    const commit = itemToCommit(dynamodb.NewImage as Record<string, AttributeValue>);
    const after = `+${millisSince(commit)} ms`.padStart(9);
    for (const [index, { type, data }] of commit.events.entries())
      show(`${after}  ${commit.stream}@${commit.version + index} ${type}${forOrder(commit.stream, data)}`);
  };
}

/** Which order an event of another stream is about, if it says so. */
function forOrder(stream: string, data: unknown): string {
  const { orderId } = (data ?? {}) as { readonly orderId?: unknown };
  return typeof orderId === 'string' && !stream.includes(orderId) ? ` for order-${orderId}` : '';
}
