// Audits: the event table compared with what every subscriber has, and what is behind told again.
import * as z from 'zod';
import type { Operation } from '../../http/operation.ts';
import { published } from '../../http/published.ts';
import { idNamed, instant } from '../../http/values.ts';
import { SHARE_OF_OPERATORS } from '../throttle.ts';

/** A schema of its own each time: what is published of one is said of that one. */
const count = (description: string) => published(z.int().min(0), { description });

const auditId = idNamed('AuditId');
const scope = published(z.enum(['recent', 'full']), {
  description: 'What was written lately and is 20 s old, or everything',
});

const reported = published(
  z.strictObject({
    subscriber: published(z.string().optional(), { description: 'Absent for an item that is no commit at all' }),
    stream: z.string(),
    version: published(z.int().optional(), { description: 'Of the commit that it is about' }),
    code: published(z.string(), { examples: ['unknown_event_type', 'row_ahead', 'stuck'] }),
    message: z.string(),
  }),
  { id: 'ReportedStream', description: 'A stream that an operator has to look at: no telling helps it' },
);

const audit = published(
  z.strictObject({
    auditId,
    scope,
    state: published(z.enum(['running', 'done', 'cancelled']), {
      description: 'An audit is cancelled by another of everything, which takes its place',
    }),
    streams: count('Streams that were compared, each once a look'),
    behind: count('Streams that a subscriber had not got to, each once for each subscriber'),
    repaired: count('Streams whose subscriber was told of them again'),
    unreadable: count('Streams that a subscriber cannot read'),
    outdated: count('Rows of another fold, which were told again too'),
    ahead: count('Rows that are further than the event table, as after a restore'),
    parked: count('Streams that are dead letters, which are redriven'),
    stuck: count('Streams whose subscriber was told again and again, in vain'),
    reported: published(z.array(reported), { description: 'The first hundred' }),
    startedAt: instant,
    endedAt: instant.optional(),
  }),
  { id: 'Audit' },
);

const forOperators = { access: 'admin', isKeptByEdge: false, throttleShare: SHARE_OF_OPERATORS } as const;

export const startAudit = {
  ...forOperators,
  route: 'POST /ops/audits',
  summary: 'Compare the event table with what every subscriber has, and tell those that are behind',
  description: 'Both scopes are audited by themselves too: what is recent each minute, everything over a day.',
  body: z.strictObject({ scope }),
  example: { scope: 'recent' },
  success: { status: 202, schema: z.strictObject({ auditId }) },
  problems: ['not_audited'],
} as const satisfies Operation;

export const getAudit = {
  ...forOperators,
  route: 'GET /ops/audits/{auditId}',
  summary: 'What an audit has found; `latest` is the one that has looked at something last',
  description: 'Kept for 30 days. The audits of each minute count as one a day, whose id is the day.',
  path: z.strictObject({ auditId }),
  success: { status: 200, schema: audit },
  problems: ['not_found'],
} as const satisfies Operation;
