// What failed for good, and putting it back.
import * as z from 'zod';
import type { Operation } from '../../http/operation.ts';
import { published } from '../../http/published.ts';
import { instant, paging } from '../../http/values.ts';
import { SHARE_OF_OPERATORS } from '../throttle.ts';

const count = () => z.int().min(0);
const subscriber = () =>
  published(z.string().min(1).max(256), {
    description: 'The name of a hop of /ops/pipeline',
    examples: ['loans-by-member'],
  });

const id = () =>
  published(z.string().min(1).max(128), {
    description: 'Of the message',
    examples: ['5fea7756-0ea4-451a-a703-a558b933e274'],
  });

const failedStream = published(
  z.strictObject({
    stream: z.string(),
    version: published(z.int().min(1).optional(), { description: 'Of the first event that was not done' }),
  }),
  { id: 'FailedStream' },
);

const deadLetter = published(
  z.strictObject({
    id: id(),
    subscriber: subscriber(),
    streams: z.array(failedStream),
    error: z.strictObject({
      code: published(z.string(), {
        description: 'Of the last error; `unknown` where the subscriber died before it could tell',
        examples: ['unreadable_event'],
      }),
      message: z.string(),
    }),
    attempts: published(count(), { description: 'Deliveries that failed' }),
    firstFailedAt: instant,
    lastFailedAt: published(instant.clone(), {
      description: 'When it was found, where the subscriber could not tell',
    }),
  }),
  { id: 'DeadLetter' },
);

const forOperators = { access: 'admin', isKeptByEdge: false, throttleShare: SHARE_OF_OPERATORS } as const;

export const listDeadLetters = {
  ...forOperators,
  route: 'GET /ops/dead-letters',
  summary: 'Messages that failed at every delivery, of one subscriber or of all',
  description:
    'Each parks its streams in that subscriber and nothing else: a stream goes on there with its next event, or when it is redriven.',
  query: z.strictObject({ subscriber: subscriber().optional(), ...paging }),
  success: {
    status: 200,
    schema: z.strictObject({ deadLetters: z.array(deadLetter), nextCursor: z.string().optional() }),
  },
  problems: ['unknown_subscriber'],
} as const satisfies Operation;

export const redriveDeadLetters = {
  ...forOperators,
  route: 'POST /ops/dead-letters/redrive',
  summary: 'Put dead letters back into the queue that they came from: one, or those of a subscriber',
  description:
    'Nothing is done twice by it, and nothing is lost by a redrive that ends half way. One request moves some hundred; repeat it while `left` is above 0.',
  body: z.strictObject({ subscriber: subscriber(), id: id().optional() }),
  example: { subscriber: 'loans-by-member' },
  success: {
    status: 202,
    schema: z.strictObject({
      redriven: published(count(), { description: 'Messages that are in their queue again' }),
      left: published(count(), { description: 'Dead letters of the subscriber that are left, about' }),
    }),
  },
  problems: ['not_found', 'unknown_subscriber'],
} as const satisfies Operation;
