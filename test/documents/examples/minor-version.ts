// docs/how-to/change-an-event.md takes its first example from here.
import * as z from 'zod';
import { eventCodec } from '../../../lambdas/spine/kernel/index.ts';

const instant = z.iso.datetime({ precision: 3 });

export const loanEvents = eventCodec({
  BookLent: {
    schemaVersion: '1.1.0',
    data: z.strictObject({ title: z.string(), lentAt: instant, dueAt: instant, branch: z.string().optional() }),
  },
});
