import { changeStreamClient, changeStreamReadBack } from '../../aws/dynamodb/change-stream.ts';
import { dynamoDbClient } from '../../aws/dynamodb/client.ts';
import { dynamoDbNewestCommit } from '../../aws/dynamodb/newest-commit.ts';
import { kinesisClient, kinesisEventStream } from '../../aws/kinesis/event-stream.ts';
import { kinesisReadBack } from '../../aws/kinesis/read-back.ts';
import { buryMessage, hideMessages } from '../../aws/sqs/held-messages.ts';
import { sqsRedriveQueue } from '../../aws/sqs/redrive-queue.ts';
import { sqsClient, sqsSubscriptionQueue } from '../../aws/sqs/subscription-queue.ts';
import {
  EVENT_STREAM,
  EVENT_TABLE,
  FAN_OUT_DEAD_LETTERS_URL,
  FAN_OUT_FAILURES_URL,
  hintsPerMessageVariable,
  LANES,
  queueUrlVariable,
  RELAY_DEAD_LETTERS_URL,
  RELAY_FAILURES_URL,
  STAGE,
  SUBSCRIPTIONS,
} from '../../bindings/environment.ts';
import type { Subscription } from '../../kernel/pipeline/subscription.ts';
import { batchHandler } from '../../runtime/batch-handler.ts';
import { required, requiredCount } from '../../runtime/environment.ts';
import { stageMetrics } from '../../runtime/metrics.ts';
import { publishFigures } from './figures.ts';
import { redrive } from './handler.ts';
import type { Destination } from './pass-on.ts';
import type { OwnQueue } from './ports.ts';

const [sqs, kinesis] = [sqsClient(), kinesisClient()];
const metrics = stageMetrics(required(STAGE));
const subscriptions: readonly Subscription[] = JSON.parse(required(SUBSCRIPTIONS));
const eventStream = kinesisEventStream(kinesis, required(EVENT_STREAM), requiredCount(LANES));

const toSubscriber = (name: string): [string, Destination] => [
  name,
  sqsSubscriptionQueue(sqs, required(queueUrlVariable(name)), requiredCount(hintsPerMessageVariable(name))).send,
];

/** Whoever could be told at once was; the first attempt at the rest can wait. */
const REST_DELAY_IN_SECONDS = 5;

function ownQueue(url: string, deadLettersUrl: string): OwnQueue {
  return {
    rest: sqsRedriveQueue(sqs, url, REST_DELAY_IN_SECONDS),
    hide: (messages) => hideMessages(sqs, url, messages),
    bury: (body) => buryMessage(sqs, deadLettersUrl, body),
  };
}

const relayUrl = required(RELAY_FAILURES_URL);
const ofRelay = ownQueue(relayUrl, required(RELAY_DEAD_LETTERS_URL));
const ofFanOut = ownQueue(required(FAN_OUT_FAILURES_URL), required(FAN_OUT_DEAD_LETTERS_URL));

/** A queue's ARN and its URL both end in its name. */
const isOf = (queueArn: string, url: string): boolean =>
  url.endsWith(`/${queueArn.slice(queueArn.lastIndexOf(':') + 1)}`);

export const handler = batchHandler(
  redrive({
    destinations: new Map<string | undefined, Destination>([
      [undefined, eventStream.put],
      ...subscriptions.map(({ name }) => toSubscriber(name)),
    ]),
    subscriptions,
    newestCommit: dynamoDbNewestCommit(dynamoDbClient(), required(EVENT_TABLE)),
    readChanges: changeStreamReadBack(changeStreamClient()),
    readBundles: kinesisReadBack(kinesis),
    queueOf: (queueArn) => (isOf(queueArn, relayUrl) ? ofRelay : ofFanOut),
    publish: (figures) => publishFigures(metrics, figures),
  }),
);
