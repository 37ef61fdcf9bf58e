// A subscriber's own queue on SQS.
import type { SQSClient } from '@aws-sdk/client-sqs';
import { NotHandedOnError, type OwnQueue } from '../../kernel/pipeline/own-queue.ts';
import { encodeHint } from '../wire/bundle-codec.ts';
import { sqsSubscriptionQueue } from './subscription-queue.ts';

export function sqsOwnQueue(client: SQSClient, queueUrl: string, hintsPerMessage: number): OwnQueue {
  const queue = sqsSubscriptionQueue(client, queueUrl, hintsPerMessage);
  return {
    async handOn(hints) {
      const { streams: lost } = await queue.send(hints.map((hint) => encodeHint(hint)));
      if (lost.size > 0) throw new NotHandedOnError(`The queue did not take the hints of ${[...lost].join(', ')}`);
    },
  };
}
