// What the routes of dead letters depend on.
import type { DeadLetterQueue } from '../../aws/sqs/dead-letter-queue.ts';
import type { DeadLetterNotes } from '../../kernel/pipeline/dead-letter.ts';

export interface DeadLetterPorts {
  /** The hops of the pipeline, from the event table on. */
  readonly subscribers: readonly string[];
  /** The dead-letter queue of one of them. */
  queueOf(subscriber: string): Promise<DeadLetterQueue>;
  readonly notes: DeadLetterNotes;
  now(): Date;
}
