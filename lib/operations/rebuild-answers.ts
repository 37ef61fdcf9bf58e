// What the routes of rebuilds answer, as far as people are shown it.
import * as z from 'zod';

const estimate = z.object({
  ...{ streams: z.number(), events: z.number(), readUnits: z.number(), writeUnits: z.number() },
  ...{ dollars: z.number(), seconds: z.number() },
});
export const started = z.object({ rebuildId: z.string().optional(), estimate });
export const progress = z.object({
  ...{ rebuildId: z.string(), readModel: z.string(), state: z.string(), swept: z.number(), total: z.number() },
  ...{ eventsPerSecond: z.number(), written: z.number(), unreadable: z.number(), dollars: z.number() },
  leftOut: z.array(z.object({ stream: z.string(), reason: z.string() })),
  remainingSeconds: z.number().optional(),
});
export type RebuildProgress = z.infer<typeof progress>;
export type StartedRebuild = z.infer<typeof started>;
