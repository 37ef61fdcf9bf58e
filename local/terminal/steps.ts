// Shows what happens: a line for each event whose commit has reached the change stream. It names streams and events only,
// because what events hold may be personal.
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { itemToCommit } from '../../lambdas/spine/aws/dynamodb/commit-item.ts';
import type { Commit } from '../../lambdas/spine/kernel/envelope.ts';
import type { LocalApplication } from '../application/local-application.ts';
import type { ChangeRecord } from '../ports.ts';

/** How many requests' start times are kept, to show how long after its request an event came. */
const mostRequests = 1_000;

/** @returns takes a record of the event table's change stream, and gives its lines to `show` */
export function showSteps(
  show: (line: string) => void,
  { subjectOf }: Pick<LocalApplication, 'subjectOf'> = {},
): (record: Pick<ChangeRecord, 'dynamodb'>) => void {
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
    const { stream, version } = commit;
    for (const [index, { type, data }] of commit.events.entries()) {
      const subject = subjectOf?.({ stream, type, data });
      show(`${after}  ${stream}@${version + index} ${type}${subject === undefined ? '' : ` for ${subject}`}`);
    }
  };
}
