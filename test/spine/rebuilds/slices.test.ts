// A page in slices: nothing is lost between them, and each can be the last.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UnreadableEventError } from '../../../lambdas/spine/kernel/errors.ts';
import { slicesOf } from '../../../lambdas/spine/kernel/sweep/slices.ts';
import { deposits } from './balances.ts';

const error = new UnreadableEventError('it is none');
const stream = fc.integer({ min: 0, max: 9 }).map((at) => `account-${at}`);

it('are the page, in its order, cut between streams, each of so many at most', () => {
  fc.assert(
    fc.property(
      fc.array(stream),
      fc.array(stream),
      fc.integer({ min: 1, max: 4 }),
      fc.boolean(),
      (names, bad, most, isLast) => {
        const commits = names.map((name, at) => deposits(name, at + 1, 1));
        const unreadable = bad.map((name, at) => ({ stream: name, version: 1_000 + at, error }));
        const end = isLast ? undefined : { stream: 'account-end', version: 7 };
        const slices = slicesOf({ commits, unreadable, ...(end && { end }) }, most);
        expect(slices.flatMap((slice) => slice.commits)).toEqual(commits);
        expect(new Set(slices.flatMap((slice) => slice.unreadable))).toEqual(new Set(unreadable));
        expect(slices.flatMap((slice) => slice.unreadable)).toHaveLength(unreadable.length);
        expect(slices.at(-1)?.end).toEqual(end);
        for (const [at, slice] of slices.entries()) {
          expect(new Set(slice.commits.map((each) => each.stream)).size).toBeLessThanOrEqual(most);
          const next = slices[at + 1]?.commits[0];
          if (next === undefined) continue;
          expect(slice.end).toMatchObject({
            stream: slice.commits.at(-1)?.stream,
            version: slice.commits.at(-1)?.version,
          });
          expect(next.stream).not.toBe(slice.end?.stream);
        }
      },
    ),
  );
});
