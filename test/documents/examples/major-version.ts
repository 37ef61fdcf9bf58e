// docs/how-to/change-an-event.md takes its second example from here.
import * as z from 'zod';
import { eventCodec } from '../../../lambdas/spine/kernel/index.ts';

const instant = z.iso.datetime({ precision: 3 });

const firstVersion = z.object({ title: z.string(), lentAt: instant, dueAt: instant });

export const loanEvents = eventCodec({
  BookLent: {
    schemaVersion: '2.0.0',
    data: z.strictObject({ title: z.string(), period: z.strictObject({ from: instant, to: instant }) }),
    upcasters: {
      '1.0.0': {
        to: '2.0.0',
        up(data) {
          const { title, lentAt, dueAt } = firstVersion.parse(data);
          return { title, period: { from: lentAt, to: dueAt } };
        },
      },
    },
  },
});
