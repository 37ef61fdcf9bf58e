// Rebuilds: a sweep of the event table that folds a read model anew, while commands and queries go on.
import * as z from 'zod';
import type { Operation } from '../../http/operation.ts';
import { published } from '../../http/published.ts';
import { idNamed, instant } from '../../http/values.ts';
import { SHARE_OF_OPERATORS } from '../throttle.ts';

/** A schema of its own each time: what is published of one is said of that one. */
const count = () => z.int().min(0);
const dollars = () => published(z.number().min(0), { description: 'For the units, by the list prices of us-east-1' });

const rebuildId = idNamed('RebuildId');
const path = z.strictObject({ rebuildId });

const estimate = published(
  z.strictObject({
    streams: count(),
    events: count(),
    readUnits: count(),
    writeUnits: published(count(), { description: 'If every row has to be written' }),
    dollars: dollars(),
    seconds: count(),
  }),
  {
    id: 'RebuildEstimate',
    description: 'What a rebuild takes; exact for a small event table, by samples for a large one',
  },
);

const rebuild = published(
  z.strictObject({
    rebuildId,
    readModel: z.string(),
    state: z.enum(['running', 'done', 'cancelled', 'failed']),
    swept: published(count(), { description: 'Events that it has gone through' }),
    total: published(count(), { description: 'Events there are, as estimated until it is done' }),
    eventsPerSecond: count(),
    remainingSeconds: published(count().optional(), { description: 'While it runs and has begun to sweep' }),
    written: published(count(), { description: 'Rows written; the others stood already' }),
    unreadable: published(count(), {
      description: 'Streams left out: this code cannot read them, or their rows are larger than a table takes',
    }),
    leftOut: published(z.array(z.strictObject({ stream: z.string(), reason: z.string() })), {
      description: 'The first of those; the log names all',
    }),
    readUnits: count(),
    writeUnits: count(),
    dollars: dollars(),
    startedAt: instant,
    endedAt: instant.optional(),
  }),
  { id: 'Rebuild' },
);

const forOperators = { access: 'admin', isKeptByEdge: false, throttleShare: SHARE_OF_OPERATORS } as const;

export const startRebuild = {
  ...forOperators,
  route: 'POST /ops/rebuilds',
  summary: 'Fold all rows of a read model anew, or tell what that takes',
  description: 'Rows that stand already are left as they are. A read model is rebuilt once at a time.',
  body: z.strictObject({
    readModel: published(z.string().min(1).max(256), { examples: ['loans-by-member'] }),
    dryRun: published(z.boolean().optional(), { description: 'Only estimate: answered with 200' }),
  }),
  example: { readModel: 'loans-by-member', dryRun: true },
  success: { status: 202, also: 200, schema: z.strictObject({ rebuildId: rebuildId.optional(), estimate }) },
  problems: ['rebuild_running', 'unknown_read_model'],
} as const satisfies Operation;

export const getRebuild = {
  ...forOperators,
  route: 'GET /ops/rebuilds/{rebuildId}',
  summary: 'How far a rebuild is; kept for 30 days after its end',
  path,
  success: { status: 200, schema: rebuild },
  problems: ['not_found'],
} as const satisfies Operation;

export const cancelRebuild = {
  ...forOperators,
  route: 'POST /ops/rebuilds/{rebuildId}/cancel',
  summary: 'Stop a rebuild where it is; one that has ended stays as it is',
  path,
  success: { status: 202, schema: rebuild },
  problems: ['not_found'],
} as const satisfies Operation;
