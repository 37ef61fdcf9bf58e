// What failed for good is shown, and put back.
import { describe, expect, it } from 'vitest';
import { encodeBundle, encodeHint } from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import { listDeadLetters, redriveDeadLetters } from '../../../lambdas/spine/ops/dead-letters/operations.ts';
import { admin, deadLetterWorld } from './dead-letter-world.ts';

const hint = (stream: string, version: number) =>
  encodeHint({
    ...{ stream, version, id: 'id', time: '2026-01-01T00:00:00.000Z', correlationId: 'c', causationId: 'x' },
    events: [{ type: 'T', schemaVersion: '1.0.0', data: {} }],
  });

type Listed = { deadLetters: { id: string; subscriber: string }[]; nextCursor?: string };
const idsOf = (json: unknown) => (json as Listed).deadLetters.map(({ subscriber, id }) => `${subscriber}/${id}`);

describe('the list of dead letters', () => {
  it('shows stream, error, attempts and since when, as it was noted', async () => {
    const world = deadLetterWorld();
    world.bury('loans', 'a', encodeBundle([hint('loan-a', 2)]));
    await world.note('loans', 'a');
    const { statusCode, headers, json } = await world.list();
    expect([statusCode, headers?.['cache-control']]).toEqual([200, 'private, no-store']);
    expect(json).toEqual({
      deadLetters: [
        {
          ...{ id: 'a', subscriber: 'loans', streams: [{ stream: 'loan-a', version: 2 }], attempts: 5 },
          error: { code: 'unreadable_event', message: 'No “Lent”' },
          ...{ firstFailedAt: '2026-11-25T12:00:00.000Z', lastFailedAt: '2026-11-25T12:00:00.000Z' },
        },
      ],
    });
    expect(listDeadLetters.success.schema.parse(json)).toEqual(json);
  });

  it('finds what nobody noted, with the streams that the message names, and leaves it where it is', async () => {
    const world = deadLetterWorld();
    world.bury('loans', 'a', encodeBundle([hint('loan-ä', 2), hint('loan-b', 1)]));
    world.bury('members', 'b', '{"timer":{"processId":"7","dueAt":"2026-01-01T00:00:00.000Z","correlationId":"c"}}');
    world.bury('members', 'c', '\ud83d no form at all');
    const { json } = await world.list();
    expect(json).toMatchObject({
      deadLetters: [
        {
          ...{ id: 'a', attempts: 5, error: { code: 'unknown' } },
          streams: [
            { stream: 'loan-ä', version: 2 },
            { stream: 'loan-b', version: 1 },
          ],
        },
        { id: 'b', streams: [], error: { code: 'unknown', message: expect.stringContaining('timer of 7') } },
        { id: 'c', streams: [], error: { code: 'unknown' } },
      ],
    });
    expect(listDeadLetters.success.schema.parse(json)).toEqual(json);
    expect(world.of('loans').dead.map(({ hiddenUntil }) => hiddenUntil <= world.clock.millis)).toEqual([true]);
    expect((await world.list()).json).toEqual(json);
  });

  it('says of the hops that read streams what they could not pass on', async () => {
    const world = deadLetterWorld();
    world.bury('relay', 'a', '{"redrive":1,"subscriber":"gone","streams":["loan-1","loan-2"]}');
    const range = { shardId: 's-1', startSequenceNumber: '7', endSequenceNumber: '9', streamArn: 'arn' };
    world.bury('relay', 'b', JSON.stringify({ DDBStreamBatchInfo: range }));
    world.bury('relay', 'c', 'nothing');
    expect((await world.list('?subscriber=relay')).json).toMatchObject({
      deadLetters: [
        { id: 'a', streams: [{ stream: 'loan-1' }, { stream: 'loan-2' }], error: { code: 'not_passed_on' } },
        { id: 'b', streams: [], error: { code: 'records_gone', message: expect.stringContaining('s-1') } },
        { id: 'c', streams: [], error: { code: 'malformed_redrive' } },
      ],
    });
  });

  it('goes on page by page, over all subscribers, each letter once', async () => {
    const world = deadLetterWorld();
    for (const id of ['a', 'b', 'c']) await world.note('loans', id);
    for (const id of ['a', 'b']) await world.note('members', id);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { json } = await world.list(`?limit=2${cursor}`);
      seen.push(...idsOf(json));
      const next = (json as Listed).nextCursor;
      cursor = next === undefined ? '' : `&cursor=${next}`;
    } while (cursor !== '');
    expect(seen).toEqual(['loans/a', 'loans/b', 'loans/c', 'members/a', 'members/b']);
  });

  it('refuses a subscriber that is not there, an altered cursor, and whoever is no admin', async () => {
    const world = deadLetterWorld();
    expect((await world.list('?subscriber=teapot')).json).toMatchObject({ status: 422, code: 'unknown_subscriber' });
    expect((await world.list('?cursor=abc.def')).json).toMatchObject({ status: 400, code: 'validation_failed' });
    const staff = deadLetterWorld({ ...admin, isAdmin: false });
    expect((await staff.list()).statusCode).toBe(403);
    expect((await staff.redrive({ subscriber: 'loans' })).statusCode).toBe(403);
  });

  it('shows what is noted even where a queue does not answer', async () => {
    const world = deadLetterWorld();
    await world.note('loans', 'a');
    world.bury('loans', 'a', '');
    world.bury('loans', 'b', '');
    world.life.steps = 0;
    expect(idsOf((await world.list()).json)).toEqual(['loans/a']);
  });
});

describe('a redrive', () => {
  it('puts back all of a subscriber as they were, and no other’s', async () => {
    const world = deadLetterWorld();
    for (let each = 0; each < 25; each += 1) world.bury('loans', `m${each}`, `body ${each}`);
    await world.note('loans', 'm7');
    world.bury('members', 'a', 'body');
    const { statusCode, json } = await world.redrive({ subscriber: 'loans' });
    expect([statusCode, json]).toEqual([202, { redriven: 25, left: 0 }]);
    expect(redriveDeadLetters.success.schema.parse(json)).toEqual(json);
    expect(world.of('loans').sent).toHaveLength(25);
    expect(world.of('loans').sent).toContainEqual({ body: 'body 7', attributes: 'of m7' });
    expect(idsOf((await world.list()).json)).toEqual(['members/a']);
  });

  it('puts back one by its id, however many are before it, and shows the others to others at once', async () => {
    const world = deadLetterWorld();
    for (let each = 0; each < 25; each += 1) world.bury('loans', `m${each}`, `body ${each}`);
    expect((await world.redrive({ subscriber: 'loans', id: 'm23' })).json).toEqual({ redriven: 1, left: 24 });
    expect(world.of('loans').sent).toEqual([{ body: 'body 23', attributes: 'of m23' }]);
    expect(world.of('loans').dead.every(({ hiddenUntil }) => hiddenUntil <= world.clock.millis)).toBe(true);
  });

  it('answers 404 for a letter that is not there, and 422 for a subscriber that is not', async () => {
    const world = deadLetterWorld();
    world.bury('loans', 'a', '');
    expect((await world.redrive({ subscriber: 'loans', id: 'b' })).json).toMatchObject({ status: 404 });
    expect((await world.redrive({ subscriber: 'teapot' })).json).toMatchObject({ status: 422 });
    expect((await world.redrive({ subscriber: 'loans', all: true })).json).toMatchObject({ status: 400 });
    expect(world.of('loans').dead).toHaveLength(1);
  });

  it('loses nothing wherever it is killed: each message is sent once at least, and in the end none is left and none is shown', async () => {
    for (let steps = 0; steps < 14; steps += 1) {
      const world = deadLetterWorld();
      for (const id of ['a', 'b', 'c']) {
        world.bury('loans', id, id);
        await world.note('loans', id);
      }
      world.life.steps = steps;
      await world.redrive({ subscriber: 'loans' });
      world.life.steps = Number.POSITIVE_INFINITY;
      world.clock.millis += 3_600_000;
      expect((await world.redrive({ subscriber: 'loans' })).statusCode).toBe(202);
      expect(new Set(world.of('loans').sent.map(({ body }) => body))).toEqual(new Set(['a', 'b', 'c']));
      expect(world.of('loans').dead).toEqual([]);
      expect(idsOf((await world.list()).json)).toEqual([]);
    }
  });

  it('keeps the note of a letter that its queue has not yet given up', async () => {
    const world = deadLetterWorld();
    await world.note('loans', 'a');
    expect((await world.redrive({ subscriber: 'loans', id: 'a' })).json).toEqual({ redriven: 0, left: 0 });
    expect(idsOf((await world.list()).json)).toEqual(['loans/a']);
  });

  it('moves some hundred at most, and says what is left', async () => {
    const world = deadLetterWorld();
    for (let each = 0; each < 600; each += 1) world.bury('loans', `m${each}`, '');
    expect((await world.redrive({ subscriber: 'loans' })).json).toEqual({ redriven: 500, left: 100 });
    expect((await world.redrive({ subscriber: 'loans' })).json).toEqual({ redriven: 100, left: 0 });
  });
});
