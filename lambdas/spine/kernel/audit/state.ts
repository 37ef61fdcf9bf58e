// What audits remember from run to run, and what they tell.
import type { ShardPosition } from './change-feed.ts';
import type { ScanPosition } from './scan.ts';
import type { Counts, Reported, Tally } from './tally.ts';

export type Scope = 'recent' | 'full';

/** An audit as operators see it. */
export interface Audit {
  readonly auditId: string;
  readonly scope: Scope;
  /** `cancelled`: another took its place. */
  readonly state: 'running' | 'done' | 'cancelled';
  readonly counts: Counts;
  /** ISO 8601, UTC; so are all times here. */
  readonly startedAt: string;
  readonly endedAt?: string;
}

export interface FullAudit {
  readonly auditId: string;
  readonly startedAt: string;
  /** None before its first page. */
  readonly position?: ScanPosition;
}

/** What the runs hand on. A storage format. */
export interface Control {
  /** Grows with every write, so that one who was overtaken writes nothing. */
  readonly revision: number;
  /** Who is at work, and until when nobody else is. */
  readonly lock?: { readonly owner: string; readonly until: string };
  /** Audits of the recent part that were asked for and are not over. */
  readonly recent?: readonly { readonly auditId: string; readonly startedAt: string }[];
  readonly full?: FullAudit;
  /** The audit that counts what the schedule's runs find in what is recent: one a day. */
  readonly ofDay?: string;
  /** When the last full audit that came to its end began. */
  readonly wholeSince?: string;
  /** Until when the read units are spent. */
  readonly spentUntil?: string;
  /** When the next run is due that goes on with this one. */
  readonly plannedFor?: string;
}

export interface PositionStore {
  all(): Promise<ReadonlyMap<string, ShardPosition>>;
  put(shard: string, position: ShardPosition): Promise<void>;
}

export interface AuditStore {
  control(): Promise<Control | undefined>;
  /** Writes it if the one that stands has the revision before; nothing otherwise. */
  saveControl(control: Control): Promise<'saved' | 'conflict'>;
  readonly positions: PositionStore;
  /** Begins an audit, unless there is one of that id. */
  begin(audit: Pick<Audit, 'auditId' | 'scope' | 'startedAt'>): Promise<void>;
  /** Adds to what an audit has counted, and makes it the latest; nothing where it is gone. */
  add(auditId: string, tally: Tally): Promise<void>;
  end(auditId: string, state: 'done' | 'cancelled', endedAt: string): Promise<void>;
  find(auditId: string): Promise<Audit | undefined>;
  /** The one that has counted something last. */
  latest(): Promise<Audit | undefined>;
  /** The first hundred or so. */
  reported(auditId: string): Promise<readonly Reported[]>;
}
