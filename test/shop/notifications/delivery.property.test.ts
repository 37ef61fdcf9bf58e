// Whatever is delivered, however often and in whichever order, to processes that die anywhere, with a mail service that
// fails now and then: in the end every e-mail was sent, in the order of the events, and only a death between a send and its
// record has one sent again.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CLAIM_IN_MILLIS } from '../../../lambdas/spine/notifications/register.ts';
import { delayed, world } from './world.ts';

const SUBJECTS = ['Your order o is confirmed', 'Your order o is on its way'];

const deliveries = fc.array(
  fc.record({
    versions: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
    withoutEvents: fc.boolean(),
    /** After how many appends and sends the process dies; beyond 6 it has nothing left to do. */
    writes: fc.integer({ min: 0, max: 8 }),
    /** Why the mail service does not take the first mail that it is asked for. */
    cause: fc.constantFrom(undefined, 'rate' as const, 'outage' as const, 'operator' as const),
    passInMillis: fc.constantFrom(0, CLAIM_IN_MILLIS - 1, CLAIM_IN_MILLIS),
  }),
  { maxLength: 8 },
);

it('mails every event at least once, and once unless a process died after a send and before its record', async () => {
  await fc.assert(
    fc.asyncProperty(deliveries, fc.boolean(), async (all, isAtOnce) => {
      const { order, answers, deliver, pass, subjects, registered, deaths } = world();
      const hints = await order(['confirm', 'ship']);
      const perform = async ({ versions, withoutEvents, writes, cause }: (typeof all)[number]) => {
        if (cause !== undefined) answers.push(delayed(cause));
        const chosen = hints.filter(({ version }) => versions.includes(version));
        await deliver({ m: chosen.map((hint) => (withoutEvents ? { ...hint, events: [] } : hint)) }, writes);
      };
      if (isAtOnce) await Promise.all(all.map(perform));
      else {
        for (const each of all) {
          await perform(each);
          pass(each.passInMillis);
        }
      }

      answers.length = 0;
      pass(CLAIM_IN_MILLIS);
      expect(await deliver({ last: hints })).toEqual([]);

      expect([...new Set(subjects())]).toEqual(SUBJECTS);
      expect(registered().filter((type) => type === 'EmailSent')).toHaveLength(SUBJECTS.length);
      expect(subjects().length).toBeLessThanOrEqual(SUBJECTS.length + deaths());
    }),
    { numRuns: 500 },
  );
});
