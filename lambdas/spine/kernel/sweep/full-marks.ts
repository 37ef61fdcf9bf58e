// What a rebuild has filled: an index or a table that takes the place of another is read from then on.
import type { Projection, ReadIndex } from '../projections/projection.ts';

export interface FullMarks {
  /** May be some seconds behind. @param what as `shapeOf` or `tableNamed` names it */
  isFull(readModel: string, what: string): Promise<boolean>;
  markFull(readModel: string, what: string): Promise<void>;
}

/** Of one name and other keys it is another index. */
export const shapeOf = ({ name, partitionKey, sortKey }: ReadIndex): string => `${name}(${partitionKey}+${sortKey})`;

/** A table that was made anew is another table. */
export const tableNamed = (tableName: string): string => `table ${tableName}`;

/** Names what a sweep writes: whoever swept with another fold, or under other keys, wrote something else. */
export const sweptForm = ({ generation, indexes }: Pick<Projection<unknown>, 'generation' | 'indexes'>): string =>
  [generation, ...indexes.map(shapeOf)].join(' ');
