// How far each hop of the pipeline is.
import * as z from 'zod';
import type { Operation } from '../../http/operation.ts';
import { published } from '../../http/published.ts';
import { instant } from '../../http/values.ts';
import { SHARE_OF_OPERATORS } from '../throttle.ts';

const count = () => z.int().min(0);
const millis = z.int().min(0);

const lag = published(z.strictObject({ p50Ms: millis, p99Ms: millis, maxMs: millis }), {
  id: 'Lag',
  description:
    'Milliseconds from an event’s time until its subscriber was done with it, over the last minutes with any',
});

const hop = published(
  z.strictObject({
    name: published(z.string().min(1), { examples: ['relay', 'loans-by-member'] }),
    kind: published(z.enum(['change-stream', 'event-stream', 'queue']), {
      description: 'What the hop takes its work from',
    }),
    pending: published(count(), {
      description:
        'Messages that are waiting, delayed or being worked on, about. Of a stream, whose records nobody counts: messages with what the hop could not pass on, which the redrive tries again.',
    }),
    oldestSeconds: published(count().nullable(), {
      description:
        'Age of the oldest message that is pending, as measured within the last minutes: 0 where there is none, null where nobody measures it, as on one machine',
    }),
    deadLetters: published(count(), { description: 'Messages that were given up, about: see /ops/dead-letters' }),
    lag: lag.optional(),
  }),
  { id: 'Hop' },
);

export const getPipeline = {
  route: 'GET /ops/pipeline',
  summary: 'Every hop from the event table to each subscriber: what waits, what failed, how far behind it is',
  access: 'admin',
  isKeptByEdge: false,
  throttleShare: SHARE_OF_OPERATORS,
  success: { status: 200, schema: z.strictObject({ hops: z.array(hop), time: instant }) },
  problems: [],
} as const satisfies Operation;
