import { sqsRedriveQueue } from '../../aws/sqs/redrive-queue.ts';
import { sqsClient, sqsSubscriptionQueue } from '../../aws/sqs/subscription-queue.ts';
import { wireVersionOf } from '../../aws/wire/bundle-codec.ts';
import {
  FAN_OUT_FAILURES_URL,
  hintsPerMessageVariable,
  queueUrlVariable,
  SUBSCRIPTIONS,
  WIRE_VERSION,
} from '../../bindings/environment.ts';
import type { Subscription } from '../../kernel/pipeline/subscription.ts';
import { batchHandler } from '../../runtime/batch-handler.ts';
import { required, requiredCount } from '../../runtime/environment.ts';
import { fanOut } from './handler.ts';

const client = sqsClient();
const wireVersion = wireVersionOf(requiredCount(WIRE_VERSION));
const subscriptions: readonly Subscription[] = JSON.parse(required(SUBSCRIPTIONS));

export const handler = batchHandler(
  fanOut({
    subscribers: subscriptions.map((subscription) => ({
      ...subscription,
      queue: sqsSubscriptionQueue(
        client,
        required(queueUrlVariable(subscription.name)),
        requiredCount(hintsPerMessageVariable(subscription.name)),
        wireVersion,
      ),
    })),
    redrive: sqsRedriveQueue(client, required(FAN_OUT_FAILURES_URL)),
    now: () => new Date(),
  }),
);
