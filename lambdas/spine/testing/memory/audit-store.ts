// What audits remember, in memory.

import type { ShardPosition } from '../../kernel/audit/change-feed.ts';
import type { Audit, AuditStore, Control } from '../../kernel/audit/state.ts';
import { noCounts, type Reported, sumOf } from '../../kernel/audit/tally.ts';

export function inMemoryAuditStore(): AuditStore {
  let control: Control | undefined;
  let latest: string | undefined;
  const positions = new Map<string, ShardPosition>();
  const audits = new Map<string, Audit>();
  const reported = new Map<string, Reported[]>();
  return {
    control: async () => structuredClone(control),
    async saveControl(next) {
      if ((control?.revision ?? 0) !== next.revision - 1) return 'conflict';
      control = structuredClone(next);
      return 'saved';
    },
    positions: {
      all: async () => new Map(structuredClone([...positions])),
      async put(shard, position) {
        positions.set(shard, structuredClone(position));
      },
    },
    async begin(audit) {
      if (!audits.has(audit.auditId)) audits.set(audit.auditId, { ...audit, state: 'running', counts: noCounts });
    },
    async add(auditId, tally) {
      const audit = audits.get(auditId);
      if (audit === undefined) return;
      const { counts } = sumOf([{ counts: audit.counts, reported: [] }, tally]);
      audits.set(auditId, { ...audit, counts });
      reported.set(auditId, [...(reported.get(auditId) ?? []), ...tally.reported]);
      latest = auditId;
    },
    async end(auditId, state, endedAt) {
      const audit = audits.get(auditId);
      if (audit?.state === 'running') audits.set(auditId, { ...audit, state, endedAt });
    },
    find: async (auditId) => audits.get(auditId),
    latest: async () => (latest === undefined ? undefined : audits.get(latest)),
    reported: async (auditId) => reported.get(auditId) ?? [],
  };
}
