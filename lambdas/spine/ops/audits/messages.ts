// What the audit's queue brings: the schedule's call, an audit that somebody asks for, and what is to be looked at again.
import * as z from 'zod';
import type { Suspects } from '../../kernel/audit/suspects.ts';
import { EventspineError } from '../../kernel/errors.ts';

export class MalformedAuditError extends EventspineError {
  readonly code = 'malformed_audit';
}

const scope = z.enum(['recent', 'full']);

const asked = z.object({ auditId: z.string(), scope, startedAt: z.iso.datetime() });

export type AskedAudit = z.infer<typeof asked>;

const again = z.object({
  auditId: z.string(),
  subscriber: z.string(),
  looks: z.int().min(0),
  suspects: z
    .array(
      z.object({
        stream: z.string(),
        version: z.int().min(1),
        told: z.int().exactOptional(),
        mark: z.int().exactOptional(),
      }),
    )
    .readonly(),
}) satisfies z.ZodType<Suspects>;

/** A wire form. Without more it is the schedule's. */
const message = z.object({ audit: z.literal(1), asked: asked.exactOptional(), again: again.exactOptional() });

export type AuditMessage = z.infer<typeof message>;

/** @throws MalformedAuditError */
export function auditMessageIn(body: string): AuditMessage {
  const { success, data } = message.safeParse(parsed(body));
  if (success) return data;
  throw new MalformedAuditError('A message of the audit is the schedule’s, asks for an audit, or for another look');
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
