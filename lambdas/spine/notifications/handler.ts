// Notifications about the streams of a batch: those of one stream one after the other, different streams in parallel. What the mail
// service does not take now comes again later, by a message of its own: no stream waits for another's, and waiting uses up no delivery.

import { decodeBundle } from '../aws/wire/bundle-codec.ts';
import type { Hint } from '../kernel/pipeline/bundle.ts';
import type { LaterHints } from '../kernel/pipeline/later-hints.ts';
import type { OwnQueue } from '../kernel/pipeline/own-queue.ts';
import { type BatchWorker, batchWorker } from '../runtime/batch-worker.ts';
import { longestInvocation } from '../runtime/invocation.ts';
import type { LagPorts } from '../runtime/lag.ts';
import type { LastFailurePorts } from '../runtime/last-failures.ts';
import { logger } from '../runtime/logger.ts';
import type { Outcome, OutcomeCounts } from './metrics.ts';
import type { Notifications } from './notification.ts';
import { type NotificationPorts, notifyRecipient } from './notify-recipient.ts';
import { pauseInSeconds } from './pauses.ts';
import type { Unsettled } from './unsettled.ts';

/** How many streams are worked on at once: they wait for their turns to send, so few are enough to keep the pace. */
const PARALLEL_STREAMS = 5;

/** Share of the time after which all sends have ended, so that their outcomes are recorded before the invocation ends. */
const SENDING_SHARE = 0.85;

export interface NotifierPorts extends NotificationPorts {
  readonly ownQueue: OwnQueue;
  readonly later: LaterHints;
  readonly lag?: LagPorts;
  readonly lastFailures?: LastFailurePorts;
  publish(counts: OutcomeCounts): void;
}

export function notifier(declaration: Notifications, ports: NotifierPorts): BatchWorker {
  return async (event, invocation = longestInvocation) => {
    const endsAt = new Date(ports.now().getTime() + invocation.remainingInMillis() * SENDING_SHARE);
    const counts: Partial<Record<Outcome, number>> = {};
    const count = (outcome: Outcome) => {
      counts[outcome] = (counts[outcome] ?? 0) + 1;
    };
    const worker = batchWorker<Hint>({
      parse: decodeBundle,
      keyOf: ({ stream }) => stream,
      concurrency: PARALLEL_STREAMS,
      async work(stream, hints) {
        const result = await notifyRecipient(declaration, { ...ports, count, endsAt }, stream, hints);
        if (result.kind === 'settled') return undefined;
        await comeAgain(newestOf(hints), result);
        return 'waits';
      },
      handOn: (hints) => ports.ownQueue.handOn(hints),
      lag: ports.lag,
      lastFailures: ports.lastFailures,
    });
    const response = await worker(event, invocation);
    ports.publish(counts);
    return response;
  };

  async function comeAgain(hint: Hint, reason: Unsettled): Promise<void> {
    const delayInSeconds = pauseInSeconds(reason, ports.now(), ports.random());
    await ports.later.send(hint, delayInSeconds);
    const { stream, correlationId } = hint;
    logger.info('Notifications wait', { stream, correlationId, delayInSeconds, ...reason });
  }
}

const newestOf = (hints: readonly Hint[]): Hint =>
  hints.reduce((newest, hint) => (hint.version > newest.version ? hint : newest));
