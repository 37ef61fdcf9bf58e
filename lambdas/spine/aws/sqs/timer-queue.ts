// Timers as delayed SQS messages. A message can be delayed 15 minutes at most (SQS quotas), so a longer timer comes in hops.
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { RETRY_ATTRIBUTE } from '../../bindings/message-attributes.ts';
import { EventspineError } from '../../kernel/errors.ts';
import type { Timer, Timers } from '../../kernel/timers.ts';
import { asciiJson } from '../wire/ascii-json.ts';

const MAX_DELAY_IN_SECONDS = 900;

export class MalformedTimerError extends EventspineError {
  readonly code = 'malformed_timer';
}

/** @param queueUrl of the queue that the timer's owner consumes */
export const sqsTimerQueue = (client: SQSClient, queueUrl: string, now: () => Date): Timers => ({
  async schedule(timer) {
    const remainingInSeconds = Math.ceil((Date.parse(timer.dueAt) - now().getTime()) / 1000);
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: bodyOf(timer),
        DelaySeconds: Math.min(Math.max(remainingInSeconds, 0), MAX_DELAY_IN_SECONDS),
        ...(timer.retry && {
          MessageAttributes: { [RETRY_ATTRIBUTE]: { DataType: 'String', StringValue: timer.processId } },
        }),
      }),
    );
  },
});

/**
 * A wire form. Code before this one knows a process's id as `orderId`, and nothing
 * else: both are written, so that it reads what this code has sent when a deployment is rolled back.
 */
const bodyOf = ({ processId, ...timer }: Timer): string =>
  asciiJson({ timer: { processId, orderId: processId, ...timer } });

/** @returns the timer in the message; `undefined` when it holds none @throws MalformedTimerError */
export function timerIn(body: string): Timer | undefined {
  if (!body.startsWith('{"timer":')) return undefined;
  const { timer } = JSON.parse(body) as { timer: Partial<Timer & { readonly orderId: string }> };
  const { orderId, processId = orderId, dueAt, correlationId, watch, retry } = timer;
  const isTime = (time: string | undefined) => time !== undefined && !Number.isNaN(Date.parse(time));
  const isRetry = retry === undefined || (Number.isInteger(retry.attempt) && isTime(retry.since));
  if (processId && correlationId && dueAt && isTime(dueAt) && isRetry) {
    return { processId, dueAt, correlationId, ...(watch && { watch }), ...(retry && { retry }) };
  }
  throw new MalformedTimerError('A timer needs processId, dueAt and correlationId, and of a retry attempt and since');
}
