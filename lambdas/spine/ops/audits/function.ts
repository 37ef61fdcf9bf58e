// The function that audits an application, wired to AWS.
import { ulid } from 'ulid';
import { dynamoDbAuditStore } from '../../aws/dynamodb/audit-store.ts';
import { dynamoDbChangeFeed } from '../../aws/dynamodb/change-feed.ts';
import { changeStreamClient } from '../../aws/dynamodb/change-stream.ts';
import { dynamoDbClient } from '../../aws/dynamodb/client.ts';
import { dynamoDbDeadLetters } from '../../aws/dynamodb/dead-letters.ts';
import { dynamoDbEventStore } from '../../aws/dynamodb/event-store.ts';
import { meter } from '../../aws/dynamodb/metered-client.ts';
import { dynamoDbNewestCommit } from '../../aws/dynamodb/newest-commit.ts';
import { rowPositions } from '../../aws/dynamodb/row-positions.ts';
import { scanCommits } from '../../aws/dynamodb/scan-commits.ts';
import { sendSuspects, sendToAudit } from '../../aws/sqs/audit-queue.ts';
import { messagesWaiting } from '../../aws/sqs/messages-waiting.ts';
import { sqsClient, sqsSubscriptionQueue } from '../../aws/sqs/subscription-queue.ts';
import { sqsTimerQueue } from '../../aws/sqs/timer-queue.ts';
import {
  AUDIT_UNITS_PER_SECOND,
  CHANGE_STREAM_ARN,
  EVENT_TABLE,
  hintsPerMessageVariable,
  OPERATIONS_TABLE,
  OWN_QUEUE_URL,
  queueUrlVariable,
  readTableVariable,
  STAGE,
} from '../../bindings/environment.ts';
import type { Progress } from '../../kernel/audit/progress.ts';
import { type DomainEvent, lastVersion } from '../../kernel/envelope.ts';
import type { Projection } from '../../kernel/projections/projection.ts';
import type { Notifications } from '../../notifications/notification.ts';
import { batchHandler } from '../../runtime/batch-handler.ts';
import { required, requiredCount } from '../../runtime/environment.ts';
import { stageMetrics } from '../../runtime/metrics.ts';
import { auditFigures } from './figures.ts';
import { audit } from './handler.ts';
import { notificationProgress } from './notification-progress.ts';
import { type AuditedProcess, processProgress } from './process-progress.ts';
import { readModelProgress } from './read-model-progress.ts';
import { ringing, telling } from './telling.ts';

// A process knows its own inputs and states; an audit of several asks none for them.
// biome-ignore lint/suspicious/noExplicitAny: a definition is contravariant in its inputs, so there is no type of them all
type AnyProcess = AuditedProcess<any, DomainEvent & any, any>;

/** With more messages in its queue a subscriber is late, and what it is told again only makes it later. */
const BUSY_WITH_MESSAGES = 100;
/** A stream beyond them is told again a few times more than it need be. */
const MOST_DEAD_LETTERS = 1_000;

/**
 * The handler of the function of the kind `audit`.
 * @param projections of all read models
 * @param functions those that subscribe, by their names
 * @throws MissingVariableError when the function starts, where its environment lacks something
 * @example export const handler = auditFunction([loans], { 'overdue-loans': overdueLoans, notices: loanNotices });
 */
export function auditFunction(
  projections: readonly Projection<unknown>[],
  functions: Readonly<Record<string, AnyProcess | Notifications>>,
) {
  const [client, sqs] = [dynamoDbClient(), sqsClient()];
  const units = meter(client);
  const table = required(EVENT_TABLE);
  const store = dynamoDbEventStore(client, table);
  const newestCommit = dynamoDbNewestCommit(client, table);
  const now = () => new Date();
  const queueUrlOf = (subscriber: string) => required(queueUrlVariable(subscriber));
  const tell = (subscriber: string) =>
    telling(sqsSubscriptionQueue(sqs, queueUrlOf(subscriber), requiredCount(hintsPerMessageVariable(subscriber))));

  const progresses: Progress[] = [
    ...projections.map((projection) =>
      readModelProgress(projection, {
        positions: rowPositions(client, required(readTableVariable(projection.name)), projection.viewKey),
        async lastVersionOf(stream) {
          const newest = await newestCommit(stream);
          return newest === undefined ? 0 : lastVersion(newest);
        },
        tell: tell(projection.name),
      }),
    ),
    ...Object.entries(functions).map(([name, each]) =>
      'manager' in each
        ? processProgress(name, each, { store, now, tell: ringing(sqsTimerQueue(sqs, queueUrlOf(name), now), now) })
        : notificationProgress(name, each, { store, now, tell: tell(name) }),
    ),
  ];
  const ownQueue = required(OWN_QUEUE_URL);
  const deadLetters = dynamoDbDeadLetters(client, required(OPERATIONS_TABLE), now);
  const send = sendToAudit(sqs, ownQueue);
  return batchHandler(
    audit({
      ...{ progresses, store, now, newId: ulid },
      audits: dynamoDbAuditStore(client, required(OPERATIONS_TABLE), now),
      feed: dynamoDbChangeFeed(changeStreamClient(), required(CHANGE_STREAM_ARN), now),
      scan: scanCommits(client, table),
      budget: { unitsPerSecond: requiredCount(AUDIT_UNITS_PER_SECOND), units: () => units().read },
      isBusy: async (subscriber) => (await messagesWaiting(sqs, queueUrlOf(subscriber))) > BUSY_WITH_MESSAGES,
      async parked(subscriber, streams) {
        const { letters } = await deadLetters.list(subscriber, MOST_DEAD_LETTERS);
        const parked = new Set(letters.flatMap((letter) => letter.streams.map(({ stream }) => stream)));
        return new Set(streams.filter((stream) => parked.has(stream)));
      },
      lookAgain: sendSuspects(sqs, ownQueue),
      runAgain: (delayInSeconds) => send({}, delayInSeconds),
      askAgain: send,
      ...auditFigures(stageMetrics(required(STAGE))),
    }),
  );
}
