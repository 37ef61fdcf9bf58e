import { sqsClient, sqsSubscriptionQueue } from '../../adapters/sqs/subscription-queue.ts';
import { hintsPerMessageVariable, queueUrlVariable } from '../../bindings/environment.ts';
import { batchHandler } from '../../runtime/batch-handler.ts';
import { required, requiredCount } from '../../runtime/environment.ts';
import { subscriptions } from '../../subscriptions.ts';
import { fanOut } from './handler.ts';

const client = sqsClient();

export const handler = batchHandler(
  fanOut(
    subscriptions.map(({ name, categories }) => ({
      name,
      categories,
      queue: sqsSubscriptionQueue(
        client,
        required(queueUrlVariable(name)),
        requiredCount(hintsPerMessageVariable(name)),
      ),
    })),
  ),
);
