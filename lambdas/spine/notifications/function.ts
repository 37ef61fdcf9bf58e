// The function that sends an application's notifications, wired to AWS.
import { ulid } from 'ulid';
import { dynamoDbClient } from '../aws/dynamodb/client.ts';
import { dynamoDbEventStore } from '../aws/dynamodb/event-store.ts';
import { executionPorts } from '../aws/execution.ts';
import { sesClient, sesMailer } from '../aws/ses/mailer.ts';
import { sqsLaterHints } from '../aws/sqs/later-hints.ts';
import { sqsOwnQueue } from '../aws/sqs/own-queue.ts';
import { sqsClient } from '../aws/sqs/subscription-queue.ts';
import {
  EVENT_TABLE,
  HINTS_PER_MESSAGE,
  NOTIFICATION_REGISTER,
  NOTIFICATIONS_PER_SECOND,
  OWN_QUEUE_URL,
  SENDER_ADDRESS,
  STAGE,
} from '../bindings/environment.ts';
import { batchHandler } from '../runtime/batch-handler.ts';
import { required, requiredCount, requiredRate } from '../runtime/environment.ts';
import { lagMetric } from '../runtime/lag.ts';
import { stageMetrics } from '../runtime/metrics.ts';
import { notifier } from './handler.ts';
import { publishOutcomes } from './metrics.ts';
import type { Notifications } from './notification.ts';
import { steadyPace } from './pace.ts';

/**
 * The handler of a function that the `Notifier` construct makes.
 *
 * @example
 * export const handler = notificationFunction(loanNotifications);
 *
 * @throws MissingVariableError when the function's environment is not the construct's
 * @throws RangeError when the manifest names another register, to which alone the function may append
 */
export function notificationFunction(declaration: Notifications) {
  const register = required(NOTIFICATION_REGISTER);
  if (register !== declaration.register)
    throw new RangeError(`The manifest names the register ${register}, the declaration ${declaration.register}`);
  const sqs = sqsClient();
  const queueUrl = required(OWN_QUEUE_URL);
  const ports = executionPorts(dynamoDbEventStore(dynamoDbClient(), required(EVENT_TABLE)));
  const now = () => new Date();
  const metrics = stageMetrics(required(STAGE));
  return batchHandler(
    notifier(declaration, {
      ...ports,
      mailer: sesMailer(sesClient(), required(SENDER_ADDRESS)),
      pace: steadyPace(requiredRate(NOTIFICATIONS_PER_SECOND), { ...ports, now }),
      ownQueue: sqsOwnQueue(sqs, queueUrl, requiredCount(HINTS_PER_MESSAGE)),
      later: sqsLaterHints(sqs, queueUrl),
      publish: (counts) => publishOutcomes(metrics, counts),
      lag: lagMetric(metrics),
      newId: ulid,
      signalAfter: (millis) => AbortSignal.timeout(millis),
      now,
    }),
  );
}
