// The queue that a subscriber consumes, to which it sends again what it had no time for.
import type { SQSClient } from '@aws-sdk/client-sqs';
import { EventspineError } from '../../kernel/errors.ts';
import type { Hint } from '../../kernel/pipeline/bundle.ts';
import { encodeHint } from '../wire/bundle-codec.ts';
import { sqsSubscriptionQueue } from './subscription-queue.ts';

export class NotHandedOnError extends EventspineError {
  readonly code = 'not_handed_on';
}

export interface OwnQueue {
  /** Sends hints again. @throws NotHandedOnError when they did not all get through */
  handOn(hints: readonly Hint[]): Promise<void>;
}

export function sqsOwnQueue(client: SQSClient, queueUrl: string, hintsPerMessage: number): OwnQueue {
  const queue = sqsSubscriptionQueue(client, queueUrl, hintsPerMessage);
  return {
    async handOn(hints) {
      const { streams: lost } = await queue.send(hints.map((hint) => encodeHint(hint)));
      if (lost.size > 0) throw new NotHandedOnError(`The queue did not take the hints of ${[...lost].join(', ')}`);
    },
  };
}
