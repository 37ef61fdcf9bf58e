// Runs the process of every order that a batch has something about; an order that fails takes only its own messages with it.
import type { SQSEvent } from 'aws-lambda';
import pMap from 'p-map';
import type { QueuedTimer } from '../../adapters/sqs/timer-queue.ts';
import { orderFulfilmentProcess } from '../../domain/fulfilment/process.ts';
import { orderDecider } from '../../domain/order/decider.ts';
import { runProcess } from '../../kernel/process-manager.ts';
import { type BatchResponse, failedMessages } from '../../runtime/batch-response.ts';
import { logger } from '../../runtime/logger.ts';
import { type Delivered, readMessages } from '../../runtime/queue-messages.ts';
import { commandSender } from './commands.ts';
import { commitsOf, type HeardOfOrder, hear } from './hear.ts';
import { type Content, contentsOf, orderIdOf } from './messages.ts';
import { performer } from './perform.ts';
import type { FulfilmentPorts } from './ports.ts';

/** How many orders are carried on at once. */
const PARALLEL_ORDERS = 20;

export function fulfilOrders(ports: FulfilmentPorts): (event: SQSEvent) => Promise<BatchResponse> {
  const perform = performer(ports, commandSender(ports, ports.newId));

  const run = (orderId: string, { heard, correlationId }: HeardOfOrder) => {
    const stream = `${orderFulfilmentProcess.decider.category}-${orderId}`;
    return runProcess({ ...ports, perform }, orderFulfilmentProcess, stream, heard, correlationId);
  };

  const carryOn = async (orderId: string, delivered: readonly Delivered<Content>[]): Promise<void> => {
    const hints = delivered.flatMap(({ content }) => ('hint' in content ? [content.hint] : []));
    const about = hear(await commitsOf(ports.store, hints));
    const state = about && (await run(orderId, about));
    if (state?.stage === 'none') {
      const whole = hear(await Array.fromAsync(ports.store.readForward(`${orderDecider.category}-${orderId}`, 0)));
      if (whole) await run(orderId, whole);
    }
    for (const { content } of delivered) if ('timer' in content) await ring(content.timer);
  };

  const ring = async (timer: QueuedTimer): Promise<void> => {
    const now = ports.now().toISOString();
    if (now < timer.dueAt) return ports.timers.schedule(timer);
    await run(timer.orderId, { heard: [{ input: { type: 'TimerRang', now } }], correlationId: timer.correlationId });
  };

  return async ({ Records }) => {
    const failedIds = new Set<string>();
    const byOrder = Map.groupBy(readMessages(Records, contentsOf, failedIds), ({ content }) => orderIdOf(content));
    const task = async ([orderId, delivered]: [string, Delivered<Content>[]]) => {
      try {
        await carryOn(orderId, delivered);
      } catch (error) {
        logger.error('A fulfilment could not go on and will be tried again', { error, orderId });
        for (const { messageId } of delivered) failedIds.add(messageId);
      }
    };
    await pMap(byOrder, task, { concurrency: PARALLEL_ORDERS });
    return failedMessages([...failedIds]);
  };
}
