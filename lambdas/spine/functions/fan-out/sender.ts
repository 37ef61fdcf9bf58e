// Sends one subscriber the hints that it wants, as it wants them.
import type { SubscriptionQueue } from '../../aws/sqs/subscription-queue.ts';
import { encodeHint } from '../../aws/wire/bundle-codec.ts';
import { categoryOf } from '../../kernel/envelope.ts';
import { type Hint, withoutPersonal } from '../../kernel/pipeline/bundle.ts';
import type { StreamsToRedrive } from '../../kernel/pipeline/redrive.ts';
import type { Subscription } from '../../kernel/pipeline/subscription.ts';
import { logger } from '../../runtime/logger.ts';

export interface Subscriber extends Subscription {
  readonly queue: SubscriptionQueue;
}

/**
 * How long a queue that took nothing is left alone, so that the next hints do not wait out all attempts again. Meanwhile its
 * hints go straight to the redrive.
 */
const REST_IN_MILLIS = 10_000;

/** @returns a function that sends the hints, and returns the streams whose hints the queue did not all take */
export function sender({ name, categories, readsPersonal, queue }: Subscriber, now: () => Date) {
  let restsUntil = 0;
  return async (hints: readonly Hint[]): Promise<readonly StreamsToRedrive[]> => {
    const wanted = byStream(hints.filter(({ stream }) => categories.includes(categoryOf(stream))));
    if (wanted.length === 0) return [];
    const toRedrive = (streams: Iterable<string>): StreamsToRedrive[] => [
      { kind: 'streams', subscriber: name, streams: [...new Set(streams)] },
    ];
    const all = wanted.map(({ stream }) => stream);
    if (now().getTime() < restsUntil) return toRedrive(all);
    const { streams, codes, isOpen } = await queue.send(
      wanted.map(readsPersonal ? (hint) => encodeHint(hint) : impersonal),
    );
    if (streams.size === 0) return [];
    logger.error('A queue did not take all hints', { subscriber: name, codes, streams: streams.size });
    if (!isOpen && all.every((stream) => streams.has(stream))) restsUntil = now().getTime() + REST_IN_MILLIS;
    return toRedrive(streams);
  };
}

/** A stream's hints one after the other: then they share a message, and a projector writes its row once for all of them. */
const byStream = (hints: readonly Hint[]): readonly Hint[] =>
  [...Map.groupBy(hints, ({ stream }) => stream).values()].flat();

const impersonal = (hint: Hint) => encodeHint(withoutPersonal(hint));
