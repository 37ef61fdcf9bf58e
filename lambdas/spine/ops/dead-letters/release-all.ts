import type { DeadLetterQueue, DeadMessage } from '../../aws/sqs/dead-letter-queue.ts';
import { logger } from '../../runtime/logger.ts';

/** Shows messages to others again. What cannot be released is hidden a little longer: it never throws. */
export async function releaseAll(queue: DeadLetterQueue, taken: readonly (readonly DeadMessage[])[]): Promise<void> {
  const released = taken.filter((batch) => batch.length > 0).map((batch) => queue.release(batch));
  for (const each of await Promise.allSettled(released)) {
    if (each.status === 'rejected') logger.warn('Dead letters stay hidden for a while', { error: each.reason });
  }
}
