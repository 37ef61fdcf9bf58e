import { sqsClient, sqsSubscriptionQueue } from '../../adapters/sqs/subscription-queue.ts';
import { queueUrlVariable, SUBSCRIPTIONS } from '../../bindings/environment.ts';
import type { Subscription } from '../../kernel/subscription.ts';
import { batchHandler } from '../../runtime/batch-handler.ts';
import { required } from '../../runtime/environment.ts';
import { fanOut } from './handler.ts';

const client = sqsClient();
const subscriptions: readonly Subscription[] = JSON.parse(required(SUBSCRIPTIONS));

export const handler = batchHandler(
  fanOut(
    subscriptions.map(({ name, categories }) => ({
      name,
      categories,
      queue: sqsSubscriptionQueue(client, required(queueUrlVariable(name))),
    })),
  ),
);
