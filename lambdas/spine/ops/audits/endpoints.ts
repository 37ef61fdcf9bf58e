// The routes of audits: ask for one, and look at what it has found.
import { callerEndpoint, type Endpoint } from '../../http/endpoint.ts';
import { notFound, Problem } from '../../http/problem.ts';
import { listResponse } from '../../http/queries/list-response.ts';
import type { Authenticate } from '../../http/request/caller.ts';
import { jsonResponse } from '../../http/response.ts';
import type { Audit, AuditStore } from '../../kernel/audit/state.ts';
import { NEVER_KEPT } from '../never-kept.ts';
import type { AskedAudit } from './messages.ts';
import { getAudit, startAudit } from './operations.ts';

export interface AuditEndpointPorts {
  readonly audits: Pick<AuditStore, 'begin' | 'end' | 'find' | 'latest' | 'reported'>;
  /** Asks the audit for it; absent where the application is not audited. */
  readonly ask: ((asked: AskedAudit) => Promise<void>) | undefined;
  newId(): string;
  now(): Date;
}

const LATEST = 'latest';

export function auditEndpoints(ports: AuditEndpointPorts, authenticate: Authenticate): Endpoint[] {
  const { audits, ask, newId, now } = ports;
  return [
    callerEndpoint(startAudit, authenticate, async ({ body: { scope } }) => {
      if (ask === undefined)
        throw new Problem(422, 'not_audited', 'The application has no function of the kind audit.');
      const asked = { auditId: newId(), scope, startedAt: now().toISOString() };
      await audits.begin(asked);
      try {
        await ask(asked);
      } catch (error) {
        await audits.end(asked.auditId, 'cancelled', now().toISOString());
        throw error;
      }
      return jsonResponse(202, { auditId: asked.auditId }, NEVER_KEPT);
    }),
    callerEndpoint(getAudit, authenticate, async ({ path: { auditId }, headers }) => {
      const audit = await (auditId === LATEST ? audits.latest() : audits.find(auditId));
      if (audit === undefined) throw notFound(`There is no audit ${auditId}.`);
      return listResponse(shown(audit, await audits.reported(audit.auditId)), NEVER_KEPT, headers);
    }),
  ];
}

function shown({ auditId, scope, state, counts, startedAt, endedAt }: Audit, reported: readonly object[]) {
  return { auditId, scope, state, ...counts, reported, startedAt, ...(endedAt !== undefined && { endedAt }) };
}
