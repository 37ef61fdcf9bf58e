// Timers as delayed SQS messages. A message can be delayed 15 minutes at most (SQS quotas), so a longer timer comes in hops.
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { RETRY_ATTRIBUTE } from '../../bindings/message-attributes.ts';
import { EventspineError } from '../../kernel/errors.ts';
import { asciiJson } from '../wire/ascii-json.ts';

const MAX_DELAY_IN_SECONDS = 900;

export interface QueuedTimer {
  readonly orderId: string;
  /** ISO 8601, UTC. */
  readonly dueAt: string;
  readonly correlationId: string;
  /** The timer of the whole process's deadline: it comes back at every hop, and looks after the process. */
  readonly watch?: true;
  /** The timer of another try, after so many. */
  readonly retry?: { readonly attempt: number; readonly since: string };
}

export class MalformedTimerError extends EventspineError {
  readonly code = 'malformed_timer';
}

export interface TimerQueue {
  /** Sends the timer, or its next hop. It comes back at least once, at its time or at the end of the hop. */
  schedule(timer: QueuedTimer): Promise<void>;
}

/** @param queueUrl of the queue that the timer's owner consumes */
export const sqsTimerQueue = (client: SQSClient, queueUrl: string, now: () => Date): TimerQueue => ({
  async schedule(timer) {
    const remainingInSeconds = Math.ceil((Date.parse(timer.dueAt) - now().getTime()) / 1000);
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: asciiJson({ timer }),
        DelaySeconds: Math.min(Math.max(remainingInSeconds, 0), MAX_DELAY_IN_SECONDS),
        ...(timer.retry && {
          MessageAttributes: { [RETRY_ATTRIBUTE]: { DataType: 'String', StringValue: timer.orderId } },
        }),
      }),
    );
  },
});

/** @returns the timer in the message; `undefined` when it holds none @throws MalformedTimerError */
export function timerIn(body: string): QueuedTimer | undefined {
  if (!body.startsWith('{"timer":')) return undefined;
  const { timer } = JSON.parse(body) as { timer: Partial<QueuedTimer> };
  const { orderId, dueAt, correlationId, watch, retry } = timer;
  const isTime = (time: string | undefined) => time !== undefined && !Number.isNaN(Date.parse(time));
  const isRetry = retry === undefined || (Number.isInteger(retry.attempt) && isTime(retry.since));
  if (orderId && correlationId && dueAt && isTime(dueAt) && isRetry) {
    return { orderId, dueAt, correlationId, ...(watch && { watch }), ...(retry && { retry }) };
  }
  throw new MalformedTimerError('A timer needs orderId, dueAt and correlationId, and of a retry attempt and since');
}
