// Whatever a text holds, what goes on a wire is printable ASCII, and is read as it was written.
import type { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { invalidationIn, sqsInvalidationQueue } from '../../../lambdas/spine/aws/sqs/invalidation-queue.ts';
import { sqsTimerQueue, timerIn } from '../../../lambdas/spine/aws/sqs/timer-queue.ts';
import {
  decodeBundle,
  encodeBundle,
  encodeHint,
  MAX_HINT_BYTES,
} from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import type { Hint } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';

/** Any code units at all: astral, controls, lone surrogates, what is no character. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

const hintWith = (data: unknown, more: Partial<Hint> = {}): Hint => ({
  ...{ stream: 'order-1', version: 1, id: 'i', time: 't', correlationId: 'c', causationId: 'x' },
  events: [{ type: 'T', schemaVersion: '1.0.0', data }],
  ...more,
});

it.each([1, 2] as const)(
  'a bundle of wire version %i is ASCII, as many bytes as it says, and the same after it',
  (version) => {
    fc.assert(
      fc.property(text, text, text, (data, actor, personal) => {
        const hint = hintWith({ data }, { actor });
        const hints = [hint, hintWith(data), { ...hint, events: hint.events.map((event) => ({ ...event, personal })) }];
        const encoded = hints.map(encodeHint);
        const bundle = encodeBundle(encoded, version);
        expect(bundle).toMatch(PRINTABLE_ASCII);
        for (const each of encoded) expect(each.bytes).toBe(Buffer.byteLength(each.text));
        expect(decodeBundle(bundle)).toEqual(hints);
      }),
    );
  },
);

it('timers and invalidations are ASCII too', async () => {
  const bodies: string[] = [];
  const client = { send: async ({ input }: SendMessageCommand) => void bodies.push(input.MessageBody ?? '') };
  const sqs = client as unknown as SQSClient;
  const timer = { processId: 'o\u{1F600}', dueAt: '2026-01-01T00:00:00.000Z', correlationId: 'x\uFFFF' };
  await sqsTimerQueue(sqs, 'url', () => new Date(0)).schedule(timer);
  await sqsInvalidationQueue(sqs, 'url').send({ collection: 'ø', tags: ['\uFFFE'], changedAt: timer.dueAt, pass: 1 });
  for (const body of bodies) expect(body).toMatch(PRINTABLE_ASCII);
  expect(timerIn(bodies[0] ?? '')).toEqual(timer);
  expect(() => invalidationIn(bodies[1] ?? '')).toThrow('visible characters');
});

it('a bundle of an earlier writer, which was no ASCII, is still read', () => {
  const bundle = '{"v":1,"h":[{"s":"order-1","v":1,"i":"i","t":"t","c":"c","x":"x","e":[["T","1.0.0","\u{1F600}ä"]]}]}';
  expect(decodeBundle(bundle)).toEqual([hintWith('\u{1F600}ä')]);
});

it('a hint goes without its events when they are too large in ASCII, however few characters they have', () => {
  const fits = 'x'.repeat(MAX_HINT_BYTES - 200);
  expect(encodeHint(hintWith(fits)).isBare).toBe(false);
  const bare = encodeHint(hintWith('ä'.repeat(MAX_HINT_BYTES / 6)));
  expect(bare.isBare).toBe(true);
  expect(decodeBundle(encodeBundle([bare]))).toEqual([hintWith('', { events: [] })]);
});
