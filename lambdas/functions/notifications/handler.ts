// E-mails about the orders of a batch: those of one order one after the other, different orders in parallel. An order whose
// e-mails have to wait takes only its own messages with it.
import type { SQSEvent } from 'aws-lambda';
import pMap from 'p-map';
import { decodeBundle } from '../../adapters/wire/bundle-codec.ts';
import type { Hint } from '../../kernel/bundle.ts';
import { type BatchResponse, failedMessages } from '../../runtime/batch-response.ts';
import { logger } from '../../runtime/logger.ts';
import { type Delivered, readMessages } from '../../runtime/queue-messages.ts';
import { type NotificationPorts, notifyCustomer } from './notify-customer.ts';

/** How many orders' e-mails are sent at once: few, because SES allows an account so many a second and no more. */
const PARALLEL_ORDERS = 5;

export function notifyCustomers(ports: NotificationPorts): (event: SQSEvent) => Promise<BatchResponse> {
  return async ({ Records }) => {
    const failedIds = new Set<string>();
    const delivered = readMessages(Records, decodeBundle, failedIds);
    const byOrder = Map.groupBy(delivered, ({ content }) => content.stream);
    const notify = async ([stream, ofOrder]: [string, Delivered<Hint>[]]) => {
      const hints = ofOrder.map(({ content }) => content);
      if (await isSettled(stream, hints)) return;
      for (const { messageId } of ofOrder) failedIds.add(messageId);
    };
    await pMap(byOrder, notify, { concurrency: PARALLEL_ORDERS });
    return failedMessages([...failedIds]);
  };

  async function isSettled(stream: string, hints: readonly Hint[]): Promise<boolean> {
    const correlationIds = hints.map(({ correlationId }) => correlationId);
    try {
      if ((await notifyCustomer(ports, stream, hints)) === 'settled') return true;
      logger.info('Another run is mailing about this order', { stream, correlationIds });
    } catch (error) {
      logger.error('An e-mail could not be sent and will be tried again', { error, stream, correlationIds });
    }
    return false;
  }
}
