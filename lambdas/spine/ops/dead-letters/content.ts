// What a message tells of its failure when its subscriber does not: whom it concerns, and for some hops why it is here.
import { timerIn } from '../../aws/sqs/timer-queue.ts';
import { decodeBundle } from '../../aws/wire/bundle-codec.ts';
import type { DeadLetter } from '../../kernel/pipeline/dead-letter.ts';
import { toRedriveIn } from '../redrive/message.ts';

type Content = Pick<DeadLetter, 'streams' | 'error'>;

const UNKNOWN =
  'Its deliveries ended without a word: the function died, ran out of time, or tells of no errors. Its log has the reason.';

/** The hops whose dead letters the redrive buries: what it cannot pass on. */
const STREAM_READERS = ['relay', 'fan-out'];

/** Never throws: a message in any form can be here. */
export function contentOf(body: string, subscriber: string): Content {
  if (STREAM_READERS.includes(subscriber)) return ofStreamReader(body);
  const error = { code: 'unknown', message: UNKNOWN };
  try {
    const timer = timerIn(body);
    if (timer) return { streams: [], error: { ...error, message: `A timer of ${timer.processId}. ${UNKNOWN}` } };
    const hints = decodeBundle(body).map(({ stream, version }) => ({ stream, version }));
    return { streams: hints, error };
  } catch {
    return { streams: [], error };
  }
}

function ofStreamReader(body: string): Content {
  try {
    const what = toRedriveIn(body);
    if (what.kind === 'streams') {
      const message = `They could not be passed on to ${what.subscriber ?? 'the event stream'}, which is not there or refuses them.`;
      return { streams: what.streams.map((stream) => ({ stream })), error: { code: 'not_passed_on', message } };
    }
    const message = `Records of ${what.source} that were not processed are gone from it: shard ${what.shardId}, from ${what.first} to ${what.last}.`;
    return { streams: [], error: { code: 'records_gone', message } };
  } catch {
    return {
      streams: [],
      error: { code: 'malformed_redrive', message: 'The message is none that the redrive knows.' },
    };
  }
}
