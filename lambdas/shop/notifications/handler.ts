// E-mails about the orders of a batch: those of one order one after the other, different orders in parallel. What the mail service
// does not take now comes again later, by a message of its own: no order waits for another's, and waiting uses up no delivery.

import { decodeBundle } from '../../spine/aws/wire/bundle-codec.ts';
import type { Hint } from '../../spine/kernel/pipeline/bundle.ts';
import type { LaterHints } from '../../spine/kernel/pipeline/later-hints.ts';
import type { OwnQueue } from '../../spine/kernel/pipeline/own-queue.ts';
import { type BatchWorker, batchWorker } from '../../spine/runtime/batch-worker.ts';
import { longestInvocation } from '../../spine/runtime/invocation.ts';
import { logger } from '../../spine/runtime/logger.ts';
import type { EmailFate, EmailFigures } from './figures.ts';
import { type NotificationPorts, notifyCustomer } from './notify-customer.ts';
import { pauseInSeconds } from './pauses.ts';
import type { Unsettled } from './unsettled.ts';

/** How many orders are worked on at once: they wait for their turns to send, so few are enough to keep the pace. */
const PARALLEL_ORDERS = 5;

/** All sends have ended after that share of the time, so that what came of them is recorded before the invocation's end. */
const SENDING_SHARE = 0.85;

export interface NotifierPorts extends NotificationPorts {
  readonly ownQueue: OwnQueue;
  readonly later: LaterHints;
  publish(figures: EmailFigures): void;
}

export function notifyCustomers(ports: NotifierPorts): BatchWorker {
  return async (event, invocation = longestInvocation) => {
    const endsAt = new Date(ports.now().getTime() + invocation.remainingInMillis() * SENDING_SHARE);
    const figures: Partial<Record<EmailFate, number>> = {};
    const count = (fate: EmailFate) => {
      figures[fate] = (figures[fate] ?? 0) + 1;
    };
    const worker = batchWorker<Hint>({
      parse: decodeBundle,
      keyOf: ({ stream }) => stream,
      concurrency: PARALLEL_ORDERS,
      async work(stream, hints) {
        const result = await notifyCustomer({ ...ports, count, endsAt }, stream, hints);
        if (result.kind !== 'settled') await comeAgain(newestOf(hints), result);
      },
      handOn: (hints) => ports.ownQueue.handOn(hints),
    });
    const response = await worker(event, invocation);
    ports.publish(figures);
    return response;
  };

  async function comeAgain(hint: Hint, reason: Unsettled): Promise<void> {
    const delayInSeconds = pauseInSeconds(reason, ports.now(), ports.random());
    await ports.later.send(hint, delayInSeconds);
    const { stream, correlationId } = hint;
    logger.info('E-mails of an order wait', { stream, correlationId, delayInSeconds, ...reason });
  }
}

const newestOf = (hints: readonly Hint[]): Hint =>
  hints.reduce((newest, hint) => (hint.version > newest.version ? hint : newest));
