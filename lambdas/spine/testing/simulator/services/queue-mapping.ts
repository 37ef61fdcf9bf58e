// Hands a queue's messages to a function, as Lambda does
// (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html).
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { BatchResponse } from '../../../runtime/batch-response.ts';
import type { Outcome, SimulatedFunction } from '../functions/simulated-function.ts';
import type { Planned } from '../world/timeline.ts';
import type { World } from '../world/world.ts';
import type { Message, Queue } from './queue.ts';

/** As many as come without a batching window. */
const BATCH = 10;
const POLL_IN_MILLIS = 20;
const BUSY_IN_MILLIS = 1_000;

export function mapQueue(world: World, queue: Queue, to: SimulatedFunction<SQSEvent, BatchResponse>): void {
  const { time, chance } = world;
  let planned: { readonly at: number; readonly poll: Planned } | undefined;

  const wake = (notBefore = time.now()): void => {
    const next = queue.nextAt();
    if (next === undefined) return;
    const at = Math.max(next, notBefore) + chance.at(`poll ${queue.name}`) * POLL_IN_MILLIS;
    if (planned && planned.at <= at) return;
    planned?.poll.cancel();
    planned = { at, poll: time.plan(at - time.now(), poll) };
  };
  const poll = (): void => {
    planned = undefined;
    if (!to.hasRoom) {
      wake(time.now() + BUSY_IN_MILLIS);
      return;
    }
    const batch = queue.receive(1 + chance.below(`batch of ${queue.name}`, BATCH));
    if (batch.length > 0) {
      world.tell(to.name, `gets ${batch.map(named).join(', ')}`);
      to.invoke({ Records: batch.map((message) => recordOf(queue, message)) }, (outcome) => {
        const isFailed = failedIn(outcome);
        for (const message of batch) settle(world, queue, message, isFailed(message), outcome.isFaulted);
        wake();
      });
    }
    wake();
  };
  queue.listen(() => wake());
}

const named = ({ id, receives }: Message): string => (receives > 1 ? `${id} (${receives})` : id);

function failedIn(outcome: Outcome<BatchResponse>): (message: Message) => boolean {
  if (outcome.kind === 'failed') return () => true;
  const failed = outcome.answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  return ({ id }) => failed.includes(id);
}

function settle({ faults, tell }: World, queue: Queue, message: Message, isFailed: boolean, isFaulted: boolean): void {
  if (!isFailed && !faults.strikes('duplicate', `delete from ${queue.name}`)) {
    queue.delete(message);
    return;
  }
  message.returned += 1;
  if (!isFailed || isFaulted) message.excused += 1;
  if (isFailed) tell(queue.name, `${message.id} comes again${isFaulted ? '' : ', and nothing had gone wrong'}`);
}

const recordOf = (queue: Queue, { id, body, receives }: Message): SQSRecord =>
  ({
    ...{ messageId: id, receiptHandle: id, body, eventSource: 'aws:sqs' },
    eventSourceARN: `arn:aws:sqs:local:0:${queue.name}`,
    attributes: { ApproximateReceiveCount: String(receives) },
    messageAttributes: {},
  }) as unknown as SQSRecord;
