// What an application's queries are made of.
import type { EventStore } from '../../kernel/event-store.ts';
import type { Projection } from '../../kernel/projections/projection.ts';
import type { PagedReadTable } from '../../kernel/projections/read-table.ts';
import type { FullMarks } from '../../kernel/sweep/full-marks.ts';
import type { Caching } from '../caching/caching.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Authenticate } from '../request/caller.ts';

export interface QueryWiring {
  readonly store: EventStore;
  readonly authenticate: Authenticate;
  readonly caching: Caching;
  /** The read model of a projection, as queries take it. */
  modelOf<Part, Made extends Projection<Part>>(
    projection: Made & Projection<Part>,
  ): {
    readonly projection: Made & Projection<Part>;
    readonly store: EventStore;
    readonly table: PagedReadTable<Part>;
    readonly marks?: Pick<FullMarks, 'isFull'>;
  };
}

/**
 * Answers operations with GET.
 * @example ({ modelOf, authenticate, caching }) => loanQueries(modelOf(loansByMember), authenticate, caching)
 */
export type Queries = (wiring: QueryWiring) => readonly Endpoint[];
