// Queues as functions reach them. Single messages go through the real adapters, over a client that reaches the queue of the simulation;
// batches, which those send again with real pauses, in one call here.
import type { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { bodyOf } from '../../../aws/sqs/redrive-queue.ts';
import type { SubscriptionQueue } from '../../../aws/sqs/subscription-queue.ts';
import { type EncodedHint, encodeBundle, encodeHint, type WireVersion } from '../../../aws/wire/bundle-codec.ts';
import { bundles } from '../../../kernel/pipeline/bundle.ts';
import { NotHandedOnError, type OwnQueue } from '../../../kernel/pipeline/own-queue.ts';
import type { RedriveQueue } from '../../../kernel/pipeline/redrive.ts';
import type { Instance } from '../functions/instance.ts';
import type { Queue } from './queue.ts';

const MOST_BYTES = 120_000;

/** As far as `SendMessage` goes. */
export const sqsClientOf = ({ call }: Instance, queue: Queue): SQSClient =>
  ({
    send: ({ input }: SendMessageCommand) =>
      call(`send to ${queue.name}`, { service: queue.name }, () =>
        queue.send(input.MessageBody ?? '', input.DelaySeconds),
      ),
  }) as unknown as SQSClient;

export const subscriptionQueueOf = (
  { call, random }: Instance,
  queue: Queue,
  hintsPerMessage: number,
  wireVersion: WireVersion,
): SubscriptionQueue => ({
  async send(hints) {
    const refused: EncodedHint[] = [];
    let code = 'InternalError';
    for (const message of bundles(hints, { bytes: MOST_BYTES, hints: hintsPerMessage })) {
      try {
        await call(`send ${message.length} hints to ${queue.name}`, { service: queue.name }, () =>
          queue.send(encodeBundle(message, wireVersion)),
        );
      } catch (error) {
        code = error instanceof Error ? error.name : code;
        refused.push(...message);
      }
    }
    const streams = new Set(refused.map(({ stream }) => stream));
    return { streams, codes: streams.size > 0 ? [code] : [], isOpen: random() < 0.5 };
  },
});

export function ownQueueOf(instance: Instance, queue: Queue, hintsPerMessage: number): OwnQueue {
  const { send } = subscriptionQueueOf(instance, queue, hintsPerMessage, 1);
  return {
    async handOn(hints) {
      const { streams } = await send(hints.map((hint) => encodeHint(hint)));
      if (streams.size > 0)
        throw new NotHandedOnError(`The queue did not take the hints of ${[...streams].join(', ')}`);
    },
  };
}

export const redriveQueueOf = ({ call }: Instance, queue: Queue, delayInSeconds = 0): RedriveQueue => ({
  async send(what) {
    const lost = await Promise.all(
      what.map(async (each) => {
        try {
          await call(`send to ${queue.name}`, { service: queue.name }, () => queue.send(bodyOf(each), delayInSeconds));
          return [];
        } catch {
          return [each];
        }
      }),
    );
    return lost.flat();
  },
});
