// The ports of a process's function, from its environment.
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { ulid } from 'ulid';
import { dynamoDbClient } from '../aws/dynamodb/client.ts';
import { dynamoDbDeadLetterWriter } from '../aws/dynamodb/dead-letter-writer.ts';
import { dynamoDbEventStore } from '../aws/dynamodb/event-store.ts';
import { executionPorts } from '../aws/execution.ts';
import { sqsOwnQueue } from '../aws/sqs/own-queue.ts';
import { sqsClient } from '../aws/sqs/subscription-queue.ts';
import { sqsTimerQueue } from '../aws/sqs/timer-queue.ts';
import { EVENT_TABLE, HINTS_PER_MESSAGE, OWN_QUEUE_URL, STAGE } from '../bindings/environment.ts';
import { LONG_WAITS } from '../bindings/metrics.ts';
import { required, requiredCount } from '../runtime/environment.ts';
import { lagMetric } from '../runtime/lag.ts';
import { lastFailuresFromEnvironment } from '../runtime/last-failures.ts';
import { stageMetrics } from '../runtime/metrics.ts';
import type { ProcessWorkerPorts } from './ports.ts';
import { watchedStore } from './watched-store.ts';

/** @throws MissingVariableError */
export function functionPorts(): ProcessWorkerPorts {
  const now = () => new Date();
  const [dynamoDb, sqs] = [dynamoDbClient(), sqsClient()];
  const metrics = stageMetrics(required(STAGE));
  return {
    ...executionPorts(watchedStore(dynamoDbEventStore(dynamoDb, required(EVENT_TABLE)))),
    timers: sqsTimerQueue(sqs, required(OWN_QUEUE_URL), now),
    ownQueue: sqsOwnQueue(sqs, required(OWN_QUEUE_URL), requiredCount(HINTS_PER_MESSAGE)),
    countLongWait: () => metrics.addMetric(LONG_WAITS, MetricUnit.Count, 1).publishStoredMetrics(),
    lag: lagMetric(metrics),
    lastFailures: lastFailuresFromEnvironment((table) => dynamoDbDeadLetterWriter(dynamoDb, table)),
    newId: ulid,
    now,
  };
}
