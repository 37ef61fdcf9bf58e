// The queue of work on SQS.
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { EventspineError } from '../../kernel/errors.ts';
import type { Work, WorkQueue } from '../../kernel/sweep/work.ts';

/** Further fields are passed over: newer code may have sent the message. */
const work = z.object({ job: z.string().min(1), segment: z.int().min(0) });

export class MalformedWorkError extends EventspineError {
  readonly code = 'malformed_work';
}

export const sqsWorkQueue = (client: SQSClient, queueUrl: string): WorkQueue => ({
  async send({ job, segment }, delayInSeconds = 0) {
    const message = { QueueUrl: queueUrl, MessageBody: JSON.stringify({ job, segment }) };
    await client.send(
      new SendMessageCommand({ ...message, ...(delayInSeconds > 0 && { DelaySeconds: delayInSeconds }) }),
    );
  },
});

/** @throws MalformedWorkError */
export function workIn(body: string): Work {
  try {
    return work.parse(JSON.parse(body));
  } catch (cause) {
    throw new MalformedWorkError('A message of work names a job and a segment', { cause });
  }
}
